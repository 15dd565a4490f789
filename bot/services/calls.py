"""Who was called about which case, and what became of it: read from the pings that were said."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message
from bot.domain.post import Priority
from bot.domain.promises import PromiseRun
from bot.services.deadlines import RESPONSES
from bot.services.kernel import Work
from bot.store.acknowledgements import Acknowledgement
from bot.store.database import READ_TOGETHER

AGAIN = "again"  # the step that calls whoever acknowledged, where nothing followed
_FIRST = {Priority.URGENT: 0, Priority.HIGH: 1}


@dataclass(frozen=True)
class Call:
    """One ping, with what became of its matter."""

    ping: Message
    case: Case
    run: PromiseRun | None  # the broken promise, where it is one
    acknowledged: Acknowledgement | None
    settled: str  # why nothing is to be done about it any more: answered, solved

    @property
    def matter(self) -> str:
        return str(self.ping.args["matter"])

    @property
    def step(self) -> str:
        """As its key ends; a direct message adds whose it is."""
        return self.ping.key.rpartition(":")[2].partition(".")[0]

    @property
    def people(self) -> tuple[MemberId, ...]:
        named = self.ping.args.get("people", [])
        assert isinstance(named, list)
        return tuple(map(MemberId, named))

    @property
    def is_waiting(self) -> bool:
        """For somebody who says that they have it."""
        return not (self.settled or self.acknowledged)

    @property
    def still_calls(self) -> bool:
        """Worth a phone that buzzes: also of whoever said so, where nothing followed."""
        is_reminder = self.step.startswith(AGAIN)
        return not self.settled and (is_reminder or not self.acknowledged)

    @property
    def rank(self) -> tuple[bool, bool, int, datetime, datetime, CaseId]:
        """What waits for somebody first, and then the order of the queue."""
        due = self.run.due_at if self.run and self.run.due_at else self.ping.created_at
        priority = _FIRST.get(self.case.priority, 2)
        is_over = bool(self.settled)
        return is_over, not self.is_waiting, priority, due, self.case.opened_at, self.case.id


def calls_of(work: Work, pings: Collection[Message]) -> list[Call]:
    """In the order of the pings, each as it is now."""
    numbers = list(dict.fromkeys(ping.case for ping in pings if ping.case))
    found: dict[CaseId, list[Call]] = {}
    for start in range(0, len(numbers), READ_TOGETHER):
        some = numbers[start : start + READ_TOGETHER]
        cases = work.tx.cases.among(some)
        runs = work.tx.promises.of_cases(some)
        said = work.tx.acknowledgements.of_cases(some)
        for ping in pings:
            if ping.case in cases:
                call = _call(cases[ping.case], ping, runs.get(ping.case, []), said)
                found.setdefault(ping.case, []).append(call)
    taken = {case: iter(calls) for case, calls in found.items()}
    return [next(taken[ping.case]) for ping in pings if ping.case in taken]


def newest_of_each(calls: Iterable[Call]) -> list[Call]:
    """One line a case: its newest call; what waits for somebody stands first."""
    newest: dict[CaseId, Call] = {}
    for call in calls:
        known = newest.get(call.case.id)
        if known is None or _age(call) >= _age(known):
            newest[call.case.id] = call
    return sorted(newest.values(), key=lambda call: call.rank)


def _age(call: Call) -> tuple[bool, datetime, bool, str]:
    """What is settled is said of a case only where nothing else is left; an alarm before a step."""
    return not call.settled, call.ping.created_at, call.run is None, call.ping.key


def _call(
    case: Case,
    ping: Message,
    runs: list[PromiseRun],
    said: dict[tuple[CaseId, str], Acknowledgement],
) -> Call:
    matter = str(ping.args["matter"])
    run = next((one for one in runs if one.name == matter), None)
    settled = _settled(case, ping, run, runs)
    return Call(ping, case, run, said.get((case.id, matter)), settled)


def _settled(case: Case, ping: Message, run: PromiseRun | None, runs: list[PromiseRun]) -> str:
    if case.closing:
        return str(case.closing.outcome)
    if run:
        return "answered" if run.stopped_at or run.paused_at else ""
    stops = [one.stopped_at for one in runs if one.promise in RESPONSES]
    answers = [at for at in (case.waiting_since, *stops) if at and at >= ping.created_at]
    return "answered" if answers else ""


def superseded(calls: Collection[Call]) -> Iterator[Call]:
    """Steps of a matter that were never said, where a later one is to be said with them."""
    last = {(call.case.id, call.matter): call.ping.key for call in calls}
    return (one for one in calls if last[one.case.id, one.matter] != one.ping.key)
