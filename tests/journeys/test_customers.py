"""What customers do later: write on, change their words, take them back; and what some try."""

from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House, read
from tests.views.slack_markup import HOSTILE


def test_a_follow_up_joins_the_open_case_and_wakes_it(house: House) -> None:
    post = house.post("Where is my bag?")
    house.card(1001)
    house.ann.command("/case", "snooze 1001 1d")
    house.card(1001, says="snoozed until")
    house.post("It is red", in_reply_to=post)
    card = house.card(1001, says="It is red", not_says="snoozed until")
    assert "Where is my bag?" in card.words
    assert "*Jane Doe* wrote again" in house.thread(card, "It is red").words
    house.post("And heavy", in_reply_to=post)
    assert "+1 more in the thread" in house.card(1001, says="And heavy").words
    assert house.slack.messages("care-triage") == []


def test_an_edit_is_shown_and_said(house: House) -> None:
    post = house.post("Where is my bag?")
    card = house.card(1001)
    house.post("Where is my red bag?", id=post, kind="edit")
    card = house.card(1001, says="_edited_")
    assert "Where is my red bag?" in card.words
    assert "red bag" in house.thread(card, "*Jane Doe* changed a post").words


def test_a_deleted_post_says_so(house: House) -> None:
    post = house.post("Where is my bag?")
    house.card(1001)
    house.post("", id=post, kind="delete")
    card = house.card(1001, says="_deleted by its author_")
    house.thread(card, "*Jane Doe* deleted a post")


def test_the_same_post_again_changes_nothing(house: House) -> None:
    for _ in range(3):
        house.post("Where is my bag?", id="4711")
    house.post("Another bag")
    house.card(1001)
    house.card(1002)
    assert len(house.slack.messages("care-service")) == 2


def test_overheard_posts_make_no_card(house: House) -> None:
    house.post("Northwind lost my bag, they say", addressed=False)
    house.post("Where is my bag?", author={"handle": "@joe"})
    house.card(1001, says="@joe")


def test_hostile_words_and_names_are_inert_wherever_they_are_shown(
    open_house: OpenHouse,
) -> None:
    house = open_house(documents={"routing": {"default": "service"}})
    ann = house.ann
    texts = [text.encode("utf-8", "replace").decode() for text in HOSTILE if len(text) < 4000]
    for number, text in enumerate(texts):
        house.slack.foreign(text)
        name = " ".join(text.split())[:80] or "x"
        house.post(f"bag {text}", author={"handle": f"{name}{number}", "name": name}, account=name)
    for number in range(1001, 1001 + len(texts)):
        card = house.card(number)
        assert {one.kind for one in card.mentions} <= {"link"}
        assert [one.kind for one in card.mentions] == []
        assert card.blocks[-1]["type"] == "actions"

    ann.command("/case", "queue")
    ann.press(house.card(1001), "Claim")
    ann.command("/case", f"escalate 1001 {HOSTILE[0]}")
    ping = house.said_in("rapid-response", "#1001")
    assert {one.target for one in ping.mentions if one.kind != "link"} <= {house.cem.id, ann.id}
    first = " ".join(texts[0].split())[:80] or "x"
    same = {"handle": f"{first}0", "name": first}
    house.post(f"bag {HOSTILE[3]}", id="late", in_reply_to="p1", author=same)
    house.thread(house.card(1001, says="wrote again"), "wrote again")
    for place in ("care-service", "rapid-response"):
        for message in house.slack.messages(place):
            assert not {one.kind for one in message.mentions} & {
                "broadcast",
                "usergroup",
                "channel",
            }


def test_a_post_of_a_thousand_lines_stays_a_card(house: House) -> None:
    house.post("bag\n" * 5000)
    card = house.card(1001)
    assert "more)" in card.words
    assert len(read(card)) < 4000
    house.ann.press(card, "Claim")
    house.card(1001, says="has it", not_says="Nobody")
