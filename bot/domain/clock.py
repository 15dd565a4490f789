"""Where the clock of one promise stands: its deadline and state, from its case's history."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.durations import Duration
from bot.domain.hours import ALWAYS, BusinessHours
from bot.domain.sla import WARN_PERCENT, Promise


class ClockState(StrEnum):
    RUNNING = "running"
    WARNED = "warned"
    BREACHED = "breached"
    PAUSED = "paused"


@dataclass(frozen=True)
class Pause:
    """The customer is waited for; open while `end` is None."""

    start: datetime
    end: datetime | None = None
    why: str = "waiting for the customer"


@dataclass(frozen=True)
class Running:
    """The clock of one promise, as its case's history has it; pauses are in order and apart."""

    promise: Promise
    started_at: datetime
    target: Duration
    calendar: BusinessHours = ALWAYS
    pauses: tuple[Pause, ...] = ()
    warn: int = WARN_PERCENT

    def pauses_by(self, now: datetime) -> tuple[Pause, ...]:
        """The pauses known at `now`: an answer is owed whoever waits, so only for a resolution."""
        if self.promise is not Promise.RESOLUTION:
            return ()
        return tuple(
            replace(pause, end=None) if pause.end and pause.end > now else pause
            for pause in self.pauses
            if pause.start <= now
        )


@dataclass(frozen=True)
class Deadline:
    promise: Promise
    at: datetime
    warn_at: datetime

    def is_warned(self, now: datetime) -> bool:
        return now >= self.warn_at

    def is_breached(self, now: datetime) -> bool:
        return now >= self.at


def deadline(running: Running, now: datetime) -> Deadline | None:
    """When the promise falls due as things stand at `now`; None while a pause holds it open.

    Pauses push it by the time they took from the calendar; one that began after it changes nothing.
    """
    at = _pushed(running, running.target, now)
    warn_at = _pushed(running, _until_warning(running), now)
    return Deadline(running.promise, at, warn_at) if at and warn_at else None


def state(running: Running, now: datetime) -> ClockState:
    due = deadline(running, now)
    if due is None:
        return ClockState.PAUSED
    if due.is_breached(now):
        return ClockState.BREACHED
    return ClockState.WARNED if due.is_warned(now) else ClockState.RUNNING


def _pushed(running: Running, target: Duration, now: datetime) -> datetime | None:
    calendar = running.calendar
    due = calendar.add(running.started_at, target)
    for pause in running.pauses_by(now):
        if pause.start >= due:
            break
        if pause.end is None:
            return None
        taken = calendar.elapsed(max(pause.start, running.started_at), pause.end)
        due = calendar.add(due, Duration(taken))
    return due


def _until_warning(running: Running) -> Duration:
    """The warning's share of the target; of business days, of the open time they come to."""
    whole = running.target.elapsed
    if running.target.business_days:
        due = running.calendar.add(running.started_at, running.target)
        whole = running.calendar.elapsed(running.started_at, due)
    return Duration(whole * running.warn // 100)
