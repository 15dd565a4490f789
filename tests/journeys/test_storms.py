"""Sixty posts in a moment, before a Slack that takes one message a second: none is lost."""

import re
from collections.abc import Iterator
from urllib.request import ProxyHandler, build_opener

import pytest

from slack_sandbox import Interaction, Message, Person
from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House, read

POSTS = 60
BOMB = [{"department": "service", "when": "words:bomb", "priority": "urgent"}]


@pytest.fixture
def stormy(open_house: OpenHouse) -> Iterator[House]:
    house = open_house(documents={"routing": {"default": "service", "rule": BOMB}}, SLACK_PACE="1")
    house.slack.rate_limits = True
    yield house
    assert metric(house, "samepage_slack_refusals_total") == 0


def metric(house: House, name: str) -> float:
    """As `/metrics` has it."""
    with build_opener(ProxyHandler({})).open(f"{house.desk.url}/metrics", timeout=60) as page:
        lines = page.read().decode().splitlines()
    return float(next(one for one in lines if one.startswith(f"{name} ")).split()[1])


def storm(house: House) -> list[Message]:
    """Its digests, as soon as every post is seen."""
    for number in range(POSTS):
        facts = {"author": {"handle": f"@c{number}"}, "conversation": f"t{number}"}
        house.post(f"Stranded in hall {number}.", **facts)
    house.wait_long(lambda: seen(house) == {*range(1001, 1001 + POSTS)}, "a word of every case")
    return digests(house)


def digests(house: House) -> list[Message]:
    return [one for one in house.slack.messages("care-service") if "A storm is on" in read(one)]


def seen(house: House) -> set[int]:
    """The cases of which the channel tells, by a card or by a line."""
    texts = "\n".join(read(one) for one in house.slack.messages("care-service"))
    return {int(number) for number in re.findall(r"#(1\d{3})", texts)}


def ended(house: House) -> list[Message]:
    return [one for one in house.slack.messages("care-service") if "storm is over:" in read(one)]


def lines(digest: Message) -> dict[int, str]:
    """What stands in each line, by the number of its case."""
    told = [block["text"]["text"] for block in digest.blocks if "accessory" in block]
    return {int(re.findall(r"#(\d+)", words)[0]): words for words in told}


def open_line(person: Person, digest: Message, case: int) -> Interaction:
    (block,) = [one for one in digest.blocks if f"#{case}" in str(one.get("text"))]
    return person.press(digest, "Open", block_id=block["block_id"])


def test_many_posts_share_a_message_and_each_can_be_opened_and_claimed(stormy: House) -> None:
    house, ann = stormy, stormy.ann
    digest = storm(house)[0]
    assert len(house.slack.messages("care-service")) < POSTS / 4
    case = next(iter(lines(digest)))
    assert f"Stranded in hall {case - 1001}." in lines(digest)[case]

    open_line(ann, digest, case)
    opened = ann.wait_view("sheet")
    assert "Unclaimed" in read(opened)
    ann.press(opened, "Claim")

    card = house.thread(digest, says=f"#{case}")
    assert f"<@{ann.id}> has it" in read(card)
    house.wait_long(lambda: f"<@{ann.id}> has it" in read(again(house, digest)), "the line")
    ann.close_view(everything=True)
    open_line(house.cem, again(house, digest), case)
    assert f"<@{ann.id}> has it" in read(house.cem.wait_view("sheet"))


def test_what_is_urgent_has_a_card_in_the_middle_of_it(stormy: House) -> None:
    storm(stormy)
    stormy.post("There is a bomb in hall 7!", author={"handle": "@eve"})
    card = stormy.card(1001 + POSTS)
    assert "◆ urgent" in read(card)
    assert card.thread_ts is None


def test_commands_know_every_case_of_it(stormy: House) -> None:
    house, ann = stormy, stormy.ann
    digest = storm(house)[0]
    first, second, *_ = lines(digest)
    assert f"{POSTS} of {POSTS} open cases unclaimed" in house.told(ann, "/case queue")
    assert f"#{second}" in house.told(ann, f"/case find words:{second - 1001}")
    assert f"#{first}* is yours" in house.told(ann, f"/case claim {first}")
    assert f"<@{ann.id}> has it" in read(house.thread(digest, says=f"#{first}"))
    asked = second - 1001
    house.post("And now?", conversation=f"t{asked}", author={"handle": f"@c{asked}"})
    house.thread(digest, says=f"#{second}*: *@c{asked}* wrote again")


def test_when_it_is_over_a_line_says_so_and_cards_come_back(stormy: House) -> None:
    storm(stormy)
    assert metric(stormy, "samepage_storms") == 1
    over = stormy.wait_long(lambda: ended(stormy), "its end")
    assert re.search(r"\d+ posts came together in [12] messages?", read(over[0]))
    stormy.post("Is it calm again?", author={"handle": "@late"})
    stormy.card(1001 + POSTS)


def again(house: House, digest: Message) -> Message:
    return next(one for one in house.slack.messages("care-service") if one.ts == digest.ts)
