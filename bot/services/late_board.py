"""What is late and calls somebody, as they ask for it: all of it, however long the list is."""

from bot.domain.boards import LateBoard
from bot.domain.ids import RAPID_RESPONSE, MemberId
from bot.services.called import is_called
from bot.services.calls import Call, calls_of, newest_of_each
from bot.services.kernel import Work
from bot.services.late_contents import pings_of

MOST_LISTED = 700  # as many lines as a form holds


def late_board(work: Work, by: MemberId) -> LateBoard:
    """Rapid response sees all of it, anybody else what they were called for."""
    calls = calls_for(work, by)
    if not calls:
        work.standing(by).must_be_responder()
    return LateBoard(pings_of(work, calls[:MOST_LISTED]), len(calls), work.at)


def calls_for(work: Work, by: MemberId) -> list[Call]:
    """One a case, in the order of the queue."""
    rights = work.standing(by)
    if rights.is_responder:
        waiting = work.tx.calls.waiting(RAPID_RESPONSE)
        pings = [*work.tx.calls.standing(RAPID_RESPONSE), *waiting]
    else:
        pings = work.tx.calls.of_cases(work.tx.calls.naming(by))
    calls = [one for one in newest_of_each(calls_of(work, pings)) if not one.settled]
    if rights.is_responder:
        return calls
    return [one for one in calls if is_called(work.tx, one.case, rights)]
