"""What a customer says beside thanks is never lost behind them."""

import pytest

from bot.domain.post import Priority
from bot.domain.sla import Promise
from tests.company import ANN
from tests.desk import TestDesk


@pytest.mark.parametrize(
    "text",
    [
        "谢谢，还没收到退款",
        "help me 🙏",
        "Thanks for your reply. Unacceptable!",
        "Thank you. Cancel it",
        "thanks Ben",
    ],
)
def test_more_than_thanks_for_an_answer_owe_another_and_reopen(desk: TestDesk, text: str) -> None:
    number = desk.post()
    reply = desk.answer(number)

    desk.post(text, in_reply_to=reply.remote_id)
    assert Promise.NEXT_RESPONSE in desk.running(number)

    desk.closings.no_reply(number, by=ANN)
    desk.post(f"{text}!", in_reply_to=reply.remote_id)
    assert desk.case(number).is_open


def test_thanks_by_the_name_of_who_answered_owe_nothing(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.answer(number, by=ANN)

    desk.post("Kiitos Ann!", in_reply_to=reply.remote_id)

    assert desk.running(number) == {Promise.RESOLUTION}


def test_a_picture_beside_thanks_owes_a_look(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.answer(number)

    desk.post("thanks!", in_reply_to=reply.remote_id, media=("https://example.com/torn.png",))

    assert Promise.NEXT_RESPONSE in desk.running(number)


def test_thanks_that_their_sender_calls_urgent_owe_a_look(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.answer(number)

    desk.post("thanks!", in_reply_to=reply.remote_id, priority=Priority.URGENT)

    assert Promise.NEXT_RESPONSE in desk.running(number)
    assert desk.case(number).priority is Priority.URGENT
