"""The clock's door: what falls due becomes warnings, breaches, pings and their climbing.

One sweep takes what is due in batches, reads all it needs of a batch at once and writes it at
once: ten thousand timers of one instant are committed within a second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Effect, Lane
from bot.domain.errors import AlreadyAcknowledged, NothingToAcknowledge
from bot.domain.escalation import EscalationStep, PingKind, next_step
from bot.domain.ids import CLOCK, CaseId, MemberId
from bot.domain.promises import PromiseRun
from bot.domain.timeline import Event, What
from bot.services import clocks
from bot.services.casework import SNOOZE
from bot.services.hand_offs import LAPSE, lapse
from bot.services.kernel import Kernel, Work
from bot.store.timers import Timer

BATCH = 500


class Watch:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def sweep(self) -> int:
        """Everything that is due by now; how many timers that were."""
        swept = 0
        while True:
            with self._kernel.work() as work:
                timers = work.tx.timers.due(work.at, limit=BATCH)
                if timers:
                    Sweep(work, timers).run()
            swept += len(timers)
            if len(timers) < BATCH:
                return swept

    def next_at(self) -> datetime | None:
        """When the next timer is due."""
        with self._kernel.look() as work:
            return work.tx.timers.next_at()

    def acknowledge(self, number: CaseId, matter: str, *, by: MemberId) -> None:
        """*I have it*: the climbing stops, the promise stays broken until it is answered."""
        with self._kernel.work() as work:
            work.standing(by).must_be_responder()
            case = work.case(number)
            _take_on(work, case, matter, by)
            work.tx.timers.drop(case.id, f"{matter}:step:")
            work.keep(case.touched(), What.ACKNOWLEDGED, by, matter=matter)
            for ping in work.tx.outbox.of_case(case.id, effects.Kind.PING):
                work.redraw(ping)


def _take_on(work: Work, case: Case, matter: str, by: MemberId) -> None:
    pings = work.tx.outbox.of_case(case.id, effects.Kind.PING)
    if not any(ping.args.get("matter") == matter for ping in pings):
        raise NothingToAcknowledge(case.id)
    if not work.tx.acknowledgements.add(case.id, matter, by=by, at=work.at):
        first = work.tx.acknowledgements.get(case.id, matter)
        raise AlreadyAcknowledged(first[0] if first else by)


@dataclass
class Sweep:
    """A batch of due timers: what they need is read at once, what they cause is written at once."""

    work: Work
    timers: list[Timer]
    told: list[Effect] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    armed: list[Timer] = field(default_factory=list)
    runs: list[PromiseRun] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = {timer.case for timer in self.timers}
        tx = self.work.tx
        self._cases = tx.cases.among(numbers)
        self._running = {(run.case, run.name): run for run in tx.promises.running_of(numbers)}
        self._acknowledged = tx.acknowledgements.among(numbers)
        self._on_duty: dict[int, tuple[MemberId, ...]] = {}

    def run(self) -> None:
        tx = self.work.tx
        tx.timers.drop_all(self.timers)
        for timer in self.timers:
            case = self._cases.get(timer.case)
            if case and case.is_open:
                self._fire(timer, case)
        tx.promises.put_all(self.runs)
        tx.timers.set_all(self.armed)
        tx.timeline.add_all(self.events)
        tx.outbox.add_all(self.told, at=self.work.at)

    def _fire(self, timer: Timer, case: Case) -> None:
        by_name = _TIMERS.get(timer.name)
        if by_name:
            by_name(self, case)
            return
        matter, what = _parts(timer.name)
        run = self._running.get((case.id, matter))
        if run is None or run.due_at is None:
            return
        if what == "warn":
            self._warn(case, run)
        elif what == "breach":
            self._breach(case, run)
        else:
            self._step(case, run, int(what.removeprefix("step:")))

    def _warn(self, case: Case, run: PromiseRun) -> None:
        """The owner, or the department while nobody has it; where it is closed, its cover too."""
        if run.due_at and run.due_at <= self.work.at:
            return  # the breach says it all
        place = f"person:{case.assignee}" if case.assignee else f"department:{case.department}"
        self._say(case, What.WARNED, promise=run.promise)
        self.told.append(effects.warning(case.id, run.name, place))
        cover = self.work.setup.cover_of(case.department, self.work.at)
        if cover and not case.assignee:
            self.told.append(effects.warning(case.id, run.name, f"department:{cover.key}"))

    def _breach(self, case: Case, run: PromiseRun) -> None:
        self._running[case.id, run.name] = broken = replace(run, breached_at=self.work.at)
        self.runs.append(broken)
        self._say(case, What.BREACHED, promise=run.promise)
        self._climb(case, broken, 0)

    def _step(self, case: Case, run: PromiseRun, index: int) -> None:
        if (case.id, run.name) in self._acknowledged:
            return
        step = next_step(self.work.setup.policy.escalation, index)
        if step is None or run.breached_at is None:
            return
        self._ping(case, run, index, step)
        self._climb(case, run, index + 1)

    def _climb(self, case: Case, run: PromiseRun, index: int) -> None:
        """Every step that is due by now at once, the next one as a timer."""
        step = next_step(self.work.setup.policy.escalation, index)
        if step is None or run.breached_at is None:
            return
        at = step.fires_at(run.breached_at)
        if at <= self.work.at:
            self._ping(case, run, index, step)
            self._climb(case, run, index + 1)
        else:
            self.armed.append(Timer(case.id, f"{run.name}:step:{index}", at))

    def _ping(self, case: Case, run: PromiseRun, index: int, step: EscalationStep) -> None:
        """By name; with nobody to name only the first step is said, once, to the channel."""
        people = self._people(case, step)
        if index and not people and step.ping.kind is not PingKind.CHANNEL:
            return
        why = "channel" if step.ping.kind is PingKind.CHANNEL else str(step.ping)
        self.told.append(effects.ping(case.id, run.name, str(index), people, why))
        self._say(case, What.PINGED, promise=run.promise, step=index, people=list(people))

    def _people(self, case: Case, step: EscalationStep) -> tuple[MemberId, ...]:
        match step.ping.kind:
            case PingKind.ON_CALL:
                return self._duty(1)
            case PingKind.SECOND:
                return self._duty(2)
            case PingKind.TEAM:
                return self._team()
            case PingKind.LEAD:
                department = self.work.setup.departments.get(
                    step.ping.department or case.department
                )
                lead = self.work.lead_of(department) if department else None
                return (lead,) if lead else ()
            case PingKind.CHANNEL:
                return ()

    def _duty(self, level: int) -> tuple[MemberId, ...]:
        if level not in self._on_duty:
            self._on_duty[level] = self.work.on_duty(level)
        return self._on_duty[level]

    def _team(self) -> tuple[MemberId, ...]:
        """Everybody of the rota, on duty or not."""
        written = dict.fromkeys(shift.person for shift in self.work.setup.rota.shifts)
        return tuple(person.id for one in written if (person := self.work.find_person(one)))

    def _hanging(self, case: Case) -> None:
        """Three days without an answer: an alarm of its own, whatever else was said."""
        people = self._duty(1)
        lead = self.work.lead_of(self.work.department_of(case))
        people = tuple(dict.fromkeys([*people, *([lead] if lead else [])]))
        matter = f"hanging:{int(self.work.at.timestamp())}"
        self.told.append(effects.ping(case.id, matter, "now", people, "unanswered for 72 hours"))
        self._say(case, What.HANGING)

    def _wake(self, case: Case) -> None:
        self.work.keep(case.wake(), What.WOKE, CLOCK)

    def _lapse(self, case: Case) -> None:
        lapse(self.work, case)

    def _say(self, case: Case, what: What, **data: object) -> None:
        self.events.append(Event(case.id, self.work.at, what, CLOCK, data))
        lane = Lane.UPDATE
        self.told.append(effects.card(case.id, case.department, lane=lane))


_TIMERS: dict[str, Callable[[Sweep, Case], None]] = {
    clocks.HANGING: Sweep._hanging,
    SNOOZE: Sweep._wake,
    LAPSE: Sweep._lapse,
}


def _parts(name: str) -> tuple[str, str]:
    """`first_response:17…:step:2` is the matter and what to do about it."""
    promise, started, what = name.split(":", 2)
    return f"{promise}:{started}", what
