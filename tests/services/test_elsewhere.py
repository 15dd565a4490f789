"""*I answered there*: the response is met at the press, and it can be taken back."""

import pytest

from bot.domain.errors import CaseIsSolved, NothingToChange, NotMember, NoWayOut
from bot.domain.post import BY_HAND
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from tests.company import ANN, TOM
from tests.desk import TestDesk

LINK = "https://example.com/our-answer"


def test_the_response_is_met_and_the_solution_goes_on(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("20m")

    case = desk.elsewhere.answered(number, LINK, by=ANN)

    assert desk.running(number) == {Promise.RESOLUTION}
    assert case.outside
    assert (case.outside.by, case.outside.url) == (ANN, LINK)
    desk.pass_and_watch("2h")
    assert desk.pings(number) == []


def test_it_ends_the_escalation_of_a_late_case(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_and_watch("1h")

    desk.elsewhere.answered(number, None, by=ANN)

    assert not any("response" in name for name in desk.timers(number))


def test_taken_back_the_clock_goes_on_as_if_nothing_had_been(desk: TestDesk) -> None:
    number = desk.post()
    due = desk.clocks(number)[Promise.FIRST_RESPONSE].due_at
    desk.pass_time("20m")
    desk.elsewhere.answered(number, LINK, by=ANN)
    desk.pass_time("5m")

    desk.elsewhere.take_back(number, by=ANN)

    clock = desk.clocks(number)[Promise.FIRST_RESPONSE]
    assert (clock.is_running, clock.due_at) == (True, due)
    with pytest.raises(NothingToChange):
        desk.elsewhere.take_back(number, by=ANN)


def test_an_answer_that_waits_here_gets_a_second_look(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.replies.submit(number, "We are on it.", by=ANN, once="f1")

    desk.elsewhere.answered(number, LINK, by=ANN)

    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.HELD


def test_it_is_said_of_an_open_case_that_waits_and_by_its_department(desk: TestDesk) -> None:
    number, closed = desk.post(), desk.post()
    desk.closings.no_reply(closed, by=ANN)

    with pytest.raises(NotMember):
        desk.elsewhere.answered(number, None, by=TOM)
    with pytest.raises(CaseIsSolved):
        desk.elsewhere.answered(closed, None, by=ANN)
    desk.elsewhere.answered(number, None, by=ANN)
    with pytest.raises(NothingToChange, match="answered already"):
        desk.elsewhere.answered(number, None, by=ANN)


def test_a_case_made_by_hand_says_at_once_that_no_answer_can_leave(desk: TestDesk) -> None:
    number = desk.intake.open_by_hand(desk.a_post(source=BY_HAND), by=ANN).case
    assert number

    with pytest.raises(NoWayOut):
        desk.replies.draft(number, by=ANN)
    assert desk.case(number).assignee is None

    desk.elsewhere.answered(number, LINK, by=ANN)
    assert desk.running(number) == {Promise.RESOLUTION}


def test_taken_back_after_the_customer_wrote_again_the_first_promise_goes_on(
    desk: TestDesk,
) -> None:
    number = desk.post(conversation="cv1")
    due = desk.clocks(number)[Promise.FIRST_RESPONSE].due_at
    desk.elsewhere.answered(number, None, by=ANN)
    desk.pass_time("10m")
    desk.post("hello?", conversation="cv1")

    desk.elsewhere.take_back(number, by=ANN)

    assert desk.running(number) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    assert desk.clocks(number)[Promise.FIRST_RESPONSE].due_at == due
    desk.pass_and_watch("1h")
    assert desk.pings(number)


def test_taken_back_after_an_answer_of_ours_the_newer_promise_goes_on(desk: TestDesk) -> None:
    number = desk.post(conversation="cv1")
    desk.elsewhere.answered(number, None, by=ANN)
    desk.pass_time("10m")
    desk.post("hello?", conversation="cv1")
    desk.answer(number)
    desk.pass_time("10m")
    desk.post("still here", conversation="cv1")

    desk.elsewhere.take_back(number, by=ANN)

    assert desk.running(number) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}


def test_a_case_that_is_solved_and_taken_back_still_waits_for_its_customer(desk: TestDesk) -> None:
    number = desk.post(conversation="cv1")
    desk.elsewhere.answered(number, None, by=ANN)
    answered_at = desk.now
    desk.pass_time("10m")
    desk.closings.solve(number, "", by=ANN)

    desk.closings.reopen(number, by=ANN)

    assert desk.case(number).waiting_since == answered_at
    assert desk.running(number) == {Promise.RESOLUTION}


def test_taken_back_after_the_case_was_closed_and_reopened_no_old_promise_is_broken(
    desk: TestDesk,
) -> None:
    number = desk.post(conversation="cv1")
    desk.elsewhere.answered(number, None, by=ANN)
    desk.closings.solve(number, "", by=ANN)
    desk.pass_time("3d")
    desk.post("again", conversation="cv1")

    desk.elsewhere.take_back(number, by=ANN)

    assert desk.running(number) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}
