"""A customer changes a post: other words are a new word, a comma is not."""

from collections.abc import Callable

import pytest

from bot.domain.durations import hours
from bot.domain.ids import CaseId
from bot.domain.post import PostKind, Priority
from bot.domain.sla import Promise
from tests.company import ANN
from tests.desk import TestDesk

Edit = Callable[..., None]


@pytest.fixture
def edit(desk: TestDesk) -> Edit:
    """The post `p` says something else now."""

    def edit(text: str, **facts: object) -> None:
        desk.receive(desk.a_post(text, id="p", kind=PostKind.EDIT, **facts))

    return edit


@pytest.fixture
def answered(desk: TestDesk) -> CaseId:
    number = desk.post("my bag is lost", id="p")
    desk.answer(number)
    return number


def test_other_words_after_our_answer_run_the_clock_again(
    desk: TestDesk, answered: CaseId, edit: Edit
) -> None:
    assert desk.case(answered).waiting_since

    edit("my bag is lost. UPDATE: I need insulin")

    assert desk.case(answered).waiting_since is None
    assert desk.running(answered) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}
    assert desk.timers(answered)["hanging"]
    assert "edited" in desk.notes(answered)


@pytest.mark.parametrize("text", ["My bag is lost!", " my  bag is lost ", "my bag, is lost…"])
def test_a_comma_after_our_answer_asks_for_nothing(
    desk: TestDesk, answered: CaseId, edit: Edit, text: str
) -> None:
    edit(text)

    assert desk.case(answered).waiting_since
    assert Promise.NEXT_RESPONSE not in desk.running(answered)
    assert "edited" in desk.notes(answered)


def test_an_edit_to_a_thank_you_asks_for_nothing(
    desk: TestDesk, answered: CaseId, edit: Edit
) -> None:
    edit("thank you so much")

    assert desk.case(answered).waiting_since


def test_another_picture_asks_for_nothing_and_is_shown(
    desk: TestDesk, answered: CaseId, edit: Edit
) -> None:
    edit("my bag is lost", media=("https://example.com/bag.png",))

    assert desk.case(answered).waiting_since
    assert "edited" in desk.notes(answered)


@pytest.mark.parametrize("later", ["1d", "8d"])
def test_other_words_reopen_what_was_closed_however_long_ago(
    desk: TestDesk, answered: CaseId, edit: Edit, later: str
) -> None:
    desk.closings.solve(answered, "found", by=ANN)
    desk.pass_time(later)

    edit("my bag is lost again")

    case = desk.case(answered)
    assert (case.is_open, case.assignee) == (True, ANN)
    assert desk.running(answered) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}


@pytest.mark.parametrize("text", ["My bag is lost.", "thanks"])
def test_a_comma_or_thanks_reopen_nothing(
    desk: TestDesk, answered: CaseId, edit: Edit, text: str
) -> None:
    desk.closings.solve(answered, "found", by=ANN)

    edit(text)

    assert not desk.case(answered).is_open


def test_other_words_wake_a_snoozed_case(desk: TestDesk, answered: CaseId, edit: Edit) -> None:
    desk.casework.snooze(answered, hours(2), by=ANN)

    edit("my bag is lost and my coat")

    assert desk.case(answered).snoozed_until is None


def test_other_words_while_an_answer_is_on_its_way_are_not_answered_by_it(
    desk: TestDesk, edit: Edit
) -> None:
    number = desk.post("my bag is lost", id="p")

    def meanwhile() -> None:
        desk.pass_time("1s")
        edit("my bag is lost, and my coat")

    desk.network.meanwhile = meanwhile
    desk.answer(number)

    assert desk.case(number).waiting_since is None
    assert Promise.FIRST_RESPONSE in desk.running(number)


def test_an_edit_about_a_life_raises_and_one_that_says_it_is_urgent_too(
    desk: TestDesk, answered: CaseId, edit: Edit
) -> None:
    edit("my bag is lost", priority=Priority.HIGH)
    assert desk.case(answered).priority is Priority.HIGH

    edit("my bag is lost, I want to die")
    assert desk.case(answered).priority is Priority.URGENT


def test_the_same_edit_again_changes_nothing(desk: TestDesk, answered: CaseId, edit: Edit) -> None:
    edit("my coat is lost", priority=Priority.HIGH)
    before = desk.timeline(answered)

    edit("my coat is lost", priority=Priority.HIGH)

    assert desk.timeline(answered) == before


def test_what_becomes_urgent_by_an_edit_is_covered_by_no_mute(desk: TestDesk, edit: Edit) -> None:
    number = desk.post("my bag is lost", id="p")
    desk.closings.mute(number, "spam", by=ANN)

    edit("my bag is lost", priority=Priority.URGENT)

    assert desk.case(number).is_open
    assert desk.case(number).priority is Priority.URGENT
