"""A mute covers a day of noise and never a life: what it lets through, and how it ends."""

import pytest

from bot.domain.errors import NothingToChange, NotMember
from bot.domain.ids import CaseId
from bot.domain.post import PostKind, Priority
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.contents import card_facts
from tests.company import ANN, BEN, BOB, EVE, SERVICE, TOM
from tests.desk import TestDesk

JUMP = "I will jump off the bridge tonight"


def muted(desk: TestDesk) -> CaseId:
    """@loud wrote once, and Ann muted them."""
    number = desk.post("cheap bags here", by="@loud", id="first")
    desk.closings.mute(number, "sells bags", by=ANN)
    return number


# What no mute covers


def test_a_muted_author_s_urgent_post_is_an_open_case(desk: TestDesk) -> None:
    muted(desk)

    number = desk.post("help", by="@loud", priority=Priority.URGENT)

    assert desk.case(number).is_open
    assert desk.running(number) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    assert "the author is muted, but this is urgent" in desk.case(number).why


def test_a_muted_author_s_post_about_a_life_is_an_open_urgent_case(desk: TestDesk) -> None:
    muted(desk)

    case = desk.case(desk.post(JUMP, by="@loud"))

    assert (case.is_open, case.priority) == (True, Priority.URGENT)


def test_a_muted_author_s_post_that_a_rule_calls_urgent_is_an_open_case(desk: TestDesk) -> None:
    desk.rules({"department": "service", "when": "words:insulin", "priority": "urgent"})
    muted(desk)

    assert desk.case(desk.post("my insulin is gone", by="@loud")).is_open
    assert not desk.case(desk.post("more cheap bags", by="@loud")).is_open


def test_a_muted_author_s_follow_up_about_a_life_reopens_the_case(desk: TestDesk) -> None:
    number = muted(desk)

    desk.post("cheap bags here", by="@loud", in_reply_to="first")
    assert not desk.case(number).is_open
    desk.post(JUMP, by="@loud", in_reply_to="first")

    assert (desk.case(number).is_open, desk.case(number).priority) == (True, Priority.URGENT)
    assert Promise.NEXT_RESPONSE in desk.running(number)


def test_a_muted_author_s_edit_about_a_life_reopens_the_case(desk: TestDesk) -> None:
    number = muted(desk)

    desk.receive(desk.a_post("best bags here", by="@loud", id="first", kind=PostKind.EDIT))
    assert not desk.case(number).is_open
    desk.receive(desk.a_post(JUMP, by="@loud", id="first", kind=PostKind.EDIT))

    assert (desk.case(number).is_open, desk.case(number).priority) == (True, Priority.URGENT)


# What raises, and what never lowers


def test_a_post_about_a_life_is_urgent_and_its_card_says_why(desk: TestDesk) -> None:
    desk.rules({"department": "service", "when": "words:bridge", "priority": "low"})

    number = desk.post(JUMP)

    assert desk.case(number).priority is Priority.URGENT
    with desk.kernel.look() as work:
        assert card_facts(work, work.case(number), SERVICE).alarm == "jump off"


def test_a_rule_never_lowers_what_came_as_urgent(desk: TestDesk) -> None:
    desk.rules({"department": "service", "when": "words:bag", "priority": "high"})

    assert desk.case(desk.post("my bag", priority=Priority.URGENT)).priority is Priority.URGENT
    assert desk.case(desk.post("my bag")).priority is Priority.HIGH


def test_a_follow_up_about_a_life_raises_the_case_and_its_targets(desk: TestDesk) -> None:
    desk.target(priority="urgent", first_response="5m")
    number = desk.post("where is my bag?", id="p")

    desk.post(JUMP, in_reply_to="p")

    assert desk.case(number).priority is Priority.URGENT
    due = desk.clocks(number)[Promise.FIRST_RESPONSE].due_at
    assert due is not None
    assert (due - desk.now).total_seconds() == 300
    assert desk.whats(number)[-2:] == [What.PRIORITY, What.PROMISE]


def test_a_follow_up_that_says_it_is_urgent_raises_and_a_calm_one_lowers_nothing(
    desk: TestDesk,
) -> None:
    number = desk.post("my bag", id="p")
    desk.post("please", in_reply_to="p", priority=Priority.HIGH)
    assert desk.case(number).priority is Priority.HIGH

    desk.post("no hurry", in_reply_to="p", priority=Priority.LOW)
    assert desk.case(number).priority is Priority.HIGH


def test_what_a_person_decided_stays_until_there_are_new_words(desk: TestDesk) -> None:
    number = desk.post("that party was the bomb", id="p")
    desk.casework.prioritise(number, Priority.LOW, by=ANN)

    desk.receive(desk.a_post("That party was the bomb!", id="p", kind=PostKind.EDIT))
    assert desk.case(number).priority is Priority.LOW
    desk.receive(desk.a_post("that bomb will kill you", id="p", kind=PostKind.EDIT))
    assert desk.case(number).priority is Priority.URGENT


def test_a_person_s_priority_goes_with_the_case_to_another_department(desk: TestDesk) -> None:
    desk.rules({"department": "triage", "when": "words:bag", "priority": "low"})
    number = desk.post("my bag")
    desk.casework.prioritise(number, Priority.HIGH, by=EVE)

    desk.casework.route(number, SERVICE, by=EVE)

    assert desk.case(number).priority is Priority.HIGH


# How a mute ends


def test_mutes_are_listed_until_they_end_by_themselves(desk: TestDesk) -> None:
    number = muted(desk)

    [mute] = desk.closings.mutes(by=TOM)
    assert (mute.handle, mute.network, mute.by, mute.reason) == ("@loud", "x", ANN, "sells bags")
    assert mute.case == number
    desk.pass_time("1d")
    assert desk.closings.mutes(by=TOM) == ()


def test_a_mute_is_taken_back_by_a_press_or_by_name(desk: TestDesk) -> None:
    number = muted(desk)
    desk.closings.unmute(number, by=BEN)
    assert desk.case(desk.post("hello", by="@loud")).is_open

    desk.closings.mute(desk.post("bags", by="@loud"), "bags", by=ANN)
    desk.closings.unmute_author("x", "LOUD", by=BEN)
    assert desk.case(desk.post("hello", by="@loud")).is_open


def test_there_has_to_be_a_mute_and_a_member_to_take_it_back(desk: TestDesk) -> None:
    number = muted(desk)
    with pytest.raises(NotMember):
        desk.closings.unmute(number, by=BOB)
    with pytest.raises(NotMember):
        desk.closings.mutes(by=BOB)

    desk.closings.unmute(number, by=ANN)
    with pytest.raises(NothingToChange, match="not muted"):
        desk.closings.unmute(number, by=ANN)
    with pytest.raises(NothingToChange, match="not muted"):
        desk.closings.unmute_author("x", "@nobody", by=ANN)


def test_undoing_the_end_that_a_mute_made_ends_the_mute(desk: TestDesk) -> None:
    number = muted(desk)

    desk.closings.reopen(number, by=BEN)

    assert desk.closings.mutes(by=ANN) == ()
