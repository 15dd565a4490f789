"""The clock's door: what falls due becomes warnings, breaches, pings and their climbing."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.effects import Kind
from bot.domain.errors import AllAcknowledged, AlreadyAcknowledged, NothingToAcknowledge, Tampered
from bot.domain.ids import CLOCK, CaseId, MemberId
from bot.domain.outbox import Message
from bot.domain.timeline import What
from bot.services import anew, places
from bot.services.casework import SNOOZE
from bot.services.closings import refresh_pings
from bot.services.contents import is_settled
from bot.services.hand_offs import LAPSE, lapse
from bot.services.kernel import Kernel, Work
from bot.services.sweep import Sweep
from bot.store.timers import Timer

BATCH = 1000  # timers in one transaction: a fifth of a second in which nobody else writes


class Watch:
    def __init__(self, kernel: Kernel, page: int = anew.PAGE):
        self._kernel = kernel
        self._page = page  # cases that are counted anew in one transaction

    def sweep(self) -> int:
        """Everything that is due by now, and a page of other terms; how many timers were due."""
        swept, counted = 0, set[CaseId]()
        while True:
            with self._kernel.work() as work:
                timers = work.tx.timers.due(work.at, limit=BATCH)
                if self._catch_up(work, timers, counted):
                    continue
                _sweep(work, timers)
                if len(timers) < BATCH:
                    anew.count_page(work, self._page)
            swept += len(timers)
            if len(timers) < BATCH:
                return swept

    def _catch_up(self, work: Work, timers: list[Timer], counted: set[CaseId]) -> bool:
        """Nothing fires by a deadline that is another one now: then it is asked once more."""
        if not anew.is_under_way(work):
            return False
        page = list({timer.case for timer in timers} - counted)[: self._page]
        counted.update(page)
        anew.catch_up(work, work.tx.cases.among(page).values())
        return bool(page)

    def next_at(self) -> datetime | None:
        """When the next timer is due; at once while promises are counted anew."""
        with self._kernel.look() as work:
            due = work.tx.timers.next_at()
            return min(due or work.at, work.at) if anew.is_under_way(work) else due

    def acknowledge(self, number: CaseId, matter: str, *, by: MemberId) -> None:
        """*I have it*: the climbing stops, the promise stays broken until it is answered."""
        with self._kernel.work() as work:
            work.standing(by).must_be_responder()
            case = work.case(number)
            pings = work.tx.outbox.of_case(case.id, Kind.PING)
            if not any(ping.args.get("matter") == matter for ping in pings):
                raise NothingToAcknowledge(case.id)
            if not _take_on(work, case, matter, by):
                first = work.tx.acknowledgements.get(case.id, matter)
                raise AlreadyAcknowledged(first[0] if first else by)

    def acknowledge_all(self, bundle: str, *, by: MemberId) -> None:
        """The same for each line of a bundle that still waits; all others stay as they are."""
        with self._kernel.work() as work:
            work.standing(by).must_be_responder()
            taken = [
                _take_on(work, work.case(ping.case), str(ping.args["matter"]), by)
                for ping in _lines(work, bundle)
                if ping.case and not is_settled(work, ping)
            ]
            if not any(taken):
                raise AllAcknowledged()


def _lines(work: Work, bundle: str) -> list[Message]:
    """The pings that a bundle says together."""
    message = work.tx.outbox.get(bundle)
    if message is None or message.kind is not Kind.BUNDLE:
        raise Tampered("bundle")
    return list(places.said_together(work, message))


def _take_on(work: Work, case: Case, matter: str, by: MemberId) -> bool:
    """False where somebody was first, who stays named. No card shows it, so none is drawn anew."""
    if not work.tx.acknowledgements.add(case.id, matter, by=by, at=work.at):
        return False
    work.tx.timers.drop(case.id, f"{matter}:step:")
    work.record(case.id, What.ACKNOWLEDGED, by, matter=matter)
    refresh_pings(work, case)
    return True


def _sweep(work: Work, timers: list[Timer]) -> None:
    """What moves a case comes first: a deadline that it pushes away is not due any more."""
    work.tx.timers.drop_all(timers)
    for timer in timers:
        if timer.name in _MOVES:
            _MOVES[timer.name](work, timer.case)
    Sweep(work, [timer for timer in timers if timer.name not in _MOVES]).run()


def _wake(work: Work, number: CaseId) -> None:
    case = work.case(number)
    if case.is_open and case.snoozed_until:
        work.keep(case.wake(), What.WOKE, CLOCK)


def _lapse(work: Work, number: CaseId) -> None:
    case = work.case(number)
    if case.is_open and case.hand_off:
        lapse(work, case)


_MOVES = {SNOOZE: _wake, LAPSE: _lapse}
