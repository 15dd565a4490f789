"""The clock's door: what falls due becomes warnings, breaches, pings and their climbing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from bot.domain.boards import LateBoard
from bot.domain.ids import CLOCK, CaseId, MemberId
from bot.domain.timeline import What
from bot.services import acknowledgement, alerts, anew, answering, drafts, timers_aside
from bot.services.casework import SNOOZE
from bot.services.hand_offs import LAPSE, LEFT, give_up, lapse
from bot.services.incident_links import REDRAW
from bot.services.kernel import Kernel, Work
from bot.services.late_board import calls_for, late_board
from bot.services.pace import Pace
from bot.services.placing import Placing
from bot.services.sweep import Sweep
from bot.store.timers import Timer

BATCH = 1000  # timers in one transaction at most


class Watch:
    def __init__(self, kernel: Kernel, page: int = anew.PAGE):
        self._kernel = kernel
        self._batch = Pace(kernel.steady, BATCH)
        self._counted = timers_aside.counted(kernel, Pace(kernel.steady, page))
        self._placing = Placing(kernel)

    def sweep(self) -> int:
        """Everything that is due by now, and a page of other terms; how many timers were due."""
        self._placing.look()
        timers_aside.try_again(self._kernel)
        swept, counted = 0, set[CaseId]()
        fired = timers_aside.fired(
            self._kernel, lambda work, due: _sweep(work, due, counted), self._batch
        )
        while True:
            at_once = self._batch.size
            with self._kernel.look() as work:
                timers = work.tx.timers.due(work.at, limit=at_once)
                page = self._to_count(work, timers, counted)
            if page:
                counted.update(page)
                self._counted.do(page)
                continue
            fired.do(timers)
            swept += len(timers)
            if len(timers) < at_once:
                self._count_page()
                return swept

    def _to_count(self, work: Work, timers: Iterable[Timer], counted: set[CaseId]) -> list[CaseId]:
        """Nothing fires by a deadline that is another one now."""
        if not anew.is_under_way(work):
            return []
        return list({timer.case for timer in timers} - counted)[: self._counted.pace.size]

    def _count_page(self) -> None:
        """Writes in any case: a clock that was replaced hears of it here."""
        size = self._counted.pace.size
        with self._kernel.look() as work:
            page = anew.coming(work, size)
        self._counted.do(page)
        with self._kernel.work() as work:
            anew.come_past(work, page, size)

    def next_at(self) -> datetime | None:
        """When the next timer is due; at once while promises are counted anew."""
        with self._kernel.look() as work:
            due = work.tx.timers.next_at()
            is_now = any(
                (
                    anew.is_under_way(work),
                    timers_aside.may_be_mended(work),
                    self._placing.is_due(work),
                )
            )
            return min(due or work.at, work.at) if is_now else due

    def set_aside(self) -> list[str]:
        """What failed when it was due and is tried again, in words for the operator."""
        with self._kernel.look() as work:
            aside = [str(one) for one in timers_aside.still_aside(work)]
            return [*aside, *(f"set-up: {fault}" for fault in work.setup.faults)]

    def is_called(self, *, by: MemberId) -> bool:
        """For anything that is late now."""
        with self._kernel.look() as work:
            return bool(calls_for(work, by))

    def late(self, *, by: MemberId) -> LateBoard:
        """What `/case queue #rapid-response` lists."""
        with self._kernel.look() as work:
            return late_board(work, by)

    def acknowledge(self, number: CaseId, matter: str, *, by: MemberId) -> None:
        """*I have it*: the climbing stops, the promise stays broken until it is answered."""
        with self._kernel.work() as work:
            acknowledgement.one(work, work.case(number), matter, by)

    def acknowledge_all(self, late: str, *, by: MemberId) -> int:
        """The same for every case of a list that still waits; for how many."""
        with self._kernel.look() as work:
            about = acknowledgement.named_by(work, late, by)
        taken, pace = 0, Pace(self._kernel.steady, BATCH)
        while page := about[: pace.size]:
            del about[: len(page)]
            with self._kernel.work() as work, pace.measured(len(page)):
                taken += acknowledgement.some_of(work, page, by)
        return taken


def _sweep(work: Work, timers: Sequence[Timer], counted: Collection[CaseId]) -> None:
    """What moves a case comes first: a deadline that it pushes away is not due any more."""
    timers = work.tx.timers.still(timers)
    if anew.is_under_way(work):  # since they were read, perhaps
        timers = [timer for timer in timers if timer.case in counted]
    work.tx.timers.drop_all(timers)
    for timer in timers:
        if move := _MOVES.get(_kind(timer)):
            move(work, timer)
    Sweep(work, [timer for timer in timers if _kind(timer) not in _MOVES]).run()


def _kind(timer: Timer) -> str:
    return timer.name.partition(":")[0]


def _wake(work: Work, timer: Timer) -> None:
    case = work.case(timer.case)
    if case.is_open and case.snoozed_until:
        work.keep(case.wake(), What.WOKE, CLOCK)


def _lapse(work: Work, timer: Timer) -> None:
    case = work.case(timer.case)
    if case.is_open and case.hand_off:
        lapse(work, case)


def _left(work: Work, timer: Timer) -> None:
    give_up(work, work.case(timer.case), MemberId(timer.name.partition(":")[2]))


def _idle(work: Work, timer: Timer) -> None:
    drafts.idle(work, work.case(timer.case), MemberId(timer.name.partition(":")[2]))


_MOVES: dict[str, Callable[[Work, Timer], None]] = {
    SNOOZE: _wake,
    LAPSE: _lapse,
    drafts.IDLE: _idle,
    alerts.ALERT: alerts.due,
    LEFT: _left,
    answering.HELD: lambda work, timer: answering.was_held(work, timer.name.partition(":")[2]),
    REDRAW: lambda work, timer: work.refresh(work.case(timer.case)),
    timers_aside.COUNT: lambda work, timer: timers_aside.count(work, timer.case),
}
