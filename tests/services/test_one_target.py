"""An answer has one target: nobody else's post, no wider audience, no other account."""

from dataclasses import replace

import pytest

from bot.domain.conversation import Heard
from bot.domain.draft import mark_of
from bot.domain.errors import DraftIsAnother, DraftIsGone, NoAccountChosen, Tampered
from bot.domain.ids import CaseId
from bot.domain.post import Post, PostKind, Visibility
from bot.domain.reply import Reply, ReplyState
from bot.domain.reply_form import ReplyForm
from tests.company import ANN, BEN
from tests.desk import TestDesk


def mixed_case(desk: TestDesk) -> tuple[CaseId, Post]:
    """A private word of Amy's, and a stranger's public one that stands in her case."""
    private = desk.a_post(
        "my bag, booking NW-77", by="@amy", visibility=Visibility.PRIVATE, account="@northwind"
    )
    case = desk.receive(private).case
    assert case
    return case, private


def intrude(desk: TestDesk, case: CaseId, **facts: object) -> Post:
    """As desks hold it from before cases were kept apart."""
    desk.pass_time("1m")
    post = desk.a_post("me too, you scum", by="@troll", **facts)
    with desk.work() as work:
        work.tx.posts.add(post, at=work.at, language=None)
        work.tx.posts.belong(post.key, None, Heard.WORD, case)
    return post


def sent_with(
    desk: TestDesk, form: ReplyForm, text: str = "We have your bag", **facts: str
) -> Reply:
    """From the form over its preview to *Send*."""
    carried = form.draft.carried
    preview = desk.replies.preview(form.case.id, text, by=ANN, carried=carried, **facts)
    return desk.replies.send(preview.draft.draft.carried, by=ANN, once=f"V{desk.now}")


def left(desk: TestDesk) -> Reply:
    """The last reply that has left, and the post it was sent under, which are of one mind."""
    desk.pass_time("10s")
    desk.sending.send_due()
    reply, post = desk.network.said[-1]
    assert reply.post == post.key
    return reply


def chosen(form: ReplyForm, post: Post) -> str:
    [choice] = [one.mark for one in form.choices if one.post.key == post.key]
    return choice


@pytest.mark.parametrize("step", ["public", "unlisted", "followers", "private"])
def test_an_answer_has_the_audience_of_its_post_whatever_step_it_is(desk: TestDesk, step: str):
    case = desk.post(visibility=Visibility(step))
    form = desk.replies.draft(case, by=ANN)
    assert form.visibility == step
    sent_with(desk, form)
    assert left(desk).visibility == step


# A stranger in the case


def test_a_private_answer_stays_private_whoever_writes_meanwhile(desk: TestDesk):
    case, private = mixed_case(desk)
    form = desk.replies.draft(case, by=ANN)
    assert (form.post.key, form.visibility, form.account) == (
        private.key, Visibility.PRIVATE, "@northwind",
    )  # fmt: skip
    intrude(desk, case)

    reply = sent_with(desk, form)
    assert reply.state is ReplyState.UNDO  # a stranger's word is none of this customer
    reply = left(desk)
    assert (reply.post, reply.visibility, reply.account) == (
        private.key, Visibility.PRIVATE, "@northwind",
    )  # fmt: skip


def test_a_form_that_is_opened_after_a_stranger_spoke_answers_the_customer(desk: TestDesk):
    case, private = mixed_case(desk)
    stranger = intrude(desk, case)
    form = desk.replies.draft(case, by=ANN)
    assert form.post.key == private.key
    assert [one.post.key for one in form.choices] == [private.key]
    with pytest.raises(Tampered):
        desk.replies.choose(form.draft.carried, mark_of(stranger.key), "", by=ANN)


def test_an_answer_without_a_form_goes_to_the_customer_too(desk: TestDesk):
    case, private = mixed_case(desk)
    intrude(desk, case)
    desk.answer(case)
    assert [reply.post for reply, _ in desk.network.said] == [private.key]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"post": "x:stranger"}, "not this customer's"),
        ({"visibility": Visibility.PUBLIC}, "it is public, and the post it answers is private"),
        ({"account": None}, "another account"),
        ({"account": "@northwind_us"}, "another account"),
    ],
)
def test_at_the_last_door_a_wrong_target_is_held_whatever_led_to_it(
    desk: TestDesk, wrong: dict[str, object], why: str
):
    case, _ = mixed_case(desk)
    intrude(desk, case, id="stranger")
    reply = desk.replies.submit(case, "Hello", by=ANN, once="1")
    rewrite_row(desk, reply, wrong)
    desk.pass_time("10s")
    desk.sending.send_due()
    held = the_reply(desk, reply)
    assert (held.state, desk.network.said) == (ReplyState.HELD, [])
    assert why in held.reason

    desk.replies.send_held(reply.key, by=ANN)
    desk.sending.send_due()
    assert (the_reply(desk, reply).state, desk.network.said) == (ReplyState.HELD, [])
    form = desk.replies.rewrite(reply.key, by=ANN)
    assert (form.post.author.handle, form.visibility) == ("@amy", Visibility.PRIVATE)
    sent_with(desk, form)
    assert left(desk).visibility is Visibility.PRIVATE


def rewrite_row(desk: TestDesk, reply: Reply, facts: dict[str, object]) -> None:
    with desk.work() as work:
        work.tx.replies.save(replace(reply, **facts))  # type: ignore[arg-type]


def the_reply(desk: TestDesk, reply: Reply) -> Reply:
    with desk.reading() as tx:
        return tx.replies.get(reply.key)


# Which of the customer's own posts


def conversation(desk: TestDesk) -> tuple[CaseId, Post, Post]:
    first = desk.a_post("where is my bag?", conversation="t", account="@northwind")
    second = desk.a_post("it is red", conversation="t")
    case = desk.receive(first).case
    assert case
    desk.pass_time("1m")
    desk.receive(second)
    return case, first, second


def test_the_newest_unanswered_post_is_answered_from_the_account_of_the_case(desk: TestDesk):
    case, _, second = conversation(desk)
    form = desk.replies.draft(case, by=ANN)
    assert (form.post.key, form.account) == (second.key, "@northwind")
    sent_with(desk, form)
    reply = left(desk)
    assert (reply.post, reply.account) == (second.key, "@northwind")


def test_another_of_their_own_posts_can_be_chosen(desk: TestDesk):
    case, first, second = conversation(desk)
    form = desk.replies.draft(case, by=ANN)
    form = desk.replies.choose(form.draft.carried, chosen(form, first), "Half a", by=ANN)
    assert (form.post.key, form.text, form.newest and form.newest.key) == (
        first.key, "Half a", second.key,
    )  # fmt: skip
    sent_with(desk, form)
    assert left(desk).post == first.key


def test_what_is_chosen_narrows_and_widens_with_the_post(desk: TestDesk):
    case, private = mixed_case(desk)
    desk.pass_time("1m")
    public = desk.a_post("nobody answers!", by="@amy", in_reply_to=private.id)
    desk.receive(public)
    form = desk.replies.draft(case, by=ANN)
    assert form.visibility is Visibility.PUBLIC
    form = desk.replies.choose(form.draft.carried, chosen(form, private), "NW-77", by=ANN)
    assert (form.visibility, form.warnings) == (Visibility.PRIVATE, ())
    form = desk.replies.choose(form.draft.carried, chosen(form, public), "NW-77", by=ANN)
    assert form.visibility is Visibility.PUBLIC
    assert "You began this as a private answer" in form.warnings[0]


def test_a_parent_that_comes_after_its_answer_is_not_the_newer_word(desk: TestDesk):
    child = desk.a_post("and it is red", id="c", in_reply_to="p", conversation="t")
    case = desk.receive(child).case
    assert case
    desk.pass_time("1m")
    desk.receive(desk.a_post("where is my bag?", id="p", conversation="t"))
    assert desk.replies.draft(case, by=ANN).post.id == "c"


def test_a_deleted_post_is_answered_only_where_nothing_else_stands_and_the_form_says_so(
    desk: TestDesk,
):
    case, first, second = conversation(desk)
    desk.receive(replace(second, kind=PostKind.DELETE))
    form = desk.replies.draft(case, by=ANN)
    assert (form.post.key, form.is_deleted) == (first.key, False)
    desk.receive(replace(first, kind=PostKind.DELETE))
    assert desk.replies.start_over(form.draft.carried, by=ANN).is_deleted


def test_a_post_that_is_deleted_while_somebody_writes_holds_the_answer_to_it(desk: TestDesk):
    case = desk.post("my bag", id="1")
    form = desk.replies.draft(case, by=ANN)
    desk.pass_time("1m")
    desk.receive(desk.a_post("", id="1", kind=PostKind.DELETE))
    preview = desk.replies.preview(case, "Hi", by=ANN, carried=form.draft.carried)
    assert preview.draft.is_deleted
    reply = desk.replies.send(preview.draft.draft.carried, by=ANN, once="1")
    assert (reply.state, reply.reason) == (ReplyState.HELD, "the customer deleted a post")
    assert desk.boards.case(case, by=ANN).card.is_answered_deleted


# From which account


def test_the_post_says_from_which_account_else_the_case(desk: TestDesk):
    case, _, second = conversation(desk)
    desk.pass_time("1m")
    third = desk.a_post("hello?", conversation="t", account="@northwind_us")
    desk.receive(third)
    form = desk.replies.draft(case, by=ANN)
    assert (form.post.key, form.account) == (third.key, "@northwind_us")
    form = desk.replies.choose(form.draft.carried, chosen(form, second), "", by=ANN)
    assert form.account in ("@northwind", "@northwind_us")


def test_the_only_account_that_a_source_has_ever_named_is_meant(desk: TestDesk):
    desk.post("hello", by="@joe", account="@northwind")
    assert desk.replies.draft(desk.post("my bag"), by=ANN).account == "@northwind"


def test_a_source_that_never_named_one_is_answered_from_none(desk: TestDesk):
    form = desk.replies.draft(desk.post("my bag"), by=ANN)
    assert (form.account, form.accounts) == (None, ())
    sent_with(desk, form)
    assert left(desk).account is None


def test_where_it_has_named_several_and_none_fits_the_writer_chooses(desk: TestDesk):
    for account in ("@northwind", "@northwind_us"):
        desk.post("hello", by="@joe", account=account)
    form = desk.replies.draft(desk.post("my bag"), by=ANN)
    assert form.accounts == ("@northwind", "@northwind_us")
    with pytest.raises(NoAccountChosen):
        sent_with(desk, form)
    with pytest.raises(Tampered):
        sent_with(desk, form, account=mark_of("@evil"))
    sent_with(desk, form, account=mark_of("@northwind_us"))
    assert left(desk).account == "@northwind_us"


# A newer word of the customer, anywhere


def test_a_word_in_another_case_of_theirs_holds_what_waits_and_sends_it_where_it_was_meant(
    desk: TestDesk,
):
    case = desk.post("where is my bag?", account="@northwind")
    reply = desk.replies.submit(case, "It comes tonight", by=ANN, once="1")
    desk.pass_time("5s")
    other = desk.post("Forget it, I have just been told to leave the airport")
    assert other != case
    desk.pass_time("5s")
    desk.sending.send_due()
    held = the_reply(desk, reply)
    assert (held.state, held.reason) == (
        ReplyState.HELD, f"the customer wrote again in #{other}",
    )  # fmt: skip
    desk.replies.send_held(reply.key, by=ANN)
    assert left(desk).post == reply.post


def test_somebody_elses_word_holds_nothing(desk: TestDesk):
    case = desk.post("where is my bag?", conversation="t")
    desk.replies.submit(case, "It comes tonight", by=ANN, once="1")
    desk.pass_time("5s")
    intrude(desk, case, conversation="t")
    desk.post("me too", by="@joe")
    assert left(desk).text == "It comes tonight"


def test_an_edit_that_changes_words_asks_for_a_second_look(desk: TestDesk):
    case = desk.post("my bag is red", id="1")
    reply = desk.replies.submit(case, "On it", by=ANN, once="1")
    desk.pass_time("5s")
    desk.receive(desk.a_post("my bag is red", id="1", kind=PostKind.EDIT))
    desk.receive(desk.a_post("my bag is blue", id="1", kind=PostKind.EDIT))
    desk.pass_time("5s")
    desk.sending.send_due()
    assert the_reply(desk, reply).reason == "the customer changed a post"


# What a form remembers


def test_a_form_whose_draft_went_to_another_post_sends_nothing(desk: TestDesk):
    case, first, _ = conversation(desk)
    phone = desk.replies.draft(case, by=ANN)
    laptop = desk.replies.draft(case, by=ANN)
    laptop = desk.replies.choose(laptop.draft.carried, chosen(laptop, first), "To the 1st", by=ANN)
    with pytest.raises(DraftIsAnother):
        sent_with(desk, phone, "To the second")
    sent_with(desk, laptop, "To the first")
    reply = left(desk)
    assert (reply.post, reply.text) == (first.key, "To the first")


def test_only_what_the_preview_showed_can_be_sent(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    old = desk.replies.preview(case, "Get lost", by=ANN, carried=form.draft.carried)
    new = desk.replies.preview(case, "So sorry", by=ANN, carried=form.draft.carried)
    with pytest.raises(DraftIsAnother):
        desk.replies.send(old.draft.draft.carried, by=ANN, once="1")
    desk.replies.send(new.draft.draft.carried, by=ANN, once="2")
    assert left(desk).text == "So sorry"


def test_a_form_from_before_the_answer_sends_no_second_one_and_keeps_its_words(desk: TestDesk):
    case = desk.post()
    phone = desk.replies.draft(case, by=ANN)
    sent_with(desk, desk.replies.draft(case, by=ANN))
    left(desk)
    with pytest.raises(DraftIsGone):
        sent_with(desk, phone, "Other words")
    assert desk.replies.draft(case, by=ANN).text == "Other words"
    assert len(desk.network.said) == 1


def test_an_older_form_of_the_same_answer_has_not_seen_what_came_since(desk: TestDesk):
    case = desk.post("my bag", conversation="t")
    phone = desk.replies.draft(case, by=ANN)
    desk.replies.preview(case, "On it", by=ANN, carried=phone.draft.carried)
    desk.pass_time("1m")
    desk.post("found it!", conversation="t")
    desk.pass_time("1m")
    desk.replies.draft(case, by=ANN)  # the kept words, now with the newer post beside them
    reply = sent_with(desk, phone, "On it")
    assert (reply.state, reply.reason) == (ReplyState.HELD, "the customer wrote again")


def test_nobody_sends_another_s_draft(desk: TestDesk):
    case = desk.post()
    form = desk.replies.draft(case, by=ANN)
    desk.replies.preview(case, "Ann's words", by=ANN, carried=form.draft.carried)
    desk.casework.release(case, by=ANN)
    assert desk.replies.draft(case, by=BEN).text == ""
