"""Blocks hold Slack's limits and let nothing foreign come alive."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.blocks import BlockElement, ConfirmObject
from slack_sdk.models.views import View

from bot.domain.ids import CLOCK, MemberId
from bot.views import blocks, inert, limits
from tests.views.slack_markup import (
    HOSTILE,
    Live,
    live_in,
    live_in_message,
    live_in_text,
    texts_in,
)

ON_BUSY_MACHINES = settings(max_examples=60, deadline=None)
FOREIGN = st.text(st.characters(exclude_categories=()), max_size=400) | st.sampled_from(HOSTILE)


def question(text: str) -> limits.Block:
    return blocks.confirm(text, text, text, text)


def choices(text: str) -> list[limits.Block]:
    return blocks.options([(text, "a"), (text, "b")])


def every_block_with(text: str) -> list[limits.Block]:
    """Each builder that takes foreign words, with these words in each of its places."""
    typed = blocks.text_input("type", True, text, 3000, text)
    elements = [
        typed,
        blocks.static_select("pick", choices(text), text, "b"),
        blocks.users_select("who", text),
        blocks.conversations_select("where", text),
        blocks.radio("press", choices(text), "a"),
    ]
    press = blocks.button(text, "press", "1042", "danger", question(text))
    pick = blocks.static_select("pick", choices(text), text)
    return [
        blocks.quote(text),
        blocks.rich("by ", blocks.bold(text), text),
        blocks.section(f"Who: {inert.plain(text)}", press),
        blocks.context(f"from {inert.plain(text)}", blocks.plain(text)),
        blocks.context(inert.link("https://example.com", text)),
        blocks.divider(),
        blocks.actions(press, pick, block_id="buttons"),
        *[blocks.input_block(f"in-{n}", text, one, text) for n, one in enumerate(elements)],
    ]


def form(text: str) -> limits.Block:
    return blocks.modal(text, every_block_with(text), text, "form", "1042", text)


def accept(part: limits.Block) -> None:
    """Slack's own classes find nothing wrong with a block."""
    read = SlackBlock.parse(part)
    assert read is not None, part
    read.to_dict()
    for place in ("element", "accessory"):
        if place in part:
            assert BlockElement.parse(part[place]) is not None
    for element in part.get("elements", []) if part["type"] == "actions" else []:
        if "confirm" in element:
            ConfirmObject.parse(element["confirm"]).to_dict()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_builder_lets_hostile_words_come_alive(text):
    words = inert.caption(text) or inert.caption("example.com")
    ours = [Live("link", f"https://example.com|{words}")]
    assert live_in(form(text)) == ours
    assert (
        live_in_message({"text": inert.plain(text, 150), "blocks": every_block_with(text)}) == ours
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_every_block_whatever_stands_in_it(text):
    for block in every_block_with(text):
        accept(block)
    view = View(**form(text))
    assert view.to_dict()
    assert len(view.title.text) <= 24


@ON_BUSY_MACHINES
@given(FOREIGN)
def test_no_text_at_all_breaks_a_limit_or_comes_alive(text):
    for block in every_block_with(text):
        accept(block)
        assert {found.kind for found in live_in(block)} <= {"link"}
        assert block == blocks.divider() or "".join(texts_in(block)).strip()


def test_an_empty_text_is_shown_as_a_dash():
    for text in ("", " \n", "\u200b\u202e"):
        for block in (blocks.plain(text), blocks.quote(text)):
            assert list(texts_in(block)) == ["–"]


def test_a_quote_holds_the_customers_words_and_nothing_else():
    text = "Stuck at gate B12 since 6 <!channel> & *nobody* here"
    assert blocks.quote(text) == {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]},
        ],
    }


def test_a_quote_is_cut_with_the_rest_counted():
    assert list(texts_in(blocks.quote("x" * 20_000, 600))) == ["x" * 586 + "… (19414 more)"]


def test_our_own_words_keep_their_mentions_and_slack_adds_none():
    text = f"{blocks.user(MemberId('U012AB'))} has it, see <https://example.com|the post>"
    part = blocks.mrkdwn(text)
    assert part["verbatim"] is True
    assert [found.kind for found in live_in(part)] == ["user", "link"]


def test_long_words_of_ours_are_cut_between_tokens():
    part = blocks.mrkdwn(" ".join(["<@U012AB>"] * 1000))
    assert len(str(part["text"])) <= 2850
    assert {found.kind for found in live_in(part)} == {"user"}


def test_a_person_is_mentioned_and_the_clock_is_not():
    assert blocks.user(MemberId("U012AB")) == "<@U012AB>"
    assert blocks.user(CLOCK) == "the clock"
    assert live_in_text(blocks.user(MemberId("<!channel>"))) == []


def test_a_moment_is_shown_in_the_readers_time_zone():
    in_berlin = datetime(2026, 11, 21, 19, 33, tzinfo=timezone(timedelta(hours=1)))
    moment = blocks.date(in_berlin)
    assert moment == "<!date^1795285980^{date_short_pretty} at {time}|2026-11-21 18:33 UTC>"
    assert [found.kind for found in live_in_text(blocks.date(in_berlin, "a|b>c <!here>"))] == [
        "date"
    ]


def test_an_id_that_slack_would_refuse_is_our_fault_and_loud():
    with pytest.raises(ValueError, match="256"):
        blocks.button("Claim", "x" * 256, "1")
    with pytest.raises(ValueError, match="3001"):
        blocks.modal("Reply", [], "Send", "reply", "x" * 3001)


def test_a_choice_is_shown_as_chosen_when_it_is_offered():
    offered = blocks.options([("Service", "service"), ("Sales", "sales")])
    pick = blocks.static_select("department", offered, "Department", "sales")
    assert pick["initial_option"] == offered[1]
    assert "initial_option" not in blocks.radio("department", offered, "legal")


def test_a_list_offers_what_slack_can_show():
    many = blocks.options((f"Department {n}", str(n)) for n in range(300))
    groups = blocks.static_select("department", many, "Department")["option_groups"]
    assert [len(one["options"]) for one in groups] == [100, 100, 100]
    assert len(blocks.radio("department", many, "200")["options"]) == 10
    assert (
        len(blocks.actions(*[blocks.button("Go", f"go-{n}", "1") for n in range(30)])["elements"])
        == 25
    )


def test_a_draft_stands_in_its_field_as_it_was_written():
    draft = "Dear *Jane*,\n\n\n\n\nyour tab\there\u200d <b> & more"
    assert blocks.text_input("text", True, draft)["initial_value"] == draft
    assert "initial_value" not in blocks.text_input("text")
    assert (
        blocks.text_input("text", initial="x" * 300, max_length=280)["initial_value"] == "x" * 280
    )


def test_a_card_that_fits_is_left_as_it_is():
    card = [blocks.section("#1042"), blocks.quote("Stuck at gate B12")]
    assert limits.fits(card)
    assert limits.fit(card) == card


def test_what_customers_wrote_gives_way_before_our_own_words():
    ours = blocks.section("o" * 2800)
    short, long = blocks.quote("s" * 900), blocks.quote("l" * 2800)
    card = [ours, short, long, long, long]
    fitted = limits.fit(card)
    assert not limits.fits(card)
    assert limits.fits(fitted)
    assert fitted[:2] == [ours, short]
    assert all("more)" in text for block in fitted[2:] for text in texts_in(block))
    assert card[2] == blocks.quote("l" * 2800)


@ON_BUSY_MACHINES
@given(
    st.lists(
        st.tuples(
            st.sampled_from([blocks.section, blocks.quote, blocks.context]),
            st.integers(1, 3000),
            st.sampled_from(["x", "\U0001f600", "&amp;", "<@U012AB> "]),
        ),
        max_size=70,
    )
)
def test_any_pile_of_blocks_is_made_to_fit(pile):
    message = limits.fit([build(piece * number) for build, number, piece in pile])
    assert limits.fits(message)
    assert len(message) <= 50
    for block in message:
        accept(block)


def test_too_many_blocks_end_in_how_many_are_missing():
    message = limits.fit([blocks.divider()] * 60)
    assert list(texts_in(message[-1])) == ["… (11 more)"]
    assert len(message) == limits.MESSAGE_BLOCKS
