"""What somebody writes and does not send is kept for them, and offered again."""

import pytest

from bot.domain.errors import (
    BotError,
    CaseIsSolved,
    DraftIsGone,
    EmptyReply,
    HandOffIsPending,
    NotAssignee,
    OutgoingIsOff,
    ReplyTooLong,
)
from bot.domain.ids import CaseId
from bot.domain.reply import Outgoing, ReplyState
from bot.domain.reply_form import ReplyForm
from bot.domain.timeline import What
from bot.services.replies import LONGEST
from tests.company import ANN, BEN, DORA, EVE, TECHNICAL, TOM
from tests.desk import TestDesk


def typed(desk: TestDesk, form: ReplyForm, text: str) -> None:
    """A few seconds later there is so much of it."""
    desk.pass_time("4s")
    desk.replies.typed(form.draft.carried, text, by=ANN)


def left(desk: TestDesk, form: ReplyForm) -> None:
    """Esc, or *Cancel*."""
    desk.replies.put_away(form.draft.carried, by=ANN)


def text_of(desk: TestDesk, case: CaseId) -> str:
    """What the form offers when it is opened again."""
    return desk.replies.draft(case, by=ANN).text


def looked_twice(desk: TestDesk, form: ReplyForm, text: str) -> None:
    desk.replies.preview(form.case.id, text, by=ANN, carried=form.draft.carried)


def test_words_outlive_a_form_that_is_left(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    typed(desk, form, "Dear Jane")
    left(desk, form)
    again = desk.replies.draft(case, by=ANN)
    assert (again.text, again.draft.kept_at) == ("Dear Jane", desk.now)
    assert desk.case(case).assignee == ANN


def test_of_many_letters_one_is_written_down_every_few_seconds(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    for length in range(1, 40):
        desk.now += desk.kernel.undo / 50  # five letters a second
        desk.replies.typed(form.draft.carried, "x" * length, by=ANN)
    assert 20 <= len(text_of(desk, case)) < 39


@pytest.mark.parametrize("text", ["Dear Jane", "x" * (LONGEST + 1)])
def test_no_refusal_takes_the_words_back(desk: TestDesk, text: str):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.casework.assign(case, to=BEN, by=ANN)
    with pytest.raises((NotAssignee, ReplyTooLong)):
        looked_twice(desk, form, text)
    desk.casework.assign(case, to=ANN, by=BEN)
    assert text_of(desk, case) == text


def test_a_case_that_went_to_another_department_keeps_them_for_their_writer(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.hand_offs.to_department(case, TECHNICAL, "please look", by=ANN)
    with pytest.raises((HandOffIsPending, BotError)):
        looked_twice(desk, form, "Dear Jane")
    desk.hand_offs.give_back(case, by=TOM)
    assert text_of(desk, case) == "Dear Jane"


def test_the_brake_keeps_them(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.administration.set_outgoing(Outgoing.OFF, by=BEN)
    preview = desk.replies.preview(case, "Dear Jane", by=ANN, carried=form.draft.carried)
    with pytest.raises(OutgoingIsOff):
        desk.replies.send(preview.draft.draft.carried, by=ANN, once="1")
    again = desk.replies.draft(case, by=ANN)
    assert (again.text, again.outgoing) == ("Dear Jane", Outgoing.OFF)
    desk.administration.set_outgoing(Outgoing.ON, by=EVE)
    looked_twice(desk, again, "Dear Jane")


def test_what_was_sent_is_no_draft_any_more(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    typed(desk, form, "On it")
    desk.answer(case, text="On it")
    assert text_of(desk, case) == ""


def test_undo_makes_an_answer_a_draft_again(desk: TestDesk):
    case = desk.post(account="@northwind")
    reply = desk.replies.submit(case, "On it", by=ANN, once="1")
    assert text_of(desk, case) == ""
    desk.replies.undo(reply.key, by=BEN)
    form = desk.replies.draft(case, by=ANN)
    assert (form.text, form.post.key, form.account) == ("On it", reply.post, "@northwind")


def test_start_over_begins_with_nothing_and_with_the_newest_post(desk: TestDesk):
    case = desk.post("my bag", conversation="t")
    typed(desk, desk.replies.draft(case, by=ANN), "Dear Jane")
    desk.pass_time("1m")
    desk.post("it is red", conversation="t")
    kept = desk.replies.draft(case, by=ANN)
    assert (kept.text, kept.post.text) == ("Dear Jane", "my bag")
    assert kept.newest
    assert kept.newest.text == "it is red"
    fresh = desk.replies.start_over(kept.draft.carried, by=ANN)
    assert (fresh.text, fresh.post.text) == ("", "it is red")
    assert text_of(desk, case) == ""


def test_words_from_the_thread_are_put_to_those_that_are_there(desk: TestDesk):
    case = desk.post()
    typed(desk, desk.replies.draft(case, by=ANN), "Dear Jane")
    form = desk.replies.draft(case, by=ANN, words="It is at gate B12")
    assert form.text == "Dear Jane\n\nIt is at gate B12"
    assert desk.replies.draft(case, by=ANN, words="It is at gate B12").text == form.text


def test_nobody_else_sees_them_only_that_somebody_writes(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    assert desk.boards.case(case, by=BEN).card.writing_since is None
    typed(desk, form, "Dear Jane")
    board = desk.boards.case(case, by=BEN)
    assert board.card.writing_since == desk.now
    assert "Dear Jane" not in repr(board)
    desk.casework.assign(case, to=BEN, by=DORA)
    assert desk.replies.draft(case, by=BEN).text == ""
    assert desk.boards.case(case, by=BEN).card.writing_since is None


def test_the_card_is_told_once_that_somebody_writes(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)

    def drawn() -> int:
        card = desk.outbox(f"card:{case}:service")
        assert card
        return card.wanted

    before = drawn()
    typed(desk, form, "Dear")
    assert drawn() == before + 1
    typed(desk, form, "Dear Jane")
    typed(desk, form, "Dear Jane, we")
    assert drawn() == before + 1


# Put away without a word


def test_reply_that_took_the_case_and_was_left_without_a_word_gives_it_free(desk: TestDesk):
    case = desk.post()
    left(desk, desk.replies.draft(case, by=ANN))
    assert desk.case(case).assignee is None
    assert desk.whats(case)[-2:] == [What.CLAIMED, What.RELEASED]
    assert not [name for name in desk.timers(case) if name.startswith("idle")]


def test_a_case_that_was_claimed_before_stays_claimed(desk: TestDesk):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    left(desk, desk.replies.draft(case, by=ANN))
    assert desk.case(case).assignee == ANN
    desk.pass_time("20m", sweep=True)
    assert desk.case(case).assignee == ANN


def test_after_a_reload_it_is_free_ten_minutes_later(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.pass_time("9m", sweep=True)
    assert desk.case(case).assignee == ANN
    desk.pass_time("2m", sweep=True)
    assert desk.case(case).assignee is None
    looked_twice(desk, form, "I was only thinking")  # the form may be open all the same
    assert desk.replies.submit(case, "I was only thinking", by=ANN, once="1")
    assert desk.case(case).assignee == ANN


def test_opened_again_the_ten_minutes_begin_again(desk: TestDesk):
    case = desk.post()
    desk.replies.draft(case, by=ANN)
    desk.pass_time("9m", sweep=True)
    desk.replies.draft(case, by=ANN)
    desk.pass_time("9m", sweep=True)
    assert desk.case(case).assignee == ANN


def test_with_a_word_in_it_the_case_stays(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    typed(desk, form, "Dear Jane")
    desk.pass_time("1h", sweep=True)
    left(desk, form)
    assert desk.case(case).assignee == ANN


def test_a_form_that_is_left_takes_nothing_from_who_has_the_case_now(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.casework.assign(case, to=BEN, by=ANN)
    left(desk, form)
    assert desk.case(case).assignee == BEN


def test_leaving_the_form_after_sending_changes_nothing(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    reply = desk.replies.submit(case, "On it", by=ANN, once="1")
    left(desk, form)
    assert desk.case(case).assignee == ANN
    assert reply.state is ReplyState.UNDO


# The case ends, or becomes part of another


def test_a_closed_case_has_no_drafts(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    typed(desk, form, "Dear Jane")
    desk.closings.no_reply(case, by=ANN)
    desk.closings.reopen(case, by=ANN)
    assert text_of(desk, case) == ""


def test_words_that_were_on_their_way_to_a_closed_case_are_there_when_it_is_reopened(
    desk: TestDesk,
):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.closings.no_reply(case, by=ANN)
    with pytest.raises((CaseIsSolved, DraftIsGone)):
        looked_twice(desk, form, "Dear Jane")
    desk.closings.reopen(case, by=ANN)
    assert text_of(desk, case) == "Dear Jane"


def test_the_draft_of_a_merged_case_goes_along_and_its_form_sends_nothing(desk: TestDesk):
    case, other = desk.post("my bag"), desk.post("my hat")
    form = desk.replies.draft(case, by=ANN)
    typed(desk, form, "Dear Jane")
    desk.merging.merge(case, other, by=ANN)
    with pytest.raises((CaseIsSolved, DraftIsGone)):
        looked_twice(desk, form, "Dear Jane, really")
    again = desk.replies.draft(other, by=ANN)
    assert (again.text, again.post.text) == ("Dear Jane", "my bag")


def test_an_answer_of_nothing_is_refused_and_no_draft(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    with pytest.raises(EmptyReply):
        looked_twice(desk, form, "  \n")
    left(desk, form)
    assert desk.case(case).assignee is None
