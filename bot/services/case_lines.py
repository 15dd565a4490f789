"""Cases as lines of a list, and what following departments are asked."""

from collections.abc import Collection

from bot.domain.boards import Asked, AskLine, Line
from bot.domain.case import Case
from bot.domain.ids import DepartmentKey
from bot.domain.queue_order import Place, in_queue
from bot.services.kernel import Work
from bot.services.links import card_link

MOST_ASKS = 10  # in one list: each takes two lines, and those that are done make room


def lines_of(work: Work, cases: list[Case]) -> tuple[Line, ...]:
    return tuple(_line(work, case) for case in cases)


def in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The queue's order."""
    return tuple(sorted(lines, key=_place))


def _place(one: Line) -> Place:
    return in_queue(one.case, one.due.due_at if one.due else None)


def _line(work: Work, case: Case) -> Line:
    due, link = work.tx.promises.next_due(case.id), card_link(work, case)
    first, newest = work.first_post(case).post, work.tx.posts.newest(case.id)
    latest = newest.post if newest and newest.post.key != first.key else None
    return Line(case, first, due, link, latest)


def asked_of(work: Work, departments: Collection[DepartmentKey]) -> Asked:
    """What these departments are asked about others' cases, and nobody has done yet."""
    if not departments:
        return Asked()
    asks = work.tx.asks.waiting(sorted(departments), limit=MOST_ASKS)
    cases = work.tx.cases.among({ask.case for ask in asks})
    lines = tuple(
        AskLine(_line(work, cases[ask.case]), ask, work.setup.shown(ask.department)) for ask in asks
    )
    return Asked(lines, work.tx.asks.count_waiting(sorted(departments)))
