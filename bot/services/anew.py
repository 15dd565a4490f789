"""Other terms reach the promises that are open: page by page, and before anything happens to one.

The change itself only says whose terms are others. The clock's sweep counts their cases a page at a
time; a case that something happens to, or whose timer is due, is counted before that.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.case import Case
from bot.services.deadlines import set_all_anew
from bot.services.kernel import Work
from bot.store.recounts import Holders

PAGE = 200  # in one transaction: a tenth of a second in which nobody else writes


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


def count_page(work: Work, limit: int = PAGE) -> None:
    """The next cases that other terms have not come to; where that ended is kept with them."""
    for recount in work.tx.recounts.all():
        page = work.tx.recounts.page(recount, limit=limit)
        _count(work, page, recount.since)
        limit -= len(page)
        if not limit:
            work.tx.recounts.come_to(recount, page[-1])
            return
        work.tx.recounts.end(recount)


def _count(work: Work, cases: list[Case], since: datetime) -> None:
    for case in set_all_anew(work, cases, since):
        work.refresh(case)
