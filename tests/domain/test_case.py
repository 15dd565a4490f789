"""Legal moves only; a refusal says who or what is in the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.case import Case, Closing, HandOff, Outcome
from bot.domain.errors import (
    AlreadyClaimed,
    CaseIsOpen,
    CaseIsSolved,
    HandOffIsPending,
    NoHandOffPending,
    NotAssignee,
    NothingToChange,
)
from bot.domain.ids import CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.post import Priority

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BEN = MemberId("UANN"), MemberId("UBEN")
SERVICE, SALES = DepartmentKey("service"), DepartmentKey("sales")
CASE = Case(CaseId(1001), PostKey("x:1"), SERVICE, Priority.NORMAL, NOW)
OFFER = HandOff(ANN, SERVICE, None, "yours?", NOW, NOW + timedelta(minutes=15))
SOLVED = CASE.close(Closing(Outcome.SOLVED, ANN, NOW))


def test_every_move_is_a_new_version_of_a_case_that_stays_as_it_was() -> None:
    claimed = CASE.claim(ANN, NOW)

    assert (claimed.assignee, claimed.version) == (ANN, 2)
    assert (CASE.assignee, CASE.version) == (None, 1)


def test_the_first_to_claim_keeps_it() -> None:
    claimed = CASE.claim(ANN, NOW)

    assert claimed.claim(ANN, NOW) is claimed
    with pytest.raises(AlreadyClaimed, match=ANN):
        claimed.claim(BEN, NOW)


def test_nothing_is_released_or_assigned_that_already_is_so() -> None:
    with pytest.raises(NothingToChange):
        CASE.release()
    with pytest.raises(NothingToChange):
        CASE.claim(ANN, NOW).assign(ANN, NOW)
    with pytest.raises(NothingToChange):
        CASE.route(SERVICE, "why not")
    with pytest.raises(NothingToChange):
        CASE.prioritise(Priority.NORMAL)
    with pytest.raises(NothingToChange):
        CASE.pass_to(SERVICE, OFFER)


def test_an_offered_case_is_nobody_s_until_it_is_accepted() -> None:
    offered = CASE.claim(ANN, NOW).pass_to(SALES, OFFER)

    assert (offered.department, offered.assignee) == (SALES, None)
    for move in (
        lambda: offered.claim(BEN, NOW),
        lambda: offered.pass_to(SERVICE, OFFER),
        lambda: offered.must_be_answerable_by(BEN),
    ):
        with pytest.raises(HandOffIsPending):
            move()
    assert offered.accept(BEN, NOW).assignee == BEN


def test_an_offer_to_one_person_is_theirs_to_accept() -> None:
    offered = CASE.pass_to(SERVICE, replace(OFFER, person=BEN))

    with pytest.raises(NotAssignee, match=BEN):
        offered.accept(ANN, NOW)
    assert offered.accept(BEN, NOW).hand_off is None


def test_a_returned_case_is_back_where_it_came_from() -> None:
    returned = CASE.pass_to(SALES, OFFER).give_back(None, NOW)

    assert (returned.department, returned.assignee, returned.claimed_at) == (SERVICE, None, None)
    with pytest.raises(NoHandOffPending):
        returned.give_back(ANN, NOW)


@pytest.mark.parametrize(
    "move",
    [
        lambda case: case.claim(ANN, NOW),
        lambda case: case.release(),
        lambda case: case.assign(ANN, NOW),
        lambda case: case.route(SALES, "there"),
        lambda case: case.pass_to(SALES, OFFER),
        lambda case: case.accept(ANN, NOW),
        lambda case: case.give_back(ANN, NOW),
        lambda case: case.escalate("help"),
        lambda case: case.close(Closing(Outcome.SOLVED, ANN, NOW)),
        lambda case: case.snooze(NOW),
        lambda case: case.prioritise(Priority.HIGH),
        lambda case: case.must_be_answerable_by(ANN),
    ],
)
def test_a_closed_case_refuses_and_says_who_closed_it(move) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CaseIsSolved) as refused:
        move(SOLVED)

    assert (refused.value.by, refused.value.outcome) == (ANN, Outcome.SOLVED)


def test_only_the_assignee_answers_and_anybody_while_there_is_none() -> None:
    CASE.must_be_answerable_by(BEN)
    with pytest.raises(NotAssignee):
        CASE.claim(ANN, NOW).must_be_answerable_by(BEN)


def test_closing_ends_what_was_pending() -> None:
    closed = CASE.pass_to(SALES, OFFER).snooze(NOW).close(Closing(Outcome.NO_REPLY, BEN, NOW))

    assert (closed.hand_off, closed.snoozed_until, closed.waiting_since) == (None, None, None)


def test_a_reopened_case_begins_anew_or_goes_on_waiting() -> None:
    escalated = CASE.escalate("look").close(Closing(Outcome.SOLVED, ANN, NOW))

    anew = escalated.reopen(BEN, NOW)
    assert (anew.assignee, anew.escalated, anew.waiting_since) == (BEN, "", None)
    assert SOLVED.reopen(None, NOW, waiting_since=NOW).waiting_since == NOW
    with pytest.raises(CaseIsOpen):
        CASE.reopen(ANN, NOW)


def test_the_word_passes_between_us_and_the_customer() -> None:
    answered = CASE.snooze(NOW).answered(NOW)
    assert answered.waiting_since == NOW

    heard = answered.heard()
    assert (heard.waiting_since, heard.snoozed_until) == (None, None)
    assert SOLVED.answered(NOW) is SOLVED


def test_waking_a_case_that_does_not_sleep_is_nothing() -> None:
    assert CASE.wake() is CASE
    assert CASE.snooze(NOW).wake().snoozed_until is None
