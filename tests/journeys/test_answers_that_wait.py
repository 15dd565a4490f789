"""Answers that do not simply go out: held, switched off, refused, or of unknown outcome."""

import pytest

from bot.domain.outbox import Refused, Unknown
from slack_sandbox import Message
from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House


def held(house: House) -> Message:
    return house.card(1001, says="It won't be sent automatically")


@pytest.fixture
def holding(open_house: OpenHouse) -> House:
    """A desk whose public replies are on hold, as shipped, and an answer that waits."""
    house = open_house(PUBLIC_REPLIES="hold")
    house.post("Where is my bag?")
    house.answer(house.ann, "On the next flight.")
    house.pass_time("1m")
    held(house)
    return house


def test_what_was_held_is_sent_by_no_switch_but_by_its_author(holding: House) -> None:
    house, ann = holding, holding.ann
    assert "public replies are on hold" in held(house).words
    assert "lead or an admin can change it" in ann.press(held(house), "Send now").text

    assert (
        "Answers on hold aren't sent automatically"
        in house.eve.command("/desk", "outgoing on").text
    )
    house.pass_time("2h")
    assert "Only" in house.cem.press(held(house), "Send now").text
    assert house.network.texts == []

    ann.press(held(house), "Send now")
    house.card(1001, says="answer was sent")
    assert house.network.texts == ["On the next flight."]


def test_what_was_held_is_rewritten(holding: House) -> None:
    house, ann = holding, holding.ann
    house.eve.command("/desk", "outgoing on")
    ann.press(held(house), "Rewrite")
    form = ann.wait_view("reply")
    assert form.state["text"]["text"]["value"] == "On the next flight."
    ann.submit({"text": "On tomorrow's flight."})
    ann.submit()
    house.card(1001, says="goes out at")
    house.pass_time("10s")
    house.card(1001, says="answer was sent")
    assert house.network.texts == ["On tomorrow's flight."]


def test_what_was_held_is_dropped(holding: House) -> None:
    house, ann = holding, holding.ann
    ann.press(held(house), "Drop")
    house.card(1001, not_says="answer is on hold")
    house.eve.command("/desk", "outgoing on")
    house.pass_time("1d")
    house.said_in("rapid-response", "1001")  # the clocks went on: nothing was answered
    assert house.network.texts == []


def test_off_refuses_and_the_preview_says_so(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.cem.command("/desk", "outgoing off")  # anybody may brake
    assert "Ask" in house.cem.command("/desk", "outgoing on").text  # and not release
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "On the next flight."})
    preview = ann.wait_view("reply_preview")
    assert "Public replies are switched off" in preview.words
    assert not preview.submit
    assert house.network.texts == []

    ann.close_view()
    house.eve.command("/desk", "outgoing on")
    ann.press(house.card(1001, says="is writing"), "Reply")
    form = ann.wait_view("reply")
    assert form.state["text"]["text"]["value"] == "On the next flight."


def test_the_brake_holds_what_waits_with_undo(house: House) -> None:
    house.post("Where is my bag?")
    house.answer(house.ann, "On the next flight.")
    house.ann.command("/desk", "outgoing hold")
    assert "public replies were put on hold" in held(house).words
    house.pass_time("1m")
    house.ann.command("/desk", "outgoing on")
    house.pass_time("1m")
    held(house)
    assert house.network.texts == []


def test_a_newer_word_of_the_customer_asks_for_a_second_look(house: House) -> None:
    ann = house.ann
    post = house.post("Where is my bag?")
    house.answer(ann, "On the next flight.")
    house.post("It was the red one, by the way", in_reply_to=post)
    house.pass_time("10s")

    card = held(house)
    assert "the customer wrote again" in card.words
    house.thread(card, "answer is on hold")
    assert house.network.texts == []
    ann.press(card, "Send now")
    house.card(1001, says="answer was sent")


def test_a_word_that_came_while_the_form_was_open_holds_the_answer_too(house: House) -> None:
    ann = house.ann
    post = house.post("Where is my bag?")
    ann.press(house.card(1001), "Reply")
    ann.wait_view("reply")
    house.post("Forget it, I have it", in_reply_to=post)
    house.card(1001, says="Forget it")
    ann.submit({"text": "On the next flight."})
    ann.submit()
    assert "the customer wrote again" in held(house).words
    assert house.network.texts == []


def test_an_unknown_outcome_waits_for_somebody_who_looks_and_finds_it(house: House) -> None:
    ann = house.ann
    house.network.answers.append(Unknown("timeout"))
    house.post("Where is my bag?")
    house.answer(ann, "On the next flight.")
    house.pass_time("10s")
    card = house.card(1001, says="Outcome unknown: it may be public")
    house.thread(card, "Outcome unknown")
    house.pass_time("1h")
    assert "Decide about it on the card first" in ann.press(card, "No reply needed").text

    ann.press(card, "It is there…")
    ann.wait_view("reply_found")
    ann.submit({"link": "https://social.example/r/77"})

    house.card(1001, says="<https://social.example/r/77|see it on")
    assert len(house.network.said) == 1
    house.post("thanks!", in_reply_to="77")  # the link's end is the network's own id
    house.thread(house.card(1001), "thanks!")


def test_an_unknown_outcome_is_sent_again_only_by_a_person_who_was_warned(house: House) -> None:
    ann = house.ann
    house.network.answers.append(Unknown("timeout"))
    house.post("Where is my bag?")
    house.answer(ann, "On the next flight.")
    house.pass_time("10s")

    ann.press(house.card(1001, says="Outcome unknown"), "Send again…")
    assert "the customer may read it twice" in ann.wait_view("send_again").words
    ann.submit()

    house.card(1001, says="answer was sent")
    first, second = (reply for reply, _ in house.network.said)
    assert first.key == second.key


def test_what_the_network_refuses_is_shown_with_its_reason(house: House) -> None:
    house.network.answers.append(Refused("duplicate content"))
    house.post("Where is my bag?")
    house.answer(house.ann, "On the next flight.")
    house.pass_time("10s")
    card = house.card(1001, says="refused")
    assert "duplicate content" in card.words
    assert "Nothing was published" in card.words
    house.ann.press(card, "Rewrite")
    house.ann.wait_view("reply")
    house.ann.submit({"text": "Your bag is on the next flight."})
    house.ann.submit()
    house.card(1001, says="goes out at")
    house.pass_time("10s")
    house.card(1001, says="answer was sent")
