"""Whose words are whose: one customer a case, others on their own, ours never a customer's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import CaseId
from bot.domain.post import Author, Post, PostKind, Priority
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN
from tests.desk import TestDesk

US = "@northwind"


def ours(desk: TestDesk, text: str, **facts: object) -> Post:
    """Our own words, as the network brings them back."""
    return desk.a_post(text, by=US, account=US, **facts)


def words(desk: TestDesk, number: int) -> list[str]:
    with desk.reading() as tx:
        return [stored.post.text for stored in tx.posts.of_case(CaseId(number))]


# Others in the conversation


def test_a_bystander_who_writes_to_us_has_a_case_beside_the_customer_s(desk: TestDesk) -> None:
    desk.post("my bag?", conversation="cv1")
    desk.answer(CaseId(1001))
    desk.closings.solve(CaseId(1001), "found", by=ANN)

    beside = desk.post("mine too!", by="@troll", conversation="cv1")

    assert beside == 1002
    assert desk.case(1002).beside == 1001
    assert not desk.case(1001).is_open
    assert words(desk, 1001) == ["my bag?"]
    assert desk.running(1002) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}


def test_a_bystander_touches_neither_clock_nor_state_nor_answer(desk: TestDesk) -> None:
    desk.post("my bag?", conversation="cv1")
    desk.answer(CaseId(1001))
    waiting, clocks = desk.case(1001).waiting_since, desk.clocks(1001)

    desk.post("how rude they are", by="@troll", conversation="cv1")

    assert desk.case(1001).waiting_since == waiting
    assert desk.clocks(1001) == clocks
    assert "follow_up" not in desk.notes(1001)
    assert desk.replies.draft(CaseId(1001), by=ANN).post.author.handle == "@jane"


def test_five_people_who_comment_under_our_post_are_five_cases(desk: TestDesk) -> None:
    assert desk.receive(ours(desk, "Big bag sale today!", id="sale")).case is None

    cases = [desk.post(f"comment {n}", by=f"@guest{n}", in_reply_to="sale") for n in range(5)]

    assert cases == [1001, 1002, 1003, 1004, 1005]
    assert desk.post("and when?", by="@guest3", in_reply_to="sale") == 1004


def test_a_conversation_goes_on_through_what_others_say_in_it(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    bystander = desk.a_post("which one?", by="@bob", in_reply_to=post.id, addressed=False)
    desk.receive(bystander)

    assert desk.post("the blue one", in_reply_to=bystander.id) == 1001


def test_two_conversations_that_turn_out_to_be_one_keep_their_cases(desk: TestDesk) -> None:
    desk.post("my bag?", conversation="cv1")
    desk.post("his bag?", by="@bob", in_reply_to="root")

    desk.receive(desk.a_post("lost bags", id="root", by="@eve", conversation="cv1"))

    assert desk.post("mine is blue", by="@bob", conversation="cv1") == 1002
    assert desk.post("mine is red", conversation="cv1") == 1001


def test_what_is_overheard_there_neither_reopens_nor_counts_as_a_word(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    desk.closings.solve(CaseId(1001), "found", by=ANN)

    said = desk.a_post("liars!", by="@troll", in_reply_to=post.id, addressed=False)

    assert desk.receive(said).case is None
    assert not desk.case(1001).is_open
    assert words(desk, 1001) == ["my bag?"]


def test_others_are_counted_on_the_card_and_stand_behind_show(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    desk.post("mine too", by="@bob", in_reply_to=post.id)
    desk.post("and mine", by="@eve", in_reply_to=post.id)
    desk.receive(desk.a_post("haha", by="@troll", in_reply_to=post.id, addressed=False))

    board = desk.boards.case(CaseId(1001), by=ANN)

    assert board.card.others is not None
    assert (board.card.others.people, board.card.others.overheard) == (3, 1)
    assert board.card.others.cases == (1002, 1003)
    assert [voice.post.author.handle for voice in board.voices] == ["@bob", "@eve", "@troll"]
    assert desk.boards.case(CaseId(1002), by=ANN).card.others is None


def test_a_bystander_s_edit_and_deletion_touch_only_their_own_case(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    theirs = desk.a_post("mine too", by="@bob", in_reply_to=post.id)
    desk.receive(theirs)
    before = desk.whats(1001)

    desk.receive(desk.a_post("mine too!!", id=theirs.id, by="@bob", kind=PostKind.EDIT))
    desk.receive(desk.a_post("", id=theirs.id, by="@bob", kind=PostKind.DELETE))

    assert desk.whats(1001) == before
    assert desk.whats(1002) == [What.OPENED, What.EDITED, What.DELETED]


def test_what_was_overheard_first_and_is_addressed_then_is_a_case(desk: TestDesk) -> None:
    post = desk.a_post("northwind lost my bag", addressed=False)
    desk.receive(post)

    again = desk.receive(desk.a_post("northwind lost my bag", id=post.id))

    assert (again.case, again.duplicate) == (1001, False)
    assert desk.receive(desk.a_post("northwind lost my bag", id=post.id)).duplicate


def test_an_edit_that_turns_to_us_is_a_case(desk: TestDesk) -> None:
    post = desk.a_post("they lost my bag", addressed=False)
    desk.receive(post)

    edit = desk.a_post("@northwind lost my bag", id=post.id, kind=PostKind.EDIT)

    assert desk.receive(edit).case == 1001


# Which of one customer's cases goes on


def test_the_newest_open_case_of_the_customer_in_the_conversation_goes_on(desk: TestDesk) -> None:
    first = desk.a_post("my bag?", id="a")
    desk.receive(first)
    desk.receive(desk.a_post("my seat?", id="b"))
    desk.receive(desk.a_post("a bag and a seat", by="@bob", in_reply_to="a", conversation="cv1"))
    desk.receive(desk.a_post("they have it all", by="@eve", in_reply_to="b", conversation="cv1"))

    assert desk.post("well?", conversation="cv1") == 1002
    desk.closings.no_reply(CaseId(1002), by=ANN)
    assert desk.post("well?", conversation="cv1") == 1001


def test_a_handle_that_was_renamed_is_the_same_customer(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", author=Author("@jane", id="42"))
    desk.receive(post)

    again = desk.a_post("well?", author=Author("@jane_d", id="42"), in_reply_to=post.id)
    taken = desk.a_post("hello", author=Author("@jane", id="99"), in_reply_to=post.id)

    assert desk.receive(again).case == 1001
    assert desk.receive(taken).case == 1002


def test_a_handle_told_with_its_id_only_sometimes_is_one_customer(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", author=Author("@jane"))
    desk.receive(post)
    with_id = desk.a_post("well?", author=Author("@jane", id="42"), in_reply_to=post.id)
    without = desk.a_post("hello?", author=Author("@Jane"), in_reply_to=post.id)

    assert desk.receive(with_id).case == 1001
    assert desk.receive(without).case == 1001
    assert desk.case(1001).customer == "x:42"


def test_a_handle_that_somebody_gave_up_is_not_theirs_any_more(desk: TestDesk) -> None:
    desk.post("my bag, NW-77?", author=Author("@jane", id="42"), conversation="cv1")
    desk.pass_time("1m")
    desk.post("I am @jane2 now", author=Author("@jane2", id="42"), conversation="cv1")
    desk.pass_time("1m")

    assert desk.post("the name was free", author=Author("@jane"), conversation="cv1") == 1002
    assert desk.post("and now?", author=Author("@jane2"), conversation="cv1") == 1001


def test_a_handle_is_never_taken_for_somebody_s_id(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", author=Author("@jane", id="42"))
    desk.receive(post)

    assert desk.post("give it to me", by="42", in_reply_to=post.id) == 1002


def test_every_open_case_of_a_customer_names_the_others(desk: TestDesk) -> None:
    desk.post("my bag?")
    desk.pass_time("3d")
    desk.post("Forget it, I have just been told to leave the airport")

    for number, other in ((1001, 1002), (1002, 1001)):
        card = desk.boards.case(CaseId(number), by=ANN).card
        assert [one.case for one in card.nearby] == [other]
    desk.closings.no_reply(CaseId(1002), by=ANN)
    assert desk.boards.case(CaseId(1001), by=ANN).card.nearby == ()


def test_a_new_post_anywhere_gives_an_answer_that_waits_a_second_look(desk: TestDesk) -> None:
    number = desk.post("my bag?")
    reply = desk.replies.submit(number, "We send it.", by=ANN, once="form")
    desk.pass_time("2s")
    desk.post("Forget it")
    desk.pass_time("8s")
    desk.sending.send_due()

    with desk.reading() as tx:
        held = tx.replies.get(reply.key)
    assert held.state is ReplyState.HELD
    assert "#1002" in held.reason


# Our own words


def test_our_answer_that_comes_back_changes_nothing(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    sent = desk.answer(CaseId(1001))
    desk.closings.solve(CaseId(1001), "found", by=ANN)
    before = desk.whats(1001)

    echo = ours(desk, "We are on it.", id=sent.remote_id, in_reply_to=post.id)

    assert desk.receive(echo).case is None
    assert desk.whats(1001) == before
    assert not desk.case(1001).is_open


def test_our_answer_without_a_known_account_is_known_by_its_receipt(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    sent = desk.answer(CaseId(1001))

    echo = desk.a_post("We are on it.", id=sent.remote_id, by="@brand", in_reply_to=post.id)

    assert desk.receive(echo).case is None


def test_our_answer_that_comes_before_its_receipt_is_its_receipt(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    echo = ours(desk, "We  are on it.\n", id="r1", in_reply_to=post.id)
    desk.network.meanwhile = lambda: desk.receive(echo)

    sent = desk.answer(CaseId(1001))

    assert (sent.state, sent.remote_id) == (ReplyState.SENT, "r1")
    assert desk.whats(1001).count(What.OUTSIDE) == 0
    assert desk.running(1001) == {Promise.RESOLUTION}
    assert desk.notes(1001).count("reply_delivered") == 1


def test_an_answer_of_unknown_outcome_that_comes_back_is_out(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    desk.network.answers.append(RuntimeError("cable"))
    assert desk.answer(CaseId(1001)).state is ReplyState.UNKNOWN

    desk.receive(ours(desk, "We are on it.", id="r77", in_reply_to=post.id))

    with desk.reading() as tx:
        [sent] = tx.replies.of_case(CaseId(1001))
    assert (sent.state, sent.remote_id) == (ReplyState.SENT, "r77")
    assert desk.sending.send_due() == 0


def test_a_later_receipt_under_another_name_leads_to_the_case_too(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    echo = ours(desk, "We are on it.", id="seen", in_reply_to=post.id)
    desk.network.meanwhile = lambda: desk.receive(echo)
    desk.answer(CaseId(1001))  # the receipt says "r1"

    assert desk.post("still nothing", in_reply_to="r1") == 1001
    assert desk.post("still nothing!", in_reply_to="seen") == 1001


def test_an_echo_that_became_a_case_before_its_receipt_is_none_any_more(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    desk.post("an older post of ours", by="@somebody")
    echo = desk.a_post("We are on it.", id="r1", by="@somebody", in_reply_to=post.id)
    desk.network.meanwhile = lambda: desk.receive(echo)

    desk.answer(CaseId(1001))

    assert not desk.case(1003).is_open
    assert desk.running(1003) == set()


def test_an_answer_given_outside_the_desk_meets_the_response(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)

    assert desk.receive(ours(desk, "It is here!", id="o1", in_reply_to=post.id)).case is None

    assert desk.running(1001) == {Promise.RESOLUTION}
    assert desk.clocks(1001)[Promise.RESOLUTION].paused_at is None
    assert desk.whats(1001)[-1] is What.OUTSIDE
    assert desk.case(1001).waiting_since == desk.now
    assert "hanging" not in desk.timers(1001)
    assert desk.notes(1001) == ["answered_outside"]


def test_an_answer_given_outside_holds_what_waits(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    reply = desk.replies.submit(CaseId(1001), "It is here, too", by=ANN, once="form")

    desk.receive(ours(desk, "It is here!", in_reply_to=post.id))

    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.HELD


def test_an_answer_given_outside_that_comes_before_its_post_meets_it_then(desk: TestDesk) -> None:
    desk.receive(ours(desk, "It is here!", in_reply_to="p77"))

    desk.receive(desk.a_post("my bag?", id="p77", account=US))

    assert desk.running(1001) == {Promise.RESOLUTION}
    assert What.OUTSIDE in desk.whats(1001)


def test_our_words_under_a_bystander_s_answer_nobody(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US, conversation="cv1")
    desk.receive(post)
    bystander = desk.a_post("haha", by="@bob", in_reply_to=post.id, addressed=False)
    desk.receive(bystander)

    desk.receive(ours(desk, "Be kind", in_reply_to=bystander.id, conversation="cv1"))

    assert Promise.FIRST_RESPONSE in desk.running(1001)


def test_our_words_in_a_conversation_of_two_customers_answer_neither(desk: TestDesk) -> None:
    desk.post("my bag?", conversation="cv1")
    desk.post("mine too", by="@bob", conversation="cv1")

    desk.receive(ours(desk, "We look into it", conversation="cv1"))

    assert all(Promise.FIRST_RESPONSE in desk.running(number) for number in (1001, 1002))


def test_our_words_in_a_conversation_of_one_customer_answer_them(desk: TestDesk) -> None:
    desk.post("my bag?", conversation="cv1")

    desk.receive(ours(desk, "We look into it", conversation="cv1"))

    assert desk.running(1001) == {Promise.RESOLUTION}


def test_a_second_part_of_our_answer_is_no_other_answer_s(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    first = ours(desk, "It is here (1/2)", in_reply_to=post.id)
    desk.receive(first)
    desk.receive(ours(desk, "Come and get it (2/2)", in_reply_to=first.id))

    assert desk.whats(1001).count(What.OUTSIDE) == 2
    assert desk.post("where?", in_reply_to=first.id) == 1001


def test_a_customer_who_wrote_after_an_answer_given_outside_waits_for_another(
    desk: TestDesk,
) -> None:
    post = desk.a_post("my bag?", account=US, created_at=desk.now)
    desk.receive(post)
    minute = timedelta(minutes=1)
    desk.post("and my seat?", in_reply_to=post.id, created_at=desk.now + 2 * minute)

    answer = ours(desk, "It is here!", in_reply_to=post.id, created_at=desk.now + minute)
    desk.receive(answer)

    assert desk.running(1001) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}
    assert desk.case(1001).waiting_since is None


def test_our_edits_and_deletions_are_ours_too(desk: TestDesk) -> None:
    post = ours(desk, "Big bag sale today!")
    desk.receive(post)

    assert desk.receive(ours(desk, "Big bag sale!", id=post.id, kind=PostKind.EDIT)).case is None
    assert desk.receive(ours(desk, "", id=post.id, kind=PostKind.DELETE)).case is None
    assert desk.all_timers() == []


# The order in which things come in


def test_a_parent_that_comes_late_is_not_the_newer_word(desk: TestDesk) -> None:
    desk.post("anybody?", in_reply_to="root")
    desk.answer(CaseId(1001))
    running = desk.running(1001)

    assert desk.receive(desk.a_post("where is my bag?", id="root")).case == 1001

    assert desk.running(1001) == running
    assert desk.case(1001).waiting_since is not None
    assert "follow_up" not in desk.notes(1001)
    assert desk.replies.draft(CaseId(1001), by=ANN).post.text == "anybody?"


def test_a_late_parent_that_was_answered_through_somebody_else_is_no_newer_word(
    desk: TestDesk,
) -> None:
    desk.receive(desk.a_post("which one?", id="b", by="@bob", in_reply_to="root", addressed=False))
    desk.post("the blue one", in_reply_to="b")

    assert desk.receive(desk.a_post("where is my bag?", id="root")).case == 1001

    assert desk.replies.draft(CaseId(1001), by=ANN).post.text == "the blue one"
    assert "follow_up" not in desk.notes(1001)


def test_a_parent_that_comes_late_holds_no_answer(desk: TestDesk) -> None:
    number = desk.post("anybody?", in_reply_to="root")
    reply = desk.replies.submit(number, "We look.", by=ANN, once="form")
    desk.pass_time("2s")
    desk.receive(desk.a_post("where is my bag?", id="root"))
    desk.pass_time("8s")
    desk.sending.send_due()

    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.SENT


def test_a_late_parent_of_somebody_else_is_a_case_that_names_the_first(desk: TestDesk) -> None:
    desk.post("me too", in_reply_to="root")

    assert desk.receive(desk.a_post("where is my bag?", id="root", by="@bob")).case == 1002
    assert desk.case(1002).beside == 1001


def test_words_are_quoted_as_they_are_dated(desk: TestDesk) -> None:
    now, minute = desk.now, timedelta(minutes=1)
    desk.post("first", conversation="cv1", created_at=now)
    desk.post("third", conversation="cv1", created_at=now + 2 * minute)
    desk.post("second", conversation="cv1", created_at=now + minute)

    board = desk.boards.case(CaseId(1001), by=ANN)
    assert [post.text for post in board.posts] == ["first", "second", "third"]
    assert board.card.latest is not None
    assert board.card.latest.text == "third"


@pytest.mark.parametrize("late", [False, True])
def test_thanks_owe_no_word_in_the_figures(desk: TestDesk, late: bool) -> None:
    post = desk.a_post("my bag?", in_reply_to="root" if late else None)
    desk.receive(post)
    sent = desk.answer(CaseId(1001))
    if late:
        desk.receive(desk.a_post("hello", id="root"))
    else:
        desk.post("thank you!", in_reply_to=sent.remote_id)

    assert desk.timeline(1001)[-1].data["owed"] is False


# What was found by asking for more of the same kind


def test_a_customer_who_is_only_overheard_is_shown_and_gives_a_second_look(
    desk: TestDesk,
) -> None:
    number = desk.post("my bag?")
    reply = desk.replies.submit(number, "We send it.", by=ANN, once="form")
    desk.pass_time("2s")
    desk.receive(desk.a_post("I found it myself", addressed=False))
    desk.pass_time("8s")
    desk.sending.send_due()

    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.HELD
    voices = desk.boards.case(number, by=ANN).voices
    assert [voice.post.text for voice in voices] == ["I found it myself"]


def test_the_same_words_much_later_are_said_again(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US, conversation="cv1")
    desk.receive(post)
    desk.answer(CaseId(1001))
    desk.pass_time("2d")
    desk.post("and now?", conversation="cv1")

    desk.receive(ours(desk, "We are on it.", conversation="cv1"))

    assert desk.whats(1001)[-1] is What.OUTSIDE
    assert Promise.NEXT_RESPONSE not in desk.running(1001)


def test_an_echo_that_somebody_answers_in_good_faith_holds_up_no_receipt(desk: TestDesk) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    desk.post("an older post of ours", by="@somebody")
    echo = desk.a_post("We are on it.", id="r1", by="@somebody", in_reply_to=post.id)

    def meanwhile() -> None:
        desk.network.meanwhile = lambda: None
        desk.receive(echo)
        desk.replies.submit(CaseId(1003), "Who are you?", by=ANN, once="form")

    desk.network.meanwhile = meanwhile
    sent = desk.answer(CaseId(1001))

    assert (sent.state, sent.remote_id) == (ReplyState.SENT, "r1")
    assert desk.case(1003).is_open


def test_our_words_under_another_text_are_taken_back_when_the_receipt_comes(
    desk: TestDesk,
) -> None:
    post = desk.a_post("my bag?", account=US)
    desk.receive(post)
    echo = ours(desk, "We are on it. https://x.co/1", id="r1", in_reply_to=post.id)
    desk.network.meanwhile = lambda: desk.receive(echo)

    desk.answer(CaseId(1001))

    assert desk.case(1001).outside is None
    assert desk.running(1001) == {Promise.RESOLUTION}
    assert desk.clocks(1001)[Promise.RESOLUTION].paused_at is not None


def test_our_answer_that_was_deleted_before_it_came_answers_nobody(desk: TestDesk) -> None:
    post = desk.a_post("my bag?")
    desk.receive(post)
    said = ours(desk, "We look.", in_reply_to=post.id)

    desk.receive(replace(said, kind=PostKind.DELETE, text=""))
    desk.receive(said)

    assert desk.running(1001) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    assert desk.case(1001).outside is None


@pytest.mark.parametrize("solved", [False, True])
@pytest.mark.parametrize(
    ("text", "priority"), [("I want to kill myself", None), ("my bag", Priority.URGENT)]
)
def test_what_is_urgent_is_owed_an_answer_also_when_it_comes_after_its_reply(
    desk: TestDesk, solved: bool, text: str, priority: Priority | None
) -> None:
    number = desk.post("anybody?", in_reply_to="root")
    desk.answer(number)
    if solved:
        desk.closings.solve(number, "found", by=ANN)

    assert desk.post(text, id="root", priority=priority) == number

    assert desk.case(number).is_open
    assert desk.case(number).priority is Priority.URGENT
    assert Promise.NEXT_RESPONSE in desk.running(number)
