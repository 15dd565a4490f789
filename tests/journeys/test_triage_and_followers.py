"""Where a post belongs when no rule says so, and who follows a case that others own."""

from tests.journeys.house import House


def test_triage_decides_with_one_press(house: House) -> None:
    house.post("Hello? Anybody there?")
    card = house.card(1001, "care-triage")
    house.eve.press(card, "Marketing")

    card = house.card(1001, "care-marketing")
    assert f"Why here: <@{house.eve.id}> decided" in card.words
    house.card(1001, "care-triage", says="*#1001* moved to *Marketing*")
    house.dora.press(card, "Claim")
    house.card(1001, "care-marketing", says=f"<@{house.dora.id}> has it")


def test_a_card_in_triage_has_its_usual_buttons_too(house: House) -> None:
    house.post("Hello? Anybody there?")
    house.eve.press(house.card(1001, "care-triage"), "No reply needed")
    house.card(1001, "care-triage", says="no reply needed")


def test_a_follower_does_its_part_while_the_owner_answers(house: House) -> None:
    house.post("Thinking about adding 10 more tablets for our sales team")
    owners = house.card(1001, "care-technical")
    assert "*Sales* asked: open" in owners.words
    short = house.card(1001, "care-sales")
    assert "Your part: follow along" in short.words
    assert "Claim" not in short.words.splitlines()

    house.ben.press(owners, "Claim")
    short = house.card(1001, "care-sales", says=f"<@{house.ben.id}> has it")
    house.sue.press(short, "Done")
    house.card(1001, "care-sales", says=f"your part is done by <@{house.sue.id}>")
    house.card(1001, "care-technical", says=f"*Sales* asked: ✓ done by <@{house.sue.id}>")


def test_a_follower_takes_a_free_case_over(house: House) -> None:
    house.post("Thinking about adding 10 more tablets for our sales team")
    house.sue.press(house.card(1001, "care-sales"), "Take over")

    card = house.card(1001, "care-sales", says=f"<@{house.sue.id}> has it")
    assert f"Why here: <@{house.sue.id}> took it over" in card.words
    house.card(1001, "care-technical", says="Your part: follow along")


def test_a_follower_takes_over_no_case_that_somebody_has(house: House) -> None:
    house.post("Thinking about adding 10 more tablets for our sales team")
    short = house.card(1001, "care-sales")
    house.ben.press(house.card(1001, "care-technical"), "Claim")
    house.sue.press(short, "Take over")
    house.shown_to(house.sue, f"<@{house.ben.id}> was first")


def test_solving_warns_of_a_part_that_is_still_open(house: House) -> None:
    ben = house.ben
    house.post("Thinking about adding 10 more tablets for our sales team")
    ben.press(house.card(1001, "care-technical"), "Claim")
    ben.press(house.card(1001, "care-technical", says=f"<@{ben.id}> has it"), "Solve")
    warning = ben.wait_view("solve").words
    assert "*Marketing* is not done yet" in warning
    assert "*Sales* is not done yet" in warning
    ben.close_view()
    told = ben.command("/case", "close 1001 told them").text
    assert "Still open: *Marketing*, *Sales*" in told
    # Who only follows along has nothing left to do then; words that were asked would stay.
    assert "Done" not in house.card(1001, "care-sales", says="solved by").words
