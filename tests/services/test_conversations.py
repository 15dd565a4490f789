"""What a customer says next: it joins the case, wakes it, or begins a linked one."""

from bot.domain.ids import CaseId
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, NINE_TO_FIVE
from tests.desk import TestDesk


def test_a_follow_up_joins_the_open_case_of_what_it_answers(desk: TestDesk) -> None:
    post = desk.a_post()
    desk.receive(post)

    assert desk.post("anybody?", in_reply_to=post.id) == 1001
    assert desk.whats(1001) == [What.OPENED, What.POSTED]
    assert desk.notes(1001) == ["follow_up"]


def test_a_follow_up_that_comes_before_what_it_answers_is_one_case_with_it(desk: TestDesk) -> None:
    follow_up = desk.a_post("anybody?", in_reply_to="root")
    desk.receive(follow_up)

    assert desk.receive(desk.a_post("where is my bag?", id="root")).case == 1001


def test_a_chain_that_comes_backwards_is_one_case(desk: TestDesk) -> None:
    chain = [desk.a_post(f"word {n}", id=f"c{n}", in_reply_to=f"c{n - 1}") for n in range(1, 6)]

    assert {desk.receive(post).case for post in reversed(chain)} == {1001}


def test_posts_of_one_thread_of_the_network_are_one_case(desk: TestDesk) -> None:
    assert desk.post("my bag", conversation="t1") == desk.post("it is blue", conversation="t1")
    assert desk.post("my bag", conversation="t2") == 1002


def test_the_same_thread_name_on_another_network_is_another_thread(desk: TestDesk) -> None:
    desk.post("my bag", conversation="t1")

    assert desk.post("my bag", conversation="t1", source="mastodon") == 1002


def test_an_answer_to_our_reply_joins_its_case(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.answer(number)

    assert desk.post("it is still not here", in_reply_to=reply.remote_id) == number
    assert desk.case(number).waiting_since is None


def test_thanks_for_an_answer_owe_no_other(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.answer(number)

    assert desk.post("thank you, that helped!", in_reply_to=reply.remote_id) == number

    assert desk.case(number).waiting_since is not None
    assert desk.running(number) == {Promise.RESOLUTION}
    assert desk.whats(number)[-1] is What.POSTED
    assert "follow_up" in desk.notes(number)


def test_thanks_in_advance_wait_for_their_answer_like_any_word(desk: TestDesk) -> None:
    number = desk.post("my bag?", conversation="t1")

    desk.post("thanks!", conversation="t1")

    assert Promise.FIRST_RESPONSE in desk.running(number)


def test_a_follow_up_of_a_merged_case_joins_the_other(desk: TestDesk) -> None:
    post = desk.a_post()
    desk.receive(post)
    other = desk.post("and my seat")
    desk.merging.merge(CaseId(1001), other, by=ANN)

    assert desk.post("anybody?", in_reply_to=post.id) == other


# After the end


def solved(desk: TestDesk, *, by: str = "@jane") -> str:
    """A solved case 1001; the id of its post."""
    post = desk.a_post(by=by)
    desk.receive(post)
    desk.casework.claim(CaseId(1001), by=ANN)
    desk.closings.solve(CaseId(1001), "found", by=ANN)
    return post.id


def test_thanks_reopen_nothing_and_stand_in_the_thread(desk: TestDesk) -> None:
    post = solved(desk)

    assert desk.post("Thank you so much!", in_reply_to=post) == 1001

    assert not desk.case(1001).is_open
    assert desk.whats(1001)[-1] is What.POSTED
    assert desk.notes(1001) == ["follow_up"]
    assert desk.all_timers() == []


def test_a_question_within_a_week_comes_back_to_its_solver(desk: TestDesk) -> None:
    post = solved(desk)
    desk.pass_time("7d")

    assert desk.post("it is gone again", in_reply_to=post) == 1001

    case = desk.case(1001)
    assert case.is_open
    assert case.assignee == ANN
    assert desk.running(1001) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}
    assert "hanging" in desk.timers(1001)


def test_it_comes_back_to_the_queue_while_the_department_is_closed(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE)
    post = solved(desk)
    desk.pass_time("12h")

    desk.post("it is gone again", in_reply_to=post)

    assert desk.case(1001).assignee is None


def test_it_comes_back_to_the_queue_when_its_solver_has_left(desk: TestDesk) -> None:
    post = solved(desk)
    desk.left("service", ANN)

    desk.post("it is gone again", in_reply_to=post)

    assert desk.case(1001).assignee is None


def test_a_question_after_a_week_is_a_new_linked_case(desk: TestDesk) -> None:
    post = solved(desk)
    desk.pass_time("7d1m")

    assert desk.post("it is gone again", in_reply_to=post) == 1002

    assert desk.case(1002).earlier == 1001
    assert not desk.case(1001).is_open
    assert desk.post("hello?", in_reply_to=post) == 1002
