"""Timers that failed: each comes again later, or once the set-up is another one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import CaseId
from bot.services import anew
from bot.services.apart import Apart, Named
from bot.services.deadlines import set_all_anew
from bot.services.kernel import Kernel, Work
from bot.services.pace import Pace
from bot.store.set_aside import SetAside
from bot.store.timers import Timer

CLOCK = "clock"
COUNT = "count"  # the timer of a case whose promises could not be counted anew
AT_LEAST = timedelta(seconds=10)  # between two tries, however often the set-up changes


def fired(
    kernel: Kernel, fire: Callable[[Work, Sequence[Timer]], object], pace: Pace
) -> Apart[Timer]:
    return Apart(kernel, CLOCK, _named, fire, pace, _postpone)


def counted(kernel: Kernel, pace: Pace) -> Apart[CaseId]:
    """Cases that are counted anew; one that fails has a timer for it from then on."""

    def count_all(work: Work, page: Sequence[CaseId]) -> None:
        anew.catch_up(work, work.tx.cases.among(page).values())

    def again(work: Work, case: CaseId, at: datetime) -> None:
        work.tx.timers.set_all([Timer(case, COUNT, at)])

    return Apart(kernel, CLOCK, lambda case: Named(f"{case}:{COUNT}", case), count_all, pace, again)


def count(work: Work, number: CaseId) -> None:
    case = work.case(number)
    for moved in set_all_anew(work, [case] if case.is_open else [], work.at):
        work.refresh(moved)


def may_be_mended(work: Work) -> bool:
    """The set-up is another one than when something failed."""
    return any(_is_worth_a_try(work, one) for one in _aside(work))


def try_again(kernel: Kernel) -> None:
    """What may be mended is due now; what nobody waits for any more is forgotten."""
    with kernel.look() as work:
        if not _aside(work):
            return
    with kernel.work() as work:
        aside = _aside(work)
        still = _still(work, aside)
        work.tx.set_aside.end(CLOCK, [one.name for one in aside if one.name not in still])
        worth = [still[a.name] for a in aside if a.name in still and _is_worth_a_try(work, a)]
        work.tx.timers.set_all(replace(timer, due_at=work.at) for timer in worth)


def still_aside(work: Work) -> list[SetAside]:
    """Of every kind, what is still waited for."""
    still = _still(work, _aside(work))
    return [one for one in work.tx.set_aside.all() if one.kind != CLOCK or one.name in still]


def _aside(work: Work) -> list[SetAside]:
    return [one for one in work.tx.set_aside.all() if one.kind == CLOCK]


def _still(work: Work, aside: Sequence[SetAside]) -> dict[str, Timer]:
    timers = (timer for one in aside if one.case for timer in work.tx.timers.of_case(one.case))
    return {_named(timer).name: timer for timer in timers}


def _is_worth_a_try(work: Work, aside: SetAside) -> bool:
    return aside.revision != work.revision and work.at - aside.tried_at >= AT_LEAST


def _named(timer: Timer) -> Named:
    return Named(f"{timer.case}:{timer.name}", timer.case)


def _postpone(work: Work, timer: Timer, at: datetime) -> None:
    work.tx.timers.set_all([replace(timer, due_at=at)])
