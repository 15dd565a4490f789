"""Whose phone buzzes: a mention stands in a message that is new."""

from slack_sandbox import Message
from tests.journeys.house import House, read

URGENT = {"priority": "urgent"}
CHANNELS = (
    "care-service", "care-sales", "care-marketing", "care-technical", "care-pr", "care-triage",
    "rapid-response",
)  # fmt: skip


def calls_everybody(message: Message) -> bool:
    return "here" in {one.target for one in message.calls if one.kind == "broadcast"}


def people(message: Message) -> set[str]:
    return {one.target for one in message.calls if one.kind == "user"}


def test_an_urgent_card_calls_whoever_is_there_and_no_other_card_does(house: House) -> None:
    house.post("Where is my bag?", author={"handle": "@calm"})
    assert not calls_everybody(house.card(1001))

    house.post("I am stuck, and my insulin is in the bag!", **URGENT)
    card = house.card(1002)
    assert calls_everybody(card)

    house.ann.press(card, "Claim")
    claimed = house.card(1002, says=f"<@{house.ann.id}> has it")
    assert "here" not in {one.target for one in claimed.mentions}


def test_what_nobody_takes_is_a_line_of_its_own(house: House) -> None:
    house.post("I am stuck, and my insulin is in the bag!", **URGENT)
    house.card(1001)
    house.pass_time("5m")
    line = house.said_in("care-service", "1 unclaimed case")
    assert calls_everybody(line)
    assert "#1001" in read(line)


def test_whoever_has_the_case_is_mentioned_when_the_customer_writes_again(house: House) -> None:
    house.post("Where is my bag?", conversation="talk")
    house.ann.press(house.card(1001), "Claim")
    card = house.card(1001, says=f"<@{house.ann.id}> has it")
    house.post("And where is my coat?", conversation="talk")
    assert people(house.thread(card, "wrote again")) == {house.ann.id}


def test_whoever_has_it_from_outside_the_channel_hears_the_customer_directly(house: House) -> None:
    house.post("Where is my bag?", conversation="talk")
    house.card(1001)
    house.ann.command("/case", "escalate 1001 the newspapers ask")
    house.said_in("rapid-response", "the newspapers ask")
    house.dora.command("/case", "claim 1001")
    card = house.card(1001, says=f"<@{house.dora.id}> has it")
    house.post("It has to be cooled!", conversation="talk")
    line = house.thread(card, "wrote again")
    assert line.calls == ()  # she is not in that channel, so the mention there reaches nobody
    told = house.said_to(house.dora, "wrote again")
    assert "#1001" in read(told)
    assert "cooled" in read(told)


def test_who_loses_a_case_to_a_colleague_hears_of_it(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.card(1001, says=f"<@{house.ann.id}> has it")
    house.cem.command("/case", "assign 1001 @cem")
    house.said_to(house.ann, f"<@{house.cem.id}> took *#1001* over from you")
    house.card(1001, says=f"taken from <@{house.ann.id}>")


def test_the_author_of_a_held_answer_is_told_directly(house: House) -> None:
    house.post("Where is my bag?")
    house.answer(house.ann, "On the next flight.")
    house.card(1001, says="goes out at")
    house.cem.command("/desk", "outgoing hold wrong prices in the template")
    told = house.said_to(house.ann, "answer is on hold")
    assert "#1001" in read(told)


def test_everybody_reads_who_braked_why_and_who_released(house: House) -> None:
    house.cem.command("/desk", "outgoing off wrong prices in the template")
    for channel in CHANNELS:
        told = house.said_in(channel, "Public replies are *off* (Cem, ")
        assert "“wrong prices in the template”" in read(told)
        assert not told.calls

    house.ann.command("/desk", "outgoing on")
    for channel in CHANNELS:
        house.said_in(channel, "Public replies are *on* (Ann, ")


def test_a_reason_that_follows_is_added_to_what_stands(house: House) -> None:
    house.cem.command("/desk", "outgoing hold")
    house.said_in("care-sales", "Public replies are *on hold* (Cem, ")
    house.cem.command("/desk", "outgoing hold the prices are wrong")
    house.said_in("care-sales", "“the prices are wrong”")
    told = [one for one in house.slack.messages("care-sales") if "on hold" in read(one)]
    assert len(told) == 1
