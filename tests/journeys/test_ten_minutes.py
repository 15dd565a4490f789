"""Ann's first ten minutes: from the red card to the customer's thanks."""

from tests.journeys.house import House

WORDS = "A new crew is on its way. Boarding at 19:40 & sorry!"


def test_ann_claims_a_card_and_sees_who_will_read_her_answer_before_it_goes(house: House) -> None:
    ann = house.ann
    house.post("Stuck at gate B12 since 6, nobody tells us anything")
    card = house.card(1001, says="urgent")
    assert "Why here: rule 3 (words stuck, gate)" in card.words
    assert "59 min left" in card.words
    assert {one.target for one in card.calls} == {"here"}  # an urgent one calls who is there

    ann.press(card, "Claim")
    ann.press(house.card(1001, says=f"<@{ann.id}> has it"), "Reply")
    ann.wait_view("reply")
    ann.submit({"text": WORDS})
    preview = ann.wait_view("reply_preview")
    assert "Public answer to @jane on x, as @northwind" in preview.words
    assert "everyone can read it" in preview.words
    assert WORDS in preview.words

    ann.submit()
    assert ann.view is None
    ann.press(house.card(1001, says="answer goes out at"), "Undo")
    house.card(1001, not_says="answer goes out at")
    house.pass_time("1m")
    house.post("Stuck at gate B12 too", author={"handle": "@joe"})
    house.card(1002)
    assert house.network.texts == []


def test_the_answer_goes_out_the_customer_is_glad_and_the_card_is_one_line(house: House) -> None:
    ann = house.ann
    post = house.post("Stuck at gate B12 since 6, nobody tells us anything")
    house.answer(ann, WORDS)
    house.card(1001, says=f"<@{ann.id}> has it")  # who writes, has it
    house.pass_time("10s")
    card = house.card(1001, says="answer was sent")
    assert house.network.texts == [WORDS]
    assert "waiting for the customer" in card.words
    house.thread(card, "answer was sent")

    house.post("thanks!", in_reply_to=post)
    house.thread(card, "thanks!")

    ann.press(house.card(1001, says="thanks!"), "Solve")
    ann.wait_view("solve")
    ann.submit({"reason": "told them the new time"})
    card = house.card(1001, says="solved by")
    assert [block["type"] for block in card.blocks] == ["section"]
    assert house.network.texts == [WORDS]
