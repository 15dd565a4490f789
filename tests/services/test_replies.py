"""An answer from the pressed button to the moment it is ready: who, once, seen, decided."""

import pytest

from bot.domain.errors import (
    AlreadyClaimed,
    CaseIsSolved,
    EmptyReply,
    HandOffIsPending,
    NoSuchReply,
    NotAssignee,
    NotMember,
    NotNamed,
    NotYours,
    OutgoingIsOff,
    ReplyIsUnderWay,
    ReplyMovedOn,
    ReplyTooLong,
    SaidAlready,
    SubmittedAlready,
)
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Refused, Unknown
from bot.domain.post import PostKind, Visibility
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.domain.timeline import What
from bot.services.replies import LONGEST
from tests.company import ANN, BEN, EVE, GIL, SALES, SUE, TECHNICAL, TOM
from tests.desk import TestDesk


def the_reply(desk: TestDesk, key: str) -> Reply:
    with desk.reading() as tx:
        return tx.replies.get(key)


def submit(desk: TestDesk, case: CaseId, text: str = "On it", by: MemberId = ANN) -> Reply:
    return desk.replies.submit(case, text, by=by, once=f"{by}:{text}:{desk.now.isoformat()}")


def held(desk: TestDesk, case: CaseId, text: str = "On it") -> Reply:
    """A reply that came to its second while the switch was on hold."""
    desk.put("outgoing", "hold")
    reply = submit(desk, case, text)
    desk.pass_time("10s")
    desk.sending.send_due()
    assert the_reply(desk, reply.key).state is ReplyState.HELD
    return the_reply(desk, reply.key)


def lost(desk: TestDesk, case: CaseId, text: str = "On it") -> Reply:
    """A reply of which nobody knows whether it is public."""
    desk.network.answers.append(Unknown("timeout"))
    return desk.answer(case, text=text)


# Who writes


def test_who_opens_the_form_has_the_case(desk: TestDesk):
    case = desk.post("where is my bag?", account="@northwind")
    draft = desk.replies.draft(case, by=ANN)
    assert desk.case(case).assignee == ANN
    assert (draft.post.text, draft.account) == ("where is my bag?", "@northwind")
    assert draft.visibility is Visibility.PUBLIC


def test_a_case_that_somebody_has_opens_no_form_for_another(desk: TestDesk):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    with pytest.raises((AlreadyClaimed, NotAssignee), match=ANN):
        desk.replies.draft(case, by=BEN)


def test_only_members_of_the_department_write_for_it(desk: TestDesk):
    case = desk.post()
    with pytest.raises(NotMember):
        desk.replies.draft(case, by=TOM)
    with pytest.raises(NotMember):
        submit(desk, case, by=TOM)


def test_a_guest_publishes_only_where_they_are_named(desk: TestDesk):
    case = desk.post()
    with pytest.raises((NotMember, NotNamed)):
        desk.replies.draft(case, by=GIL)
    desk.put("named", {"service": {GIL: "member"}})
    assert desk.replies.draft(case, by=GIL).case.assignee == GIL


def test_a_case_on_its_way_is_accepted_before_it_is_answered(desk: TestDesk):
    case = desk.post()
    desk.hand_offs.to_department(case, TECHNICAL, "please look", by=ANN)
    with pytest.raises(HandOffIsPending):
        desk.replies.draft(case, by=TOM)


def test_a_solved_case_is_not_answered(desk: TestDesk):
    case = desk.post()
    desk.closings.no_reply(case, by=ANN)
    with pytest.raises(CaseIsSolved):
        desk.replies.draft(case, by=ANN)


def test_two_who_write_to_one_customer_are_warned(desk: TestDesk):
    first, second = desk.post("my bag"), desk.post("my hotel")
    desk.casework.claim(first, by=BEN)
    assert BEN in desk.replies.draft(second, by=ANN).warnings[0]


# What is written


def test_the_preview_shows_the_text_as_it_will_stand(desk: TestDesk):
    case = desk.post("hello", visibility=Visibility.PRIVATE, account="@northwind")
    preview = desk.replies.preview(case, "  Dear Jane,\n\n*we* are on it  ", by=ANN)
    assert preview.text == "  Dear Jane,\n\n*we* are on it  "
    assert preview.draft.visibility is Visibility.PRIVATE
    assert (preview.outgoing, preview.undo.total_seconds()) == (Outgoing.ON, 10)


def test_the_text_leaves_unchanged(desk: TestDesk):
    text = "  Liebe Jane,\n\n<b>*wir*</b> & @here 👩‍👩‍👧 \u202e kommen  "
    desk.answer(desk.post(), text=text)
    assert desk.network.texts == [text]


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_no_words_are_no_answer(desk: TestDesk, nothing: str):
    with pytest.raises(EmptyReply):
        desk.replies.preview(desk.post(), nothing, by=ANN)


def test_too_many_words_are_refused_with_how_many_there_may_be(desk: TestDesk):
    case = desk.post()
    with pytest.raises(ReplyTooLong) as refused:
        desk.replies.preview(case, "x" * (LONGEST + 1), by=ANN)
    assert (refused.value.length, refused.value.limit) == (LONGEST + 1, LONGEST)
    assert desk.replies.preview(case, "x" * LONGEST, by=ANN)


def test_the_same_words_are_not_said_twice_within_a_day(desk: TestDesk):
    case = desk.post()
    desk.answer(case, text="We are on it.")
    with pytest.raises(SaidAlready):
        submit(desk, case, "  We are  on it. ")
    desk.pass_time("1d")
    assert submit(desk, case, "We are on it.")


def test_the_answer_goes_under_the_newest_word_that_still_stands(desk: TestDesk):
    first = desk.a_post("where is my bag?", conversation="t")
    case = desk.receive(first).case
    assert case
    desk.pass_time("1m")
    second = desk.a_post("it is red", conversation="t")
    desk.receive(second)
    assert desk.replies.draft(case, by=ANN).post.text == "it is red"
    desk.receive(desk.a_post("", id=second.id, kind=PostKind.DELETE))
    assert desk.replies.draft(case, by=ANN).post.text == "where is my bag?"


# Once


def test_the_same_form_sent_twice_is_one_reply(desk: TestDesk):
    case = desk.post()
    desk.replies.submit(case, "On it", by=ANN, once="V1")
    with pytest.raises(SubmittedAlready):
        desk.replies.submit(case, "On it", by=ANN, once="V1")
    desk.pass_time("10s")
    desk.sending.send_due()
    assert desk.network.texts == ["On it"]


def test_a_form_that_was_refused_can_be_sent_again(desk: TestDesk):
    case = desk.post()
    with pytest.raises(EmptyReply):
        desk.replies.submit(case, "", by=ANN, once="V1")
    assert desk.replies.submit(case, "On it", by=ANN, once="V1")


def test_a_case_has_one_reply_under_way(desk: TestDesk):
    case = desk.post()
    submit(desk, case, "first")
    with pytest.raises(ReplyIsUnderWay):
        submit(desk, case, "second")


# Undo


def test_undone_in_time_it_was_never_public(desk: TestDesk):
    case = desk.post()
    reply = submit(desk, case)
    desk.pass_time("9s")
    desk.sending.send_due()
    assert desk.replies.undo(reply.key, by=BEN).state is ReplyState.DROPPED
    desk.pass_time("1h")
    desk.sending.send_due()
    assert desk.network.texts == []
    assert submit(desk, case, "better words")


def test_undo_comes_too_late_once_it_has_left(desk: TestDesk):
    reply = desk.answer(desk.post())
    with pytest.raises(ReplyMovedOn, match="sent"):
        desk.replies.undo(reply.key, by=ANN)


def test_another_department_undoes_nothing(desk: TestDesk):
    reply = submit(desk, desk.post())
    with pytest.raises(NotMember):
        desk.replies.undo(reply.key, by=TOM)


def test_an_unknown_reply_is_said_to_be_unknown(desk: TestDesk):
    with pytest.raises(NoSuchReply):
        desk.replies.undo("nonsense", by=ANN)


# The switch


def test_off_is_said_at_the_preview_and_refused_at_the_end(desk: TestDesk):
    case = desk.post()
    desk.put("outgoing", "off")
    preview = desk.replies.preview(case, "On it", by=ANN)
    assert preview.outgoing is Outgoing.OFF
    with pytest.raises(OutgoingIsOff):
        desk.replies.send(preview.draft.draft.carried, by=ANN, once="V1")
    with pytest.raises(OutgoingIsOff):
        submit(desk, case)
    assert desk.network.texts == []


def test_hold_keeps_it_and_says_so(desk: TestDesk):
    case = desk.post()
    reply = held(desk, case)
    assert "hold" in reply.reason
    assert "reply_held" in desk.notes(case)
    assert desk.network.texts == []


def test_switching_on_sends_nothing_that_was_held(desk: TestDesk):
    held(desk, desk.post())
    desk.administration.set_outgoing(Outgoing.ON, by=EVE)
    desk.pass_time("1h")
    desk.sending.send_due()
    assert desk.network.texts == []


def test_switching_on_holds_also_what_was_just_being_held(desk: TestDesk):
    desk.put("outgoing", "hold")
    reply = submit(desk, desk.post())  # its form said that it would be kept
    desk.administration.set_outgoing(Outgoing.ON, by=EVE)
    desk.pass_time("10s")
    desk.sending.send_due()
    assert desk.network.texts == []
    assert the_reply(desk, reply.key).state is ReplyState.HELD


def test_the_brake_holds_at_once_whatever_waits(desk: TestDesk):
    case = desk.post()
    reply = submit(desk, case)
    desk.administration.set_outgoing(Outgoing.OFF, by=TOM)
    assert the_reply(desk, reply.key).state is ReplyState.HELD
    assert "reply_held" in desk.notes(case)


# Deciding about one that is held


def test_its_owner_sends_it_now_once_the_switch_is_on(desk: TestDesk):
    reply = held(desk, desk.post())
    with pytest.raises(OutgoingIsOff):
        desk.replies.send_held(reply.key, by=ANN)
    desk.administration.set_outgoing(Outgoing.ON, by=EVE)
    desk.replies.send_held(reply.key, by=ANN)
    desk.sending.send_due()
    assert desk.network.texts == ["On it"]


def test_nobody_else_decides_about_it(desk: TestDesk):
    reply = held(desk, desk.post())
    desk.put("outgoing", "on")
    for decide in (desk.replies.send_held, desk.replies.drop, desk.replies.rewrite):
        with pytest.raises(NotYours, match=ANN):
            decide(reply.key, by=BEN)
        with pytest.raises(NotMember):
            decide(reply.key, by=TOM)


def test_who_was_given_the_case_decides(desk: TestDesk):
    case = desk.post()
    reply = held(desk, case)
    desk.casework.assign(case, to=BEN, by=ANN)
    with pytest.raises(NotYours, match=BEN):
        desk.replies.drop(reply.key, by=ANN)
    assert desk.replies.drop(reply.key, by=BEN).state is ReplyState.DROPPED


def test_rewriting_takes_the_place_of_the_held_words(desk: TestDesk):
    case = desk.post()
    reply = held(desk, case, "Calm down")
    desk.put("outgoing", "on")
    draft = desk.replies.rewrite(reply.key, by=ANN)
    assert draft.text == "Calm down"
    desk.answer(case, text="We are sorry")
    assert the_reply(desk, reply.key).state is ReplyState.DROPPED
    assert desk.network.texts == ["We are sorry"]


def test_a_refused_reply_is_rewritten_and_is_then_done_with(desk: TestDesk):
    case = desk.post()
    desk.network.answers.append(Refused("too long"))
    reply = desk.answer(case, text="a long story")
    assert desk.replies.rewrite(reply.key, by=ANN).text == "a long story"
    desk.answer(case, text="a short one")
    assert the_reply(desk, reply.key).state is ReplyState.DROPPED
    assert desk.boards.dead_letters(by=ANN) == ()


def test_what_was_sent_or_dropped_is_not_rewritten(desk: TestDesk):
    sent = desk.answer(desk.post())
    dropped = submit(desk, desk.post())
    desk.replies.undo(dropped.key, by=ANN)
    for reply in (sent, dropped):
        with pytest.raises(ReplyMovedOn):
            desk.replies.rewrite(reply.key, by=ANN)


def test_a_held_reply_is_decided_before_the_case_is_closed(desk: TestDesk):
    case = desk.post()
    reply = held(desk, case)
    with pytest.raises(ReplyIsUnderWay):
        desk.closings.solve(case, "", by=ANN)
    desk.replies.drop(reply.key, by=ANN)
    assert desk.closings.solve(case, "found", by=ANN)


# A newer word of the customer


def test_a_word_that_came_while_the_form_was_open_asks_for_a_second_look(desk: TestDesk):
    case = desk.post("my bag is lost", conversation="t")
    desk.replies.draft(case, by=ANN)
    desk.pass_time("2m")
    desk.post("found it, sorry!", conversation="t")
    desk.pass_time("1m")
    reply = submit(desk, case, "We will send you a new one")
    assert (reply.state, reply.reason) == (ReplyState.HELD, "the customer wrote again")
    desk.replies.send_held(reply.key, by=ANN)
    desk.sending.send_due()
    assert desk.network.texts == ["We will send you a new one"]


def test_a_form_opened_again_has_seen_the_newer_word(desk: TestDesk):
    case = desk.post("my bag is lost", conversation="t")
    desk.replies.draft(case, by=ANN)
    desk.pass_time("2m")
    desk.post("found it, sorry!", conversation="t")
    desk.pass_time("1m")
    desk.replies.draft(case, by=ANN)
    assert submit(desk, case, "Glad to hear").state is ReplyState.UNDO


def test_an_opened_form_is_no_event_of_the_case(desk: TestDesk):
    case = desk.post()
    desk.replies.draft(case, by=ANN)
    assert What.REPLY not in desk.whats(case)


# Of unknown outcome


def test_a_lost_reply_is_decided_before_another_is_written(desk: TestDesk):
    case = desk.post()
    lost(desk, case)
    with pytest.raises(ReplyIsUnderWay):
        submit(desk, case, "again")


def test_it_is_there(desk: TestDesk):
    case = desk.post()
    reply = lost(desk, case)
    found = desk.replies.found(reply.key, "https://x.example/northwind/status/77/", by=ANN)
    assert (found.state, found.remote_id) == (ReplyState.SENT, "77")
    assert desk.case(case).waiting_since == desk.now
    assert desk.post("thanks, but when?", in_reply_to="77") == case


@pytest.mark.parametrize(
    ("source", "link", "answered"),
    [
        ("x", "https://x.com/northwind/status/99887766?s=20", "99887766"),
        ("x", "https://x.com/northwind/status/99887766/photo/1#m", "99887766"),
        ("net", "https://net.example/northwind/status/99887766?s=20", "99887766"),
        (
            "bluesky",
            "https://bsky.app/profile/northwind.example/post/3kabc",
            "at://did:plc:nw/app.bsky.feed.post/3kabc",
        ),
        ("mastodon", "https://social.example/@northwind/111222333?lang=en", "111222333"),
    ],
)
def test_the_customer_s_next_answer_finds_what_was_found_by_its_link(
    desk: TestDesk, source: str, link: str, answered: str
):
    case = desk.post(source=source)
    desk.replies.found(lost(desk, case).key, link, by=ANN)
    assert desk.post("thanks, but when?", source=source, in_reply_to=answered) == case


def test_it_is_there_without_a_link(desk: TestDesk):
    reply = desk.replies.found(lost(desk, desk.post()).key, "", by=ANN)
    assert (reply.state, reply.url, reply.remote_id) == (ReplyState.SENT, None, None)


def test_it_goes_again_only_when_its_owner_says_so(desk: TestDesk):
    case = desk.post()
    reply = lost(desk, case)
    desk.pass_time("1h")
    desk.sending.send_due()
    assert len(desk.network.said) == 1
    with pytest.raises(NotYours):
        desk.replies.send_again(reply.key, by=BEN)
    desk.replies.send_again(reply.key, by=ANN)
    desk.sending.send_due()
    assert the_reply(desk, reply.key).state is ReplyState.SENT
    assert len(desk.network.said) == 2


def test_it_does_not_go_again_while_the_switch_forbids_it(desk: TestDesk):
    reply = lost(desk, desk.post())
    desk.put("outgoing", "hold")
    with pytest.raises(OutgoingIsOff):
        desk.replies.send_again(reply.key, by=ANN)


def test_it_can_be_dropped(desk: TestDesk):
    case = desk.post()
    reply = lost(desk, case)
    desk.replies.drop(reply.key, by=ANN)
    assert submit(desk, case, "another way")


def test_only_what_is_unknown_can_be_found(desk: TestDesk):
    waiting = submit(desk, desk.post())
    with pytest.raises(ReplyMovedOn):
        desk.replies.found(waiting.key, "https://x.example/1", by=ANN)


def test_who_was_handed_the_case_sends_what_its_writer_may_no_longer(desk: TestDesk):
    case = desk.post()
    reply = held(desk, case)
    desk.put("outgoing", "on")
    desk.hand_offs.to_department(case, SALES, "yours", by=ANN)
    desk.hand_offs.accept(case, by=SUE)

    desk.replies.send_held(reply.key, by=SUE)
    desk.sending.send_due()

    assert desk.network.texts == ["On it"]
    assert the_reply(desk, reply.key).author == SUE


def test_a_refused_answer_of_a_closed_case_opens_no_form(desk: TestDesk):
    case, other = desk.post(), desk.post("and my seat?")
    desk.network.answers.append(Refused("too long"))
    reply = desk.answer(case)
    desk.merging.merge(case, other, by=ANN)

    with pytest.raises(CaseIsSolved):
        desk.replies.rewrite(reply.key, by=ANN)
