"""Promises in danger: who is warned, who is pinged, how it climbs, and what stops it."""

from functools import partial

from slack_sandbox import Message
from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House, read


def called(ping: Message) -> set[str]:
    """Whose phones it makes buzz."""
    return {one.target for one in ping.calls if one.kind == "user"}


def named(ping: Message) -> set[str]:
    return {one.target for one in ping.mentions if one.kind == "user"}


def pings(house: House) -> list[Message]:
    return house.slack.messages("rapid-response")


def stands(house: House, count: int) -> bool:
    return len(pings(house)) == count


def late(house: House) -> Message:
    """A case that nobody answered in time; its ping."""
    house.post("Where is my bag?")
    house.card(1001)
    house.pass_time("64m")
    return house.said_in("rapid-response", "*#1001*")


def test_the_department_is_warned_while_nobody_has_it(house: House) -> None:
    house.post("Where is my bag?")
    house.card(1001)
    house.pass_time("45m")
    warning = house.thread(house.card(1001), "first answer is due")
    assert "*#1001* unclaimed in *Customer service*, first answer is due" in warning.words
    assert "Acknowledge" not in warning.words
    assert called(warning) == {house.ann.id}  # who leads it
    assert pings(house) == []


def test_the_owner_alone_is_warned_in_the_thread(house: House) -> None:
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.pass_time("45m")
    warning = house.thread(house.card(1001), f"<@{house.ann.id}> *#1001* first answer is due")
    assert "Acknowledge" not in warning.words
    assert called(warning) == {house.ann.id}
    house.ann.press(house.card(1001), "No reply needed")
    house.thread(house.card(1001), "*#1001* first answer was due")
    assert house.slack.direct_messages(house.ann) == []
    assert pings(house) == []


def test_a_breach_pings_who_is_on_call_once_and_is_acknowledged(house: House) -> None:
    cem = house.cem
    ping = late(house)
    assert called(ping) == {cem.id}
    assert "4 min late" in ping.words
    assert "unclaimed in #care-service · 1st call: " in read(ping)
    assert "*late*: answer was due" in house.card(1001, says="*late*").words

    cem.press(ping, "Acknowledge")
    ping = house.said_in("rapid-response", f"acknowledged by <@{cem.id}>")
    assert "Acknowledge" not in ping.words.splitlines()
    house.pass_time("25m")
    house.card(1001)
    assert len(pings(house)) == 1


def test_a_claim_stops_nothing_and_it_climbs_step_by_step(house: House) -> None:
    late(house)
    house.ann.press(house.card(1001), "Claim")
    house.said_in("rapid-response", "*#1001*")
    steps = [{house.dora.id}, {house.cem.id, house.dora.id}, {house.ann.id}]
    for taken, people in enumerate(steps, start=2):
        house.pass_time("10m")
        house.wait(partial(stands, house, taken), "the next step")
        assert named(pings(house)[-1]) == people
        assert called(pings(house)[-1]) == people - {house.ann.id}  # she is not in this channel
    assert called(house.said_to(house.ann, "*#1001*")) == {house.ann.id}
    house.pass_time("5h")
    house.pass_time("10m")
    house.said_in("rapid-response", "*#1001*")
    assert len(pings(house)) == 4  # and no further


def test_only_a_delivered_answer_stops_it(house: House) -> None:
    late(house)
    house.answer(house.ann, "On the next flight.")
    house.card(1001, says="goes out at")
    house.pass_time("10s")
    house.card(1001, says="answer was sent")
    assert "Acknowledge" not in house.said_in("rapid-response", "· answered").words.splitlines()
    house.pass_time("12m")
    house.pass_time("12m")
    assert len(pings(house)) == 1


def test_acknowledging_is_for_members_of_rapid_response(house: House) -> None:
    ping = late(house)
    told = house.ben.press(ping, "Acknowledge").text
    assert "Only members of #rapid-response acknowledge" in told
    house.slack.join(house.ben, "rapid-response")
    house.wait(lambda: house.ben.press(ping, "Acknowledge") and pings(house)[0] != ping)
    house.said_in("rapid-response", f"acknowledged by <@{house.ben.id}>")


def test_many_at_once_are_one_list_with_a_line_each(house: House) -> None:
    for number in range(8):
        house.post("Where is my bag?", author={"handle": f"@c{number}"})
    house.card(1008)
    house.pass_time("64m")
    ping = house.said_in("rapid-response", "*8 cases are late*")
    assert called(ping) == {house.cem.id}
    assert len(pings(house)) == 1

    third = next(n for n, block in enumerate(ping.blocks) if "#1003" in str(block))
    house.cem.press(ping, "Acknowledge", block_id=ping.blocks[third + 1]["block_id"])
    ping = house.said_in("rapid-response", "acknowledged by")
    assert read(ping).splitlines().count("Acknowledge") == 7


def test_what_many_are_late_with_is_acknowledged_by_one_press(house: House) -> None:
    for number in range(8):
        house.post("Where is my bag?", author={"handle": f"@c{number}"})
    house.card(1008)
    house.pass_time("64m")
    ping = house.said_in("rapid-response", "*8 cases are late*")
    told = house.ben.press(ping, "Acknowledge all 8").text
    assert "Only members of #rapid-response acknowledge" in told

    house.cem.press(ping, "Acknowledge all 8")
    ping = house.said_in("rapid-response", f"acknowledged by <@{house.cem.id}>")
    assert read(ping).count("acknowledged by") == 8
    assert "Acknowledge" not in read(ping)
    house.pass_time("40m")
    assert len(pings(house)) == 1


def test_with_nobody_on_duty_the_channel_is_told_so(open_house: OpenHouse) -> None:
    house = open_house(documents={"on_call": {"shift": []}})
    ping = late(house)
    assert called(ping) == set()
    assert "Nobody is on duty" in ping.words
    house.cem.press(ping, "Acknowledge")
    house.said_in("rapid-response", "acknowledged by")


def test_what_hangs_for_three_days_raises_an_alarm_of_its_own(house: House) -> None:
    house.cem.press(late(house), "Acknowledge")
    house.pass_time("73h")
    ping = house.said_in("rapid-response", "unanswered for 72 hours")
    assert called(ping) >= {house.cem.id}


def test_the_next_word_of_the_customer_has_a_clock_of_its_own(house: House) -> None:
    post = house.post("Where is my bag?")
    house.answer(house.ann, "On the next flight.")
    house.pass_time("10s")
    house.card(1001, says="waiting for the customer")
    house.pass_time("1d")
    house.post("It was not", in_reply_to=post)
    house.card(1001, says="1 h 59 min left")
    house.pass_time("125m")
    house.said_in("rapid-response", "next answer 5 min late")
