"""Ann's first ten minutes: from the red card to the customer's thanks."""

from tests.journeys.house import House


def test_ann_answers_a_customer_and_both_are_glad(house: House) -> None:
    ann = house.ann
    post = house.post("Stuck at gate B12 since 6, nobody tells us anything")

    card = house.card(1001, says="urgent")
    assert "Why here: rule 3 (words stuck, gate)" in card.words
    assert "59 min left" in card.words
    assert card.mentions == []

    ann.press(card, "Claim")
    card = house.card(1001, says=f"<@{ann.id}> has it")

    ann.press(card, "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "A new crew is on its way. Boarding at 19:40 & sorry!"})
    preview = ann.wait_view("reply_preview")
    assert "*PUBLIC* on x as *@northwind*: everybody can read it" in preview.words
    assert "A new crew is on its way. Boarding at 19:40 & sorry!" in preview.words
    assert house.network.texts == []

    ann.submit()
    assert ann.view is None
    card = house.card(1001, says="answer goes out at")
    ann.press(card, "Undo")
    card = house.card(1001, not_says="answer goes out at")

    ann.press(card, "Reply")
    ann.wait_view("reply")
    ann.submit({"text": "A new crew is on its way. Boarding at 19:40 & sorry!"})
    ann.submit()
    house.card(1001, says="answer goes out at")
    house.pass_time("10s")
    card = house.card(1001, says="answer was sent")
    assert house.network.texts == ["A new crew is on its way. Boarding at 19:40 & sorry!"]
    assert "waiting for the customer" in card.words
    house.thread(card, "answer was sent")

    house.post("thanks!", in_reply_to=post)
    house.thread(card, "thanks!")

    ann.press(house.card(1001, says="thanks!"), "Solve")
    ann.wait_view("solve")
    ann.submit({"reason": "told them the new time"})
    card = house.card(1001, says="solved by")
    assert [block["type"] for block in card.blocks] == ["section"]
    assert house.network.texts == ["A new crew is on its way. Boarding at 19:40 & sorry!"]
