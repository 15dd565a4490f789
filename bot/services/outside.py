"""An answer that was given outside the desk: it meets the promise, and is a figure of its own."""

from datetime import datetime

from bot.domain.case import Case, OutsideAnswer
from bot.domain.ids import MemberId
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import clocks
from bot.services.kernel import Work


def answered_outside(
    work: Work, case: Case, answer: OutsideAnswer, *, is_last_word: bool = True
) -> Case:
    """The response is given; the solution runs on. `is_last_word`: the customer has not replied."""
    was_owed = case.is_open and clocks.responded(work, case)
    is_owed = was_owed and not is_last_word
    case = work.keep(
        case.answered_outside(answer, is_last_word=not is_owed), What.OUTSIDE, answer.by,
        post=answer.post, url=answer.url, owed=is_owed,
    )  # fmt: skip
    if is_owed:
        clocks.start(work, case, Promise.NEXT_RESPONSE)
        clocks.hang(work, case)
    work.note(case, f"outside:{case.id}:{case.version}", say="answered_outside", post=answer.post)
    return case


def take_back(work: Work, case: Case, *, by: MemberId) -> Case:
    """It was none: the clocks that it stopped go on as if nothing had been."""
    answer = case.outside
    if answer is None:
        return case
    is_owed = case.is_open and (
        case.waiting_since == answer.at
        or (case.is_our_turn and not _is_over_since(work, case, answer.at))
    )
    case = work.keep(case.not_answered_outside(), What.OUTSIDE, by, undone=True)
    if runs := clocks.responses_stopped_by(work, case.id, answer.at) if is_owed else []:
        clocks.not_begun_again(work, case)
        clocks.resumed(work, case, runs, answer.at)
    return case


def _is_over_since(work: Work, case: Case, since: datetime) -> bool:
    """An answer of the desk, or a closing, has met what was owed before it."""
    replies = work.tx.replies.of_case(case.id)
    is_answered = any(one.sent_at is not None and one.sent_at >= since for one in replies)
    events = work.tx.timeline.of_case(case.id)
    return is_answered or any(one.what is What.CLOSED and one.at >= since for one in events)
