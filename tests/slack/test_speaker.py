"""Messages of the outbox, said in Slack once."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.effects import Kind, Lane
from bot.domain.ids import ChannelId
from bot.domain.outbox import (
    Delivered,
    NotExecuted,
    PlaceClosed,
    Refused,
    ShutOut,
    Unknown,
    Vanished,
)
from bot.domain.ports import Letter
from bot.slack.budget import POST, Budget
from bot.slack.speaker import EVENT_TYPE, SlackSpeaker
from bot.views.blocks import section
from bot.views.drawn import Drawn
from slack_sandbox import Channel, Sandbox
from tests.slack.letters import letter, only, ts_of

CLAIMED = "claimed by Ann"


# Posting


def test_a_posted_letter_stands_in_its_channel(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    answer = speaker.post(letter(care))
    card = only(slack.messages("care-service"))
    assert answer == Delivered(card.ts, ChannelId(care.id))
    assert card.text == "New: stuck at gate B12"
    assert card.blocks[0]["text"]["text"] == "*stuck at gate B12*"


def test_a_message_carries_its_key_and_no_customer_s_word(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    speaker.post(letter(care))
    assert only(slack.messages("care-service")).metadata == {
        "event_type": EVENT_TYPE,
        "event_payload": {"key": "card:1042:service", "attempt": "first"},
    }


def test_addresses_and_names_in_a_text_stay_words(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    ts = ts_of(speaker.post(letter(care, "see www.example.com @channel")))
    assert only(slack.messages("care-service")).mentions == []
    speaker.update(letter(care, "see www.example.com @here", ts=ts))
    assert only(slack.messages("care-service")).mentions == []


def test_a_note_stands_in_the_thread_of_its_card(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    card = ts_of(speaker.post(letter(care)))
    note = ts_of(speaker.post(letter(care, "Ben asks", key="note:1", thread=card)))
    assert only(slack.messages("care-service", thread=card)).ts == note


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "429", "retry_after": 3}, NotExecuted),
        ({"kind": "500"}, Unknown),
        ({"kind": "500-after"}, Unknown),
        ({"kind": "drop"}, Unknown),
        ({"kind": "drop-after"}, Unknown),
        ({"kind": "html"}, Unknown),
        ({"kind": "ok-false", "error": "fatal_error"}, Unknown),
    ],
)
def test_a_post_says_what_is_known_of_it(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel, fault: dict, outcome: type
):
    slack.faults.add(method="chat.postMessage", **fault)
    assert isinstance(speaker.post(letter(care)), outcome)


def test_a_place_that_is_closed_is_said_to_be(slack: Sandbox, speaker: SlackSpeaker, care: Channel):
    stranger = slack.channel("care-secret", bot=False)
    assert isinstance(speaker.post(letter(stranger)), PlaceClosed)
    slack.archive("care-service")
    assert speaker.post(letter(care)) == PlaceClosed("is_archived")


def test_a_desk_shut_out_of_slack_learns_why(slack: Sandbox, speaker: SlackSpeaker, care: Channel):
    slack.remove_scope("chat:write")
    assert speaker.post(letter(care)) == ShutOut("missing_scope")
    slack.revoke_token()
    assert speaker.post(letter(care)) == ShutOut("token_revoked")


# Updating


def a_list(channel: Channel, key: str, *says: str, ts: str | None = None) -> Letter:
    one = letter(channel, key=key, ts=ts)
    said = replace(one.message, kind=Kind.BUNDLE, case=None, args={"pings": list(says)})
    return replace(one, message=said)


def test_an_update_changes_the_message_in_its_place(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    ts = ts_of(speaker.post(letter(care)))
    assert speaker.update(letter(care, CLAIMED, ts=ts)) == Delivered(ts, ChannelId(care.id))
    card = only(slack.messages("care-service"))
    assert card.blocks[0]["text"]["text"] == f"*{CLAIMED}*"
    assert card.metadata["event_payload"]["key"] == "card:1042:service"


def test_a_list_that_was_found_takes_its_own_mark(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    forgotten = a_list(care, "bundle:1", "ping:1042:escalated:1:0")
    ts = ts_of(speaker.post(forgotten))
    found = a_list(care, f"bundle:found:{ts}", "ping:1042:escalated:1:0", ts=ts)
    assert speaker.update(found) == Delivered(ts, ChannelId(care.id))
    mark = only(slack.messages("care-service")).metadata["event_payload"]
    assert (mark["key"], mark["says"]) == (f"bundle:found:{ts}", "ping:1042:escalated:1:0")


@pytest.mark.parametrize("kind", ["500", "500-after", "drop", "drop-after", "html"])
def test_an_update_of_unknown_outcome_may_simply_be_repeated(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel, kind: str
):
    ts = ts_of(speaker.post(letter(care)))
    slack.faults.add(method="chat.update", kind=kind)
    answer = speaker.update(letter(care, CLAIMED, ts=ts))
    assert isinstance(answer, NotExecuted)
    assert not answer.limited
    assert ts_of(speaker.update(letter(care, CLAIMED, ts=ts))) == ts


def test_a_message_somebody_deleted_has_vanished(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    ts = ts_of(speaker.post(letter(care)))
    slack.delete_message(only(slack.messages("care-service")))
    assert isinstance(speaker.update(letter(care, ts=ts)), Vanished)


# Drawings that Slack refuses

TOO_MUCH = Drawn("Stuck at gate B12, `#1042`", [section("x" * 2000)] * 8)


def test_a_drawing_slack_refuses_is_said_in_plain_words(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel, caplog: pytest.LogCaptureFixture
):
    ts = ts_of(speaker.post(letter(care, TOO_MUCH)))
    card = only(slack.messages("care-service"))
    assert [block["text"]["text"] for block in card.blocks] == [TOO_MUCH.text]
    assert ts_of(speaker.update(letter(care, TOO_MUCH, ts=ts))) == ts
    refusals = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [refusal.code for refusal in refusals] == ["msg_blocks_too_long"] * 2
    assert "gate B12" not in caplog.text


def test_a_text_too_long_for_an_update_is_cut(slack: Sandbox, speaker: SlackSpeaker, care: Channel):
    ts = ts_of(speaker.post(letter(care)))
    long = Drawn("far too long " * 400, [section("short")])
    assert ts_of(speaker.update(letter(care, long, ts=ts))) == ts
    assert only(slack.messages("care-service")).text.startswith("far too long")


def test_what_is_refused_in_plain_words_too_is_refused(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    slack.faults.add(method="chat.postMessage", kind="ok-false", error="invalid_blocks", times=2)
    assert speaker.post(letter(care)) == Refused("invalid_blocks")
    assert slack.messages("care-service") == []


# Within Slack's limits


def test_who_asks_the_budget_first_is_never_refused_by_slack(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    slack.clock = lambda: now.timestamp()
    slack.rate_limits = True
    budget = Budget(pace=1)
    for number in range(120):
        if wait := budget.may(Lane.CARD, POST, ChannelId(care.id), now):
            now += wait
            assert budget.may(Lane.CARD, POST, ChannelId(care.id), now) is None
        assert isinstance(speaker.post(letter(care, key=f"card:{number}")), Delivered)
    assert now.minute <= 2
