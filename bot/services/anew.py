"""Other terms reach the promises that are open: page by page, and before anything happens to one.

The change itself only says whose terms are others. The clock's sweep counts their cases a page at a
time; a case that something happens to, or whose timer is due, is counted before that.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import takewhile

from bot.domain.case import Case
from bot.domain.ids import CaseId
from bot.services.deadlines import set_all_anew
from bot.services.kernel import Work
from bot.store.recounts import Holders

PAGE = 200  # in one transaction at most


def begin(work: Work, holders: Iterable[Holders]) -> None:
    """From now on these terms are others, also for the cases that are open."""
    work.tx.recounts.begin(holders, since=work.at)


def is_under_way(work: Work) -> bool:
    return bool(work.tx.recounts.all())


def catch_up(work: Work, cases: Iterable[Case]) -> bool:
    """Counts those of these cases that no page has come to; whether there were any."""
    awaited = [
        (recount, [case for case in cases if recount.awaits(case)])
        for recount in work.tx.recounts.all()
    ]
    for recount, those in awaited:
        _count(work, those, recount.since)
    return any(those for _, those in awaited)


def coming(work: Work, limit: int = PAGE) -> list[CaseId]:
    """The next cases that other terms have not come to."""
    found: list[CaseId] = []
    for recount in work.tx.recounts.all():
        if len(found) < limit:
            page = work.tx.recounts.page(recount, limit=limit - len(found))
            found += [case.id for case in page]
    return found


def come_past(work: Work, counted: Collection[CaseId], limit: int = PAGE) -> None:
    """These were counted, or set aside: the next page begins behind them."""
    for recount in work.tx.recounts.all():
        page = work.tx.recounts.page(recount, limit=limit)
        past = list(takewhile(lambda case: case.id in counted, page))
        limit -= len(page)
        if limit and len(past) == len(page):
            work.tx.recounts.end(recount)
            continue
        if past:
            work.tx.recounts.come_to(recount, past[-1])
        return


def _count(work: Work, cases: list[Case], since: datetime) -> None:
    for case in set_all_anew(work, cases, since):
        work.refresh(case)
