"""A digest is read like a list: one line for each case, the customer's words to the letter."""

import pytest

from bot.domain.facts import DigestFacts
from bot.views.digest import digest
from bot.views.drawn import Drawn
from bot.views.limits import MESSAGE_BLOCKS
from bot.views.notes import note
from tests.views.accepted import accept_message, elements
from tests.views.gallery_storms import DIGESTS, OPENED, line, many, normal
from tests.views.made import note_facts, post
from tests.views.slack_markup import seen, texts_in

LONG = "&" * 3000


def lines(drawn: Drawn) -> list[str]:
    """Without the head and the small print."""
    return [seen(next(iter(texts_in(block)))) for block in drawn.blocks[1:-1]]


def pressed(blocks: list) -> list[str]:
    return [str(one["action_id"]) for block in blocks for one in elements(block)]


def test_it_holds_as_many_as_slack_takes_in_one_message():
    full = DIGESTS["full"]
    assert len(full.blocks) == MESSAGE_BLOCKS
    assert pressed(full.blocks) == ["open"] * 48


@pytest.mark.parametrize("words", [LONG, "😟" * 900, "<!channel> " * 200, "a\n" * 900])
def test_whatever_customers_write_it_fits(words: str):
    drawn = digest(DigestFacts(many(written=post(words)), 31, is_on=True))
    accept_message(drawn)
    assert len(drawn.blocks) == MESSAGE_BLOCKS


def test_the_head_says_that_a_storm_is_on_and_how_many_wait():
    [head] = texts_in(DIGESTS["full"].blocks[0])
    assert "A storm is on" in head
    assert "48 cases" in head
    assert "31 more wait" in head


def test_after_it_the_head_says_how_many_nobody_has():
    [head] = texts_in(DIGESTS["over"].blocks[0])
    assert "storm that is over" in head
    assert "2 unclaimed" in head


def test_the_first_sixty_characters_stand_as_they_were_written():
    words = "See northwind.example: *why* is #NW204 @here_and_now late again?? I am"
    (told,) = lines(digest(DigestFacts((line(normal(), words),), 0, is_on=True)))
    assert told == f"#1042 · en · @jane: {words[:60]}…"


def test_a_line_says_who_has_the_case_or_how_it_ended():
    told = lines(DIGESTS["taken"])
    assert told[1].endswith(
        "<@U1> has it · <https://acme.slack.com/archives/C1/p1763630000000100|card>"
    )
    assert "solved by <@U1>" in told[2]
    assert "no reply needed" in told[3]
    assert told[4].startswith("#1046 · ▲ high · en · @jane: @here *free*")
    assert told[5].endswith("offered to *Sales*")


def test_a_following_department_sees_its_own_part():
    told = lines(DIGESTS["followers"])
    assert told[0].startswith("#1042 · en · @jane:")
    assert told[1].endswith("✓ your part is done")
    assert told[2].endswith("*Customer service*: <@U1> has it")


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("opened_case", ["claim", "reply", "hand_off", "escalate", "no_reply", "more"]),
        ("opened_claimed", ["reply", "hand_off", "escalate", "solve", "no_reply", "more"]),
        ("opened_closed", ["undo_close"]),
        ("opened_by_follower", ["done", "take_over"]),
    ],
)
def test_what_is_opened_offers_what_its_card_would(name: str, offered: list[str]):
    assert pressed(OPENED[name]["blocks"]) == offered  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("still_open", "told"),
    [
        (0, "1 message, none of them is open"),
        (1, "1 message, 1 of them is open. `/case queue` lists what is unclaimed"),
        (1200, "1 message, 1,200 of them are open. `/case queue` lists what is unclaimed"),
    ],
)
def test_the_end_of_a_storm_counts_as_people_do(still_open: int, told: str):
    facts = note_facts("storm_over", args={"listed": 12, "digests": 1, "open": still_open})
    assert note(facts).text.endswith(f"12 posts came together in {told}")


@pytest.mark.parametrize(("waiting", "told"), [(1, "1 more waits"), (31, "31 more wait")])
def test_its_head_counts_likewise(waiting: int, told: str):
    [head] = texts_in(digest(DigestFacts(many(5), waiting, is_on=True)).blocks[0])
    assert f" · {told} to be shown" in seen(head)
