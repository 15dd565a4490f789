"""Who could not read a post reads no answer to it, whatever is told of the post later."""

from dataclasses import replace

import pytest

from bot.domain.ids import CaseId
from bot.domain.post import PostKind, Visibility
from bot.domain.reply import ReplyState
from tests.company import ANN
from tests.desk import TestDesk

FIRST = CaseId(1001)


@pytest.mark.parametrize("seen_by", [Visibility.PRIVATE, Visibility.FOLLOWERS, Visibility.UNLISTED])
def test_a_post_that_was_closed_by_an_edit_is_answered_for_fewer_eyes(
    desk: TestDesk, seen_by: Visibility
) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)

    edit = replace(post, kind=PostKind.EDIT, visibility=seen_by)

    assert not desk.receive(edit).duplicate
    assert desk.answer(FIRST).visibility is seen_by
    assert desk.receive(edit).duplicate


def test_an_answer_that_is_written_when_the_post_is_closed_is_held(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    form = desk.replies.draft(FIRST, by=ANN)
    desk.receive(replace(post, kind=PostKind.EDIT, visibility=Visibility.PRIVATE))

    shown = desk.replies.preview(FIRST, "It is here.", by=ANN, carried=form.draft.carried)
    reply = desk.replies.send(shown.draft.draft.carried, by=ANN, once="f1")
    desk.pass_time("10s")
    desk.sending.send_due()

    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.HELD
    assert desk.network.said == []


def test_an_edit_that_says_nothing_of_it_opens_no_private_post(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", visibility=Visibility.PRIVATE)
    desk.receive(post)

    desk.receive(replace(post, text="NW-77", kind=PostKind.EDIT, visibility=Visibility.PUBLIC))

    assert desk.answer(FIRST).visibility is Visibility.PRIVATE


@pytest.mark.parametrize("kind", [PostKind.POST, PostKind.EDIT])
def test_what_was_overheard_among_followers_stays_among_them(
    desk: TestDesk, kind: PostKind
) -> None:
    post = desk.a_post(
        "my bag?", addressed=False, visibility=Visibility.FOLLOWERS, account="@northwind"
    )
    desk.receive(post)

    told = replace(post, addressed=True, visibility=Visibility.PUBLIC, account=None, kind=kind)
    desk.receive(replace(told, text="my bag, please?"))

    reply = desk.answer(FIRST)
    assert (reply.visibility, reply.account) == (Visibility.FOLLOWERS, "@northwind")
