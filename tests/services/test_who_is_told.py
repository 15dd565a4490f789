"""Whoever is concerned hears of it, in a new message; nobody is disturbed for nothing.

Every row of `WHO_IS_TOLD` is walked: what happens, who is mentioned, who gets a direct message.
"""

from collections.abc import Callable

import pytest

from bot.domain.effects import Kind, card_key
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message, NotExecuted, Refused, Unknown
from bot.domain.post import PostKind, Priority
from bot.domain.reply import Outgoing
from bot.domain.who_is_told import WHO_IS_TOLD, Where
from bot.views.notes import NOTES
from tests.company import ANN, BEN, DORA, SERVICE, TECHNICAL, TOM, channel_of, email_of
from tests.desk import TestDesk


def said(desk: TestDesk, number: int, say: str) -> list[Message]:
    return [one for one in desk.messages(number, Kind.NOTE) if one.args["say"] == say]


def mentioned(desk: TestDesk, number: int, say: str) -> list[object]:
    """Who is mentioned by each line of the thread, the oldest first."""
    return [one.args.get("to", []) for one in said(desk, number, say) if one.thread]


def directly(desk: TestDesk, number: int, say: str) -> set[str]:
    """Who got a direct message."""
    places = [one.place for one in said(desk, number, say)]
    return {place.removeprefix("person:") for place in places if place.startswith("person:")}


def claimed(desk: TestDesk, *, by: MemberId = ANN) -> CaseId:
    number = desk.post(id="first", conversation="talk")
    desk.casework.claim(number, by=by)
    return number


def write_again(desk: TestDesk, text: str = "it is still not here") -> None:
    desk.receive(desk.a_post(text, conversation="talk"))


# The table


def _wrote_again(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    write_again(desk)
    return number


def _edited(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.receive(desk.a_post("UPDATE: I need insulin", id="first", kind=PostKind.EDIT))
    return number


def _deleted(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.receive(desk.a_post("", id="first", kind=PostKind.DELETE))
    return number


def _refused(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.network.answers = [Refused("too long")]
    desk.answer(number)
    return number


def _lost(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.network.answers = [Unknown("it hung up")]
    desk.answer(number)
    return number


def _held(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.replies.submit(number, "We are on it.", by=ANN, once="form")
    desk.administration.set_outgoing(Outgoing.HOLD, by=TOM)
    return number


def _assigned(desk: TestDesk) -> CaseId:
    number = desk.post()
    desk.casework.assign(number, to=ANN, by=DORA)
    return number


def _taken(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.casework.assign(number, to=BEN, by=BEN)
    return number


def _merged(desk: TestDesk) -> CaseId:
    number, other = claimed(desk), desk.post()
    desk.casework.claim(other, by=BEN)
    desk.merging.merge(other, number, by=DORA)
    return number


def _split(desk: TestDesk) -> CaseId:
    number, other = claimed(desk), desk.post()
    desk.casework.claim(other, by=BEN)
    desk.merging.merge(other, number, by=DORA)
    desk.merging.split(other, by=DORA)
    return number


def _escalated(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.casework.tell_lead(number, "she is a minister", by=ANN)
    return number


def _asked(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.questions.ask_person(number, TOM, "is the map right?", by=ANN)
    return number


def _answered(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    question = desk.questions.ask_person(number, TOM, "is the map right?", by=ANN)
    desk.questions.answer(question.id, "no", by=TOM)
    return number


def _offered(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.hand_offs.to_person(number, BEN, "you know her", by=ANN)
    return number


def _returned(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.hand_offs.give_back(number, by=TOM, why="it is a billing matter")
    return number


def _lapsed(desk: TestDesk) -> CaseId:
    desk.department("technical", lead=email_of(TOM))
    number = claimed(desk)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.pass_time("15m", sweep=True)
    return number


def _returned_three_times(desk: TestDesk) -> CaseId:
    desk.department("technical", lead=email_of(TOM))
    number = claimed(desk)
    for _ in range(3):
        desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
        desk.hand_offs.give_back(number, by=TOM, why="no")
        desk.pass_time("10m")
    return number


def _raised(desk: TestDesk) -> CaseId:
    number = claimed(desk)
    desk.casework.prioritise(number, Priority.URGENT, by=BEN)
    return number


STORIES: dict[str, tuple[Callable[[TestDesk], CaseId], set[MemberId], set[MemberId]]] = {
    "follow_up": (_wrote_again, {ANN}, set()),
    "edited": (_edited, {ANN}, set()),
    "deleted": (_deleted, {ANN}, set()),
    "reply_failed": (_refused, {ANN}, {ANN}),
    "reply_unknown": (_lost, {ANN}, {ANN}),
    "reply_held": (_held, {ANN}, {ANN}),
    "assigned": (_assigned, set(), {ANN}),
    "taken_from": (_taken, set(), {ANN}),
    "split": (_split, {ANN, BEN}, {ANN, BEN}),
    "merged": (_merged, {ANN, BEN}, {ANN, BEN}),
    "escalated": (_escalated, set(), {DORA}),
    "raised": (_raised, {ANN}, set()),
    "question": (_asked, set(), {TOM}),
    "hand_off_offer": (_offered, set(), {BEN}),
    "returned": (_returned, {ANN}, {ANN}),
    "lapsed": (_lapsed, set(), {ANN, TOM}),
    "third_return": (_returned_three_times, set(), {ANN, DORA, TOM}),
}
ELSEWHERE = {
    "outgoing": "test_brake",
    "answered": "the line names who asked",
    "arrived": "test_passing_on",
    "displaced": "whose department is gone",
    "covering": "test_passing_on",
    "asked_more": "test_asks",
}


def test_the_table_is_walked_whole_and_every_row_has_its_sentence() -> None:
    assert STORIES.keys() | ELSEWHERE.keys() == WHO_IS_TOLD.keys()
    assert WHO_IS_TOLD.keys() <= NOTES.keys()


@pytest.mark.parametrize("say", STORIES)
def test_who_is_concerned_hears_of_it(desk: TestDesk, say: str) -> None:
    story, in_thread, in_person = STORIES[say]
    number = story(desk)

    told = [who for line in mentioned(desk, number, say) for who in line]  # type: ignore[attr-defined]
    assert set(told) == in_thread
    assert directly(desk, number, say) == in_person
    assert bool(in_thread) == (Where.THREAD in WHO_IS_TOLD[say].where)


@pytest.mark.parametrize("kind", [PostKind.POST, PostKind.EDIT, PostKind.DELETE])
def test_whoever_has_it_and_left_the_channel_hears_it_directly(
    desk: TestDesk, kind: PostKind
) -> None:
    number = claimed(desk)
    desk.left("service", ANN)
    key = "again" if kind is PostKind.POST else "first"
    desk.receive(desk.a_post("my insulin is in it", id=key, kind=kind, conversation="talk"))
    said_now = {PostKind.POST: "follow_up", PostKind.EDIT: "edited", PostKind.DELETE: "deleted"}
    assert directly(desk, number, said_now[kind]) == {ANN}


def test_whoever_asked_hears_the_answer(desk: TestDesk) -> None:
    number = _answered(desk)
    assert said(desk, number, "answered")[0].thread == card_key(number, SERVICE)


# The customer's words


def test_who_has_the_case_is_mentioned_at_most_once_in_two_minutes(desk: TestDesk) -> None:
    number = claimed(desk)
    for _ in range(3):
        write_again(desk)
        desk.pass_time("50s")
    assert mentioned(desk, number, "follow_up") == [[ANN], [], []]

    write_again(desk)
    assert mentioned(desk, number, "follow_up")[-1] == [ANN]


def test_an_edit_right_after_a_new_post_disturbs_nobody_twice(desk: TestDesk) -> None:
    number = claimed(desk)
    write_again(desk)
    desk.receive(desk.a_post("UPDATE: I need insulin", id="first", kind=PostKind.EDIT))
    assert mentioned(desk, number, "edited") == [[]]


def test_somebody_else_who_has_it_by_then_is_mentioned_all_the_same(desk: TestDesk) -> None:
    number = claimed(desk)
    write_again(desk)
    desk.casework.assign(number, to=BEN, by=BEN)
    write_again(desk)
    assert mentioned(desk, number, "follow_up") == [[ANN], [BEN]]


def test_where_nobody_has_it_who_answered_last_is_mentioned_if_there(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.answer(number)
    desk.casework.release(number, by=ANN)
    write_again(desk)
    desk.left("service", ANN)
    desk.pass_time("3m")
    write_again(desk, "hello?")
    assert mentioned(desk, number, "follow_up") == [[ANN], []]


def test_a_case_that_nobody_has_and_nobody_answered_disturbs_nobody(desk: TestDesk) -> None:
    number = desk.post(conversation="talk")
    write_again(desk)
    assert mentioned(desk, number, "follow_up") == [[]]


def test_thanks_for_a_solved_case_disturb_nobody_and_a_question_its_solver(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.answer(number)
    desk.closings.solve(number, "", by=ANN)
    write_again(desk, "thanks")
    desk.pass_time("3m")
    write_again(desk, "but where is it?")
    assert mentioned(desk, number, "follow_up") == [[], [ANN]]


def test_an_edit_of_a_solved_case_is_told_to_its_solver(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.answer(number)
    desk.closings.solve(number, "", by=ANN)
    desk.receive(desk.a_post("UPDATE: I need insulin", id="first", kind=PostKind.EDIT))
    assert mentioned(desk, number, "edited") == [[ANN]]


# Answers


def test_a_held_answer_is_told_to_whoever_decides_about_it_now(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.network.answers = [NotExecuted("busy")]
    desk.answer(number)
    desk.casework.assign(number, to=BEN, by=DORA)
    desk.administration.set_outgoing(Outgoing.OFF, by=TOM)
    assert directly(desk, number, "reply_held") == {ANN, BEN}


def test_an_answer_of_somebody_who_works_elsewhere_now_is_told_to_the_lead(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.replies.submit(number, "We are on it.", by=ANN, once="form")
    desk.left("service", ANN)
    desk.casework.release(number, by=DORA)
    desk.administration.set_outgoing(Outgoing.OFF, by=TOM)
    assert directly(desk, number, "reply_held") == {DORA}


# Changing hands


def test_the_card_says_from_whom_a_case_was_taken(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.casework.assign(number, to=BEN, by=BEN)
    assert desk.boards.case(number, by=ANN).card.taken_from == ANN

    desk.casework.release(number, by=BEN)
    desk.casework.claim(number, by=BEN)
    assert desk.boards.case(number, by=ANN).card.taken_from is None


def test_who_takes_an_empty_chair_or_their_own_case_is_told_nothing(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.assign(number, to=ANN, by=ANN)
    desk.casework.release(number, by=ANN)
    assert desk.notes(number) == []


def test_a_lead_who_puts_a_case_back_tells_who_had_it(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.casework.release(number, by=DORA)
    assert directly(desk, number, "taken_from") == {ANN}


def test_a_lead_who_gives_it_to_another_tells_both(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.casework.assign(number, to=BEN, by=DORA)
    assert directly(desk, number, "taken_from") == {ANN}
    assert directly(desk, number, "assigned") == {BEN}


def test_a_button_of_triage_tells_who_had_it(desk: TestDesk) -> None:
    number = desk.post("a mystery")
    desk.casework.claim(number, by=DORA)
    desk.joined("triage", ANN)
    desk.casework.route(number, TECHNICAL, by=ANN)
    assert directly(desk, number, "taken_from") == {DORA}


def test_who_gets_a_case_back_by_an_undo_hears_of_it(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.closings.no_reply(number, by=ANN)
    desk.closings.reopen(number, by=BEN)
    assert directly(desk, number, "assigned") == {ANN}


def test_who_has_left_the_company_is_told_nothing(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.gone(ANN)
    desk.casework.assign(number, to=BEN, by=DORA)
    assert directly(desk, number, "taken_from") == set()


def test_a_merge_by_who_has_one_of_them_tells_the_other(desk: TestDesk) -> None:
    number, other = claimed(desk), desk.post()
    desk.casework.claim(other, by=BEN)
    desk.merging.merge(other, number, by=BEN)
    assert directly(desk, number, "merged") == {ANN}


def test_a_question_to_a_channel_stands_there(desk: TestDesk) -> None:
    number = claimed(desk)
    desk.questions.ask_channel(number, channel_of("technical"), "is the map right?", by=ANN)
    assert [one.place for one in said(desk, number, "question")] == ["channel:C-TECHNICAL"]
