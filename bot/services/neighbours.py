"""Cases that one author opened within ten minutes: each stays a case, and they name each other."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.case import Case
from bot.services.kernel import Work

NEARBY = timedelta(minutes=10)


def nearby(case: Case, others: Iterable[Case]) -> list[Case]:
    """Those of the author's cases that are open, and were opened about when this one was."""
    return [
        other
        for other in others
        if other.is_open and other.id != case.id and abs(other.opened_at - case.opened_at) <= NEARBY
    ]


def tell_the_one_before(work: Work, case: Case, author: str) -> None:
    """Its card names the new one too; those before it name one another already."""
    for before in nearby(case, work.tx.cases.of_author(author, limit=2)):
        work.refresh(before)
