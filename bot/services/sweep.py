"""A batch of due timers: what they need is read at once, what they cause is written at once.

Ten thousand timers of one instant are committed within a second; asking case by case is too slow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Effect, Lane
from bot.domain.escalation import EscalationStep, PingKind, next_step
from bot.domain.ids import CLOCK, CaseId, DepartmentKey, MemberId
from bot.domain.promises import PromiseRun
from bot.domain.timeline import Event, What
from bot.services import clocks, late_list
from bot.services.calls import AGAIN
from bot.services.follow_up import (
    FOLLOWS_WITHIN,
    GO_ON,
    REMIND,
    STEP_UP,
    FollowUp,
    newest_call,
)
from bot.services.kernel import Work
from bot.services.warn import warnings_of
from bot.services.warned import say_what_became
from bot.store.timers import Timer

_NOTHING_FOLLOWED = "acknowledged, and no answer since"


@dataclass
class Sweep:
    """Warnings, breaches and alarms: they tell of cases and move none."""

    work: Work
    timers: list[Timer]
    pings: list[Effect] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    armed: list[Timer] = field(default_factory=list)
    broken: list[PromiseRun] = field(default_factory=list)
    soon: list[tuple[Case, PromiseRun]] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = {timer.case for timer in self.timers}
        promises = {timer.name.partition(":")[0] for timer in self.timers}
        tx = self.work.tx
        self._cases = tx.cases.among(numbers)
        running = tx.promises.running_of(numbers, promises)
        self._running = {(run.case, run.name): run for run in running}
        climbing = {timer.case for timer in self.timers if ":step:" in timer.name}
        self._acknowledged = tx.acknowledgements.of_cases(climbing)
        self._changed: dict[CaseId, DepartmentKey] = {}
        self._on_duty = cache(self.work.on_duty)
        self._lead = cache(self._lead_of)
        self._team = cache(self.work.rota_team)

    def run(self) -> None:
        for timer in self.timers:
            case = self._cases.get(timer.case)
            if case and case.is_open:
                self._fire(timer, case)
        tx = self.work.tx
        tx.promises.breach_all(self.broken, self.work.at)
        say_what_became(self.work, self.broken)
        tx.timers.set_all(self.armed)
        tx.timeline.add_all(self.events)
        cards = (effects.card(case, key, lane=Lane.UPDATE) for case, key in self._changed.items())
        tx.outbox.add_all([*warnings_of(self.work, self.soon), *cards], at=self.work.at)
        late_list.call(self.work, self.pings)

    def _fire(self, timer: Timer, case: Case) -> None:
        if timer.name == clocks.HANGING:
            self._hanging(case)
            return
        if due := FollowUp.read(timer):
            self._nothing_followed(case, due)
            return
        # `first_response:17…:step:2` is the matter and what to do about it.
        promise, started, what = timer.name.split(":", 2)
        run = self._running.get((case.id, f"{promise}:{started}"))
        if run is None or run.due_at is None:
            return
        if what == "warn":
            self._warn(case, run)
        elif what == "breach":
            self._breach(case, run)
        else:
            self._step(case, run, int(what.removeprefix("step:")))

    def _warn(self, case: Case, run: PromiseRun) -> None:
        if run.due_at and run.due_at <= self.work.at:
            return  # the breach says it all
        self._say(case, What.WARNED, promise=run.promise)
        self.soon.append((case, run))

    def _breach(self, case: Case, run: PromiseRun) -> None:
        if run.breached_at or (run.due_at and run.due_at > self.work.at):
            return  # said already, or pushed away in the meantime
        self.broken.append(run)
        self._say(case, What.BREACHED, promise=run.promise)
        self._climb(case, run, 0, breached_at=self.work.at)

    def _step(self, case: Case, run: PromiseRun, index: int) -> None:
        if run.breached_at and (case.id, run.name) not in self._acknowledged:
            self._climb(case, run, index, breached_at=run.breached_at)

    def _climb(self, case: Case, run: PromiseRun, index: int, *, breached_at: datetime) -> None:
        """Of the steps that are due by now the newest calls; the next one is a timer."""
        due: list[Effect] = []
        while step := next_step(self.work.setup.policy.escalation, index):
            at = step.fires_at(breached_at)
            if at > self.work.at:
                self.armed.append(Timer(case.id, f"{run.name}:step:{index}", at))
                break
            due.extend(self._ping(case, run, index, step))
            index += 1
        for _ in due[:-1]:
            self._say(case, What.NOT_CALLED, matter=run.name, why=late_list.SUPERSEDED)
        self.pings += due[-1:]

    def _nothing_followed(self, case: Case, due: FollowUp) -> None:
        """Whoever acknowledged is called once more; then somebody else, a step at a time."""
        call = newest_call(self.work, case.id, due.matter)
        if call is None or bool(call.acknowledged) is (due.what == GO_ON):
            return
        if call.acknowledged and due.what == REMIND:
            by = (call.acknowledged[0],)
            self._call_again(case, due.matter, f"{AGAIN}{due.step}", by, _NOTHING_FOLLOWED)
            self.armed.append(due.then(case.id, STEP_UP, self.work, FOLLOWS_WITHIN))
            return
        self._step_up(case, due)

    def _step_up(self, case: Case, due: FollowUp) -> None:
        """The next step that calls somebody; the acknowledgement before it counts no longer."""
        policy, index = self.work.setup.policy.escalation, due.step
        while step := next_step(policy, index):
            people = self._people(case, step)
            if people or step.ping.kind is PingKind.CHANNEL:
                self.work.tx.acknowledgements.take_back(case.id, due.matter)
                self._call_again(case, due.matter, str(index), people, str(step.ping))
                if later := next_step(policy, index + 1):
                    wait = later.after.elapsed - step.after.elapsed
                    due = FollowUp(due.matter, GO_ON, index + 1)
                    self.armed.append(due.then(case.id, GO_ON, self.work, wait))
                return
            index += 1

    def _call_again(
        self, case: Case, matter: str, step: str, people: tuple[MemberId, ...], why: str
    ) -> None:
        self.pings.append(effects.ping(case.id, matter, step, people, why))
        self._say(case, What.PINGED, matter=matter, people=people, why=why)

    def _ping(
        self, case: Case, run: PromiseRun, index: int, step: EscalationStep
    ) -> Iterator[Effect]:
        """By name; with nobody to name only the first step is said, once, to the channel."""
        people = self._people(case, step)
        if index and not people and step.ping.kind is not PingKind.CHANNEL:
            return
        why = "channel" if step.ping.kind is PingKind.CHANNEL else str(step.ping)
        self._say(case, What.PINGED, promise=run.promise, step=index, people=people)
        yield effects.ping(case.id, run.name, str(index), people, why)

    def _people(self, case: Case, step: EscalationStep) -> tuple[MemberId, ...]:
        match step.ping.kind:
            case PingKind.ON_CALL:
                return self._on_duty(1)
            case PingKind.SECOND:
                return self._on_duty(2)
            case PingKind.TEAM:
                return self._team()
            case PingKind.LEAD:
                return self._lead(step.ping.department or case.department)
            case PingKind.CHANNEL:
                return ()

    def _lead_of(self, key: DepartmentKey) -> tuple[MemberId, ...]:
        department = self.work.setup.departments.get(key)
        lead = self.work.lead_of(department) if department else None
        return (lead,) if lead else ()

    def _hanging(self, case: Case) -> None:
        """Three days without an answer: an alarm of its own, whatever else was said."""
        people = tuple(dict.fromkeys([*self._on_duty(1), *self._lead(case.department)]))
        matter = f"hanging:{int(self.work.at.timestamp())}"
        self.pings.append(effects.ping(case.id, matter, "now", people, "unanswered for 72 hours"))
        self._say(case, What.HANGING, people=people)

    def _say(self, case: Case, what: What, **data: object) -> None:
        self.events.append(Event(case.id, self.work.at, what, CLOCK, data))
        self._changed[case.id] = case.department
