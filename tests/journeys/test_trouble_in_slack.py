"""Slack fails in every way it knows: no card is lost, none stands twice, and no click is lost."""

from typing import Any

import pytest

from tests.journeys.house import House

POST, UPDATE = "chat.postMessage", "chat.update"


FAULTS: list[dict[str, Any]] = [
    {"kind": "429", "retry_after": 1},
    {"kind": "500"},
    {"kind": "500-after"},
    {"kind": "drop"},
    {"kind": "drop-after"},
    {"kind": "html"},
    {"kind": "ok-false", "error": "internal_error"},
]


def test_cards_whose_posting_fails_stand_exactly_once(house: House) -> None:
    numbers = range(1001, 1001 + len(FAULTS))
    for fault in FAULTS:
        house.slack.faults.add(method=POST, **fault)
    for number in numbers:
        house.post("Where is my bag?", author={"handle": f"@c{number}"})

    house.wait_long(lambda: len(house.slack.messages("care-service")) >= len(FAULTS))
    house.said_in("care-service", "#1001")
    for number in numbers:
        house.card(number)


def test_cards_whose_change_fails_show_it_in_the_end(house: House) -> None:
    numbers = range(1001, 1001 + len(FAULTS))
    for number in numbers:
        house.post("Where is my bag?", author={"handle": f"@c{number}"})
        house.card(number)
    for fault in FAULTS:
        house.slack.faults.add(method=UPDATE, **fault)
    for number in numbers:  # typed, since a click brings a way of its own
        house.told(house.ann, f"/case claim {number}")

    mine = f"<@{house.ann.id}> has it"
    house.wait_long(lambda: all(mine in one.words for one in house.slack.messages("care-service")))
    for number in numbers:
        house.card(number)


def test_events_that_come_twice_have_an_effect_once(house: House) -> None:
    house.post("Where is my bag?")
    card = house.card(1001)
    house.slack.faults.events(duplicate=True)
    house.ann.mention("claim", thread=card)
    house.shown_to(house.ann, "*#1001* is yours.")
    house.ann.mention("ask @ben is it lost?", thread=card)
    house.said_to(house.ben, "is it lost?")
    house.shown_to(house.ann, "Asked. The answer will be")
    asked = [one for one in house.slack.direct_messages(house.ben) if "is it lost?" in one.words]
    assert len(asked) == 1
    assert len(house.slack.ephemerals(house.ann)) == 2


@pytest.mark.parametrize("kind", ["refresh", "warning"])
def test_no_click_is_lost_or_counted_twice_while_slack_refreshes_the_connection(
    house: House, kind: str
) -> None:
    numbers = range(1001, 1013)
    for number in numbers:
        house.post("Where is my bag?", author={"handle": f"@c{number}"})
    cards = [house.card(number) for number in numbers]
    with house.slack.pressing(4) as hands:
        presses = [hands.submit(house.ann.press, card, "Claim") for card in cards]
        for press in presses[::4]:
            press.result()
            house.slack.drop_connections(kind)
        assert [one.result().error for one in presses] == [None] * len(cards)
    for number in numbers:
        house.card(number, says=f"<@{house.ann.id}> has it")
    assert house.slack.ephemerals(house.ann) == []  # nobody was told "yours already"


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_connection_that_breaks_is_there_again_at_once(house: House, kind: str) -> None:
    house.post("Where is my bag?")
    card = house.card(1001)
    opened = _dialled(house)
    house.slack.drop_connections(kind)
    house.wait(lambda: _dialled(house) > opened and house.slack.connected, "a desk that is back")
    assert house.ann.press(card, "Claim").acked
    house.card(1001, says=f"<@{house.ann.id}> has it")


def _dialled(house: House) -> int:
    return sum(call.method == "apps.connections.open" for call in house.slack.calls)


def test_a_card_deleted_by_a_person_comes_back(house: House) -> None:
    house.post("Where is my bag?")
    house.slack.delete_message(house.card(1001))
    house.ann.command("/case", "claim 1001")
    house.card(1001, says=f"<@{house.ann.id}> has it")


def test_a_token_that_was_revoked_says_so_at_the_door_and_nothing_is_lost(house: House) -> None:
    house.slack.faults.is_token_revoked = True
    house.post("Where is my bag?")
    house.wait(lambda: house.desk.ready()["slack"], "a desk that is not ready")
    house.slack.faults.is_token_revoked = False
    house.pass_time("11s")
    house.card(1001)
    house.wait(lambda: house.desk.ready()["slack"] is None)
