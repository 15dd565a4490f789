"""*Ask*: a question with the case's context, answered once, never sent to the customer."""

import pytest

from bot.domain.errors import (
    LeavesCompany,
    NoSuchPerson,
    NoSuchQuestion,
    NotMember,
    QuestionAnswered,
)
from bot.domain.ids import ChannelId, MemberId
from bot.domain.timeline import What
from tests.company import ANN, BEN, BOB, GIL, SUE, TOM, channel_of
from tests.desk import TestDesk


def test_a_colleague_is_asked_and_the_answer_stands_in_the_thread(desk: TestDesk) -> None:
    number = desk.post()
    question = desk.questions.ask_person(number, BOB, "is the belt down?", by=ANN)
    asked = desk.outbox(f"note:ask:{question.id}")
    assert asked is not None
    assert asked.place == f"person:{BOB}"

    desk.questions.answer(question.id, "since nine", by=BOB)

    answered = desk.questions.get(question.id)
    assert (answered.answer, answered.answered_by) == ("since nine", BOB)
    assert sorted(desk.notes(number)) == ["answered", "asked_here", "question"]
    assert desk.whats(number)[-2:] == [What.ASKED, What.ANSWERED]
    redrawn = desk.outbox(f"note:ask:{question.id}")
    assert redrawn is not None
    assert redrawn.wanted > asked.wanted
    assert desk.network.said == []


def test_the_first_answer_stands(desk: TestDesk) -> None:
    question = desk.questions.ask_channel(desk.post(), channel_of("technical"), "is it?", by=ANN)
    desk.questions.answer(question.id, "it is", by=TOM)

    with pytest.raises(QuestionAnswered, match=TOM):
        desk.questions.answer(question.id, "it is not", by=ANN)
    assert desk.questions.get(question.id).answer == "it is"


def test_who_was_not_asked_answers_only_as_one_of_the_case(desk: TestDesk) -> None:
    question = desk.questions.ask_person(desk.post(), BOB, "is it?", by=ANN)

    with pytest.raises(NotMember):
        desk.questions.answer(question.id, "it is", by=TOM)
    desk.questions.answer(question.id, "I found it myself", by=BEN)


def test_a_question_to_a_channel_is_answered_by_its_members(desk: TestDesk) -> None:
    question = desk.questions.ask_channel(desk.post(), channel_of("technical"), "is it?", by=ANN)

    for stranger in (SUE, BOB, GIL):
        with pytest.raises(NotMember):
            desk.questions.to_answer(question.id, by=stranger)
        with pytest.raises(NotMember):
            desk.questions.answer(question.id, "it is", by=stranger)
    assert desk.questions.to_answer(question.id, by=TOM) == question


def test_of_a_channel_that_is_not_the_desk_s_only_guests_are_kept_out(desk: TestDesk) -> None:
    question = desk.questions.ask_channel(desk.post(), ChannelId("C-BELTS"), "is it?", by=ANN)

    for stranger in (GIL, MemberId("UNEW")):
        with pytest.raises(NotMember):
            desk.questions.answer(question.id, "it is", by=stranger)
    desk.questions.answer(question.id, "it is", by=BOB)


def test_only_members_around_a_case_ask_about_it(desk: TestDesk) -> None:
    with pytest.raises(NotMember):
        desk.questions.ask_person(desk.post(), BOB, "what?", by=TOM)


def test_a_question_that_never_was_is_named(desk: TestDesk) -> None:
    with pytest.raises(NoSuchQuestion):
        desk.questions.answer(7, "yes", by=ANN)
    with pytest.raises(NoSuchQuestion):
        desk.questions.get(7)


def test_a_guest_whom_no_department_names_is_not_asked(desk: TestDesk) -> None:
    number = desk.post()
    with pytest.raises(LeavesCompany):
        desk.questions.ask_person(number, GIL, "do you know?", by=ANN)
    desk.put("named", {"service": {GIL: "member"}})
    assert desk.questions.ask_person(number, GIL, "do you know?", by=ANN)


def test_nobody_asks_a_colleague_who_has_left(desk: TestDesk) -> None:
    number = desk.post()
    desk.gone(BOB)

    with pytest.raises(NoSuchPerson):
        desk.questions.ask_person(number, BOB, "is it?", by=ANN)
    assert "question" not in desk.notes(number)
