"""One promise to one customer, from its start to the moment it was kept or broken."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from bot.domain.clock import Deadline, Pause, Running, deadline
from bot.domain.durations import Duration
from bot.domain.hours import ALWAYS, BusinessHours
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.sla import Promise, Terms


@dataclass(frozen=True)
class PromiseRun:
    """`due_at` is None while the clock is paused; a breach stays on record when it is late."""

    case: CaseId
    promise: Promise
    started_at: datetime
    department: DepartmentKey
    target: Duration
    business: bool
    warn: int
    pauses: tuple[Pause, ...] = ()
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    breached_at: datetime | None = None

    @classmethod
    def begun(
        cls, case: CaseId, promise: Promise, terms: Terms, department: DepartmentKey, at: datetime
    ) -> "PromiseRun | None":
        """None where the terms promise nothing of the kind."""
        begun = cls(case, promise, at, department, Duration(), terms.business, terms.warn)
        return begun.under(terms, department)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def paused_at(self) -> datetime | None:
        """Since when it waits for the customer; None while it counts."""
        last = self.pauses[-1] if self.pauses else None
        return last.start if last and last.end is None else None

    @cached_property
    def name(self) -> str:
        """Its timers begin with this, and its pings carry it."""
        return f"{self.promise}:{int(self.started_at.timestamp() * 1000)}"

    def clock(self, calendar: BusinessHours) -> Running:
        counted_in = calendar if self.business else ALWAYS
        return Running(
            self.promise, self.started_at, self.target, counted_in, self.pauses, self.warn
        )

    def deadline(self, calendar: BusinessHours, now: datetime) -> Deadline | None:
        return deadline(self.clock(calendar), now)

    def under(self, terms: Terms, department: DepartmentKey) -> "PromiseRun | None":
        """The same run under other terms; None where those promise nothing of the kind."""
        target = terms.durations.get(self.promise)
        if target is None:
            return None
        business = terms.business or bool(target.business_days)
        return replace(
            self, department=department, target=target, business=business, warn=terms.warn
        )

    def pause(self, at: datetime) -> "PromiseRun":
        return self if self.paused_at else replace(self, pauses=(*self.pauses, Pause(at)))

    def resume(self, at: datetime) -> "PromiseRun":
        if not self.paused_at:
            return self
        return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], end=at)))
