"""Channels close and people go: nothing they held is lost, and nobody keeps a right too long."""

from tests.journeys.house import House, read


def test_triage_has_the_cases_of_an_archived_channel_until_it_opens(house: House) -> None:
    house.slack.archive("care-sales")
    house.post("What is the price of a seat?")
    house.card(1001, "care-triage", says="#care-sales takes no messages")

    house.slack.unarchive("care-sales")
    house.sue.press(house.card(1001, "care-sales", says="Sales is back"), "Claim")
    house.card(1001, "care-sales", says=f"<@{house.sue.id}> has it")


def test_a_ping_that_its_channel_does_not_take_goes_to_the_person(house: House) -> None:
    house.slack.archive("rapid-response")
    house.post("Where is my bag?")
    house.card(1001)
    house.pass_time("1h")
    called = house.said_to(house.cem, "*1 case is late*")
    assert "Acknowledge" in called.words
    house.said_in("care-triage", "cannot write to *rapid-response*")


def test_who_leaves_the_channel_gives_back_what_they_held(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.card(1001, says=f"<@{house.ann.id}> has it")
    house.slack.leave(house.ann, "care-service")
    card = house.card(1001, says="Unclaimed")
    told = house.ann.press(card, "Claim").text
    assert "This belongs to *Customer service*, and you are not in #" in told


def test_who_is_deactivated_gives_back_what_they_held(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.card(1001, says=f"<@{house.ann.id}> has it")
    house.slack.deactivate(house.ann)
    house.card(1001, says="Unclaimed")


def test_a_guest_needs_naming(house: House) -> None:
    gil = house.slack.person("gil", guest=True)
    house.slack.join(gil, "care-service")
    house.post("Where is my bag?")
    card = house.card(1001)
    assert "This belongs to *Customer service*" in gil.press(card, "Claim").text
    assert "is member of service now" in house.told(
        house.eve, "/desk member add @gil service", "care-triage"
    )
    gil.press(card, "Claim")
    house.card(1001, says=f"<@{gil.id}> has it")


def test_a_newcomer_may_act_as_soon_as_they_are_in_the_channel(house: House) -> None:
    ivy = house.slack.person("ivy")
    house.post("Where is my bag?")
    card = house.card(1001)
    assert "This belongs to" in ivy.press(card, "Claim").text
    house.slack.join(ivy, "care-service")
    house.wait(lambda: ivy.press(card, "Claim") and house.cards(1001, "care-service")[0] != card)
    house.card(1001, says=f"<@{ivy.id}> has it")


def test_nobody_acts_by_a_forged_value(house: House) -> None:
    house.post("What is the price of a seat?")
    house.card(1001, "care-sales")
    house.post("Where is my bag?")
    card = house.card(1002)
    assert "This belongs to *Sales*" in house.ann.press(card, "Claim", value="1001").text
    for value in ("1002; drop", "-1", "", "9" * 40, "1002\n1001"):
        assert "not one of the desk's" in house.ann.press(card, "Claim", value=value).text
    assert "There is no case *#4711*" in house.ann.press(card, "Claim", value="4711").text
    house.card(1001, "care-sales", says="Unclaimed")
    assert house.card(1002) == card


def test_who_is_of_another_department_does_not_press_here(house: House) -> None:
    house.post("Where is my bag?")
    card = house.card(1001)
    for button in ("Claim", "Reply", "Hand off", "Escalate", "No reply needed", "More"):
        assert "This belongs to *Customer service*" in house.sue.press(card, button).text
    assert house.sue.view is None
    assert house.card(1001) == card


def test_a_department_that_nobody_is_in_sends_its_cards_to_triage(house: House) -> None:
    house.slack.leave(house.dora, "care-marketing")
    house.wait(lambda: "nobody is there yet" in house.told(house.ann, "/desk members marketing"))
    house.post("Your new advert is on every bus")
    card = house.card(1001, "care-triage")
    assert "but Marketing has no members" in read(card)


def test_a_channel_that_takes_the_name_of_a_departments_own_gets_no_card(house: House) -> None:
    house.slack.rename("care-service", "service-old")
    house.slack.channel("trap", members=[house.slack.person("mal")], private=False)
    house.slack.rename("trap", "care-service")
    house.post("Where is my bag?")
    house.said_in("service-old", "Where is my bag?")
    assert house.slack.messages("care-service") == []


def test_an_admin_lets_a_department_use_a_public_channel_of_its_name(house: House) -> None:
    house.slack.channel("care-cargo", members=[house.ann, house.eve], private=False, bot=False)
    house.told(house.eve, "/desk department add cargo care-cargo Cargo")
    house.told(house.eve, "/routing add cargo words:crate")
    house.post("Where is my crate?")
    house.card(1001, "care-triage", says="care-cargo takes no messages")
    house.eve.press(house.said_to(house.eve, "Shall *Cargo* use it?"), "Use this channel")
    house.card(1001, "care-cargo", says="Cargo is back")


def test_in_a_public_channel_only_who_is_named_publishes(house: House) -> None:
    house.slack.channel("care-cargo", members=[house.ann, house.eve], private=False)
    house.told(house.eve, "/desk department add cargo #care-cargo Cargo")
    house.told(house.eve, "/routing add cargo words:crate")
    house.post("Where is my crate?")
    card = house.card(1001, "care-cargo")
    house.ann.press(card, "Claim")
    card = house.card(1001, "care-cargo", says=f"<@{house.ann.id}> has it")
    told = house.ann.press(card, "Reply").text
    assert "Its channel is public, so only named members may publish for *Cargo*" in told
    house.told(house.eve, "/desk member add @ann cargo")
    house.ann.press(card, "Reply")
    assert house.ann.wait_view("reply").title == "Answer #1001"
