"""A case goes on to others: with an ask, accepted or returned, and nobody throws."""

from slack_sandbox import Message
from tests.journeys.house import House, read


def handed_over(house: House) -> Message:
    """Ann hands her case to technical; their card."""
    ann = house.ann
    house.post("Where is my bag? Your map shows it on the moon")
    ann.press(house.card(1001), "Claim")
    ann.press(house.card(1001, says=f"<@{ann.id}> has it"), "Hand off")
    ann.wait_view("hand_off")
    ann.submit({
        "department": "technical", "text": "Is the map broken?", "promised": "an answer today",
    })  # fmt: skip
    return house.card(1001, "care-technical")


def returned(house: House, card: Message, why: str) -> None:
    """Ben returns it by the button, which asks him why."""
    house.ben.press(card, "Return")
    form = house.ben.wait_view("give_back")
    assert f"It goes back to <@{house.ann.id}>" in form.words
    house.ben.submit({"reason": why})


def test_a_department_accepts_and_the_old_card_is_one_line(house: House) -> None:
    card = handed_over(house)
    assert f"Offered by <@{house.ann.id}> from *Customer service*" in card.words
    assert "“Is the map broken? Promised: an answer today”" in read(card)
    assert "accept or return by" in card.words

    old = house.card(1001, says="*#1001* is offered to *Technical support*")
    assert [block["type"] for block in old.blocks] == ["section"]
    house.thread(card, "offers this from *Customer service*")

    house.ben.press(card, "Accept")
    card = house.card(1001, "care-technical", says=f"<@{house.ben.id}> has it")
    assert "answer by" in card.words  # the customer's clock goes on


def test_the_old_card_links_to_the_new_one(house: House) -> None:
    card = handed_over(house)
    old = house.card(1001, says="open the card")
    (link,) = [one for one in old.mentions if one.kind == "link"]
    assert f"p{card.ts.replace('.', '')}" in link.target


def test_a_department_returns_it_to_who_sent_it(house: House) -> None:
    card = handed_over(house)
    returned(house, card, "the map is right, it is a matter of luggage")
    card = house.card(1001, says=f"<@{house.ann.id}> has it")
    told = house.thread(card, f"<@{house.ben.id}> of *Technical support* returned *#1001*")
    assert "“the map is right, it is a matter of luggage”" in read(told)
    assert house.ann.id in {one.target for one in told.calls}
    assert "the map is right" in read(house.said_to(house.ann, "returned *#1001*"))
    house.card(1001, "care-technical", says="moved to *Customer service*")


def test_a_return_without_a_word_is_not_taken(house: House) -> None:
    card = handed_over(house)
    house.ben.press(card, "Return")
    house.ben.wait_view("give_back")
    house.ben.submit({"reason": "  "})
    assert "Nothing can be seen in these words" in house.ben.wait_view().errors["reason"]
    house.card(1001, "care-technical", says="accept or return by")


def test_nobody_but_the_receivers_accepts(house: House) -> None:
    card = handed_over(house)
    told = house.ann.press(card, "Accept").text
    assert "This belongs to *Technical support*, and you are not in #" in told
    told = house.ben.command("/case", "claim 1001").text
    assert "*Accept* or *Return* it on the card" in told


def test_unanswered_it_bounces_to_the_sender_and_the_lead_hears_of_it(house: House) -> None:
    handed_over(house)
    house.pass_time("15m")
    house.card(1001, says=f"<@{house.ann.id}> has it")
    house.said_to(house.ann, "*Technical support* did not accept *#1001* in time")
    house.said_to(house.ben, "*Technical support* did not accept *#1001* in time")


def test_a_person_is_asked_in_a_direct_message_and_answers_there(house: House) -> None:
    house.post("My tablets show yesterday's prices")
    card = house.card(1001, "care-technical")
    house.ben.press(card, "Claim")
    told = house.ben.command("/case", "handoff 1001 @sue what do they pay now?").text
    assert f"*#1001* is offered to <@{house.sue.id}>" in told

    offer = house.said_to(house.sue, "offers you *#1001*")
    assert "“what do they pay now?”" in offer.words
    assert "yesterday's prices" in offer.words
    house.sue.press(offer, "Accept")
    house.card(1001, "care-sales", says=f"<@{house.sue.id}> has it")


def test_a_person_returns_it_in_the_direct_message(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.ann.command("/case", "transfer 1001 @ben please look")
    returned(house, house.said_to(house.ben, "offers you"), "I am off in a minute")
    house.card(1001, says=f"<@{house.ann.id}> has it")


def test_by_command_to_a_channel_and_without_words_by_form(house: House) -> None:
    ann = house.ann
    house.post("Where is my bag?")
    house.card(1001)
    ann.command("/case", "handoff #1001")
    form = ann.wait_view("hand_off")
    assert form.title == "Hand off #1001"
    ann.submit({"text": "somebody?"})
    assert ann.wait_view().errors == {
        "person": "Nobody is chosen yet. Choose a person, a department or a channel."
    }
    ann.close_view()

    told = ann.command("/case", "handoff 1001 #care-sales a lead: 10 seats").text
    assert "*#1001* is offered to *sales*. You are told if they return it" in told
    card = house.card(1001, "care-sales")
    assert "“a lead: 10 seats”" in read(card)
    house.sue.press(card, "Accept")
    house.card(1001, "care-sales", says=f"<@{house.sue.id}> has it")


def test_a_case_of_somebody_else_is_not_handed_off(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    card = house.card(1001, says=f"<@{house.ann.id}> has it")
    told = house.cem.command("/case", "handoff 1001 sales please").text
    assert f"<@{house.ann.id}> has this case" in told
    told = house.sue.command("/case", "handoff 1001 sales please").text
    assert "This belongs to *Customer service*" in told
    told = house.ann.command("/case", "handoff 1001 #care-nowhere please").text
    assert "There is no department “care-nowhere”" in told
    assert house.card(1001) == card
