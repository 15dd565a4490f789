"""What an unknown attempt left behind is found, and left there once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.domain.ids import ChannelId
from bot.domain.outbox import Delivered, NotExecuted, Refused, Unknown
from bot.domain.ports import Letter
from bot.slack.speaker import SlackSpeaker
from slack_sandbox import Channel, Sandbox
from tests.slack.letters import drawn, letter, only, ts_of


def lost(speaker: SlackSpeaker, slack: Sandbox, sent: Letter) -> None:
    """Posted, but the answer is lost on the way."""
    slack.faults.add(method="chat.postMessage", kind="drop-after")
    assert isinstance(speaker.post(sent), Unknown)


def test_a_message_whose_answer_was_lost_is_found_again(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    sent = letter(care)
    lost(speaker, slack, sent)
    speaker.post(letter(care, key="card:1043:service"))
    first, _ = slack.messages("care-service")
    assert speaker.find(sent) == Delivered(first.ts, ChannelId(care.id))


def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    card = ts_of(speaker.post(letter(care)))
    sent = letter(care, "Ben asks", key="note:1", thread=card)
    lost(speaker, slack, sent)
    assert ts_of(speaker.find(sent)) == only(slack.messages("care-service", thread=card)).ts


def test_what_was_for_one_person_is_found_in_their_direct_channel(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    ann = slack.person("ann")
    sent = replace(letter(care, "28 minutes left"), channel=ChannelId(ann.id))
    lost(speaker, slack, sent)
    assert ts_of(speaker.find(sent)) == only(slack.direct_messages(ann)).ts


def test_what_was_for_somebody_gone_is_not_looked_for(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    sent = replace(letter(care), channel=ChannelId("U0000000000"))
    assert isinstance(speaker.find(sent), Refused)


def test_what_never_came_is_not_found(slack: Sandbox, speaker: SlackSpeaker, care: Channel):
    slack.faults.add(method="chat.postMessage", kind="500")
    sent = letter(care)
    speaker.post(sent)
    assert speaker.find(sent) is None


def test_in_a_thread_that_is_gone_nothing_is_found(speaker: SlackSpeaker, care: Channel):
    assert speaker.find(letter(care, thread="1700000000.000100")) is None


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_message_is_found_though_the_desks_clock_was_hours_off(
    slack: Sandbox, client: WebClient, care: Channel, hours: int
):
    off = timedelta(hours=hours)
    speaker = SlackSpeaker(client, drawn, clocks_differ=lambda: abs(off))
    sent = letter(care)
    sent = replace(sent, message=replace(sent.message, started_at=datetime.now(UTC) + off))
    lost(speaker, slack, sent)
    assert ts_of(speaker.find(sent)) == only(slack.messages("care-service")).ts


def test_of_several_copies_the_oldest_stays(slack: Sandbox, speaker: SlackSpeaker, care: Channel):
    sent = letter(care)
    for _ in range(3):
        lost(speaker, slack, sent)
    oldest = slack.messages("care-service")[0]
    assert ts_of(speaker.find(sent)) == oldest.ts
    assert slack.messages("care-service") == [oldest]


def test_a_copy_that_cannot_be_deleted_does_not_stop_the_search(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    sent = letter(care)
    lost(speaker, slack, sent)
    lost(speaker, slack, sent)
    slack.faults.add(method="chat.delete", kind="ok-false", error="cant_delete_message")
    assert ts_of(speaker.find(sent)) == slack.messages("care-service")[0].ts


def test_while_a_copy_could_not_be_removed_it_is_looked_for_again(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    sent = letter(care)
    lost(speaker, slack, sent)
    lost(speaker, slack, sent)
    slack.faults.add(method="chat.delete", kind="429", retry_after=2)
    assert isinstance(speaker.find(sent), NotExecuted)
    assert isinstance(speaker.find(sent), Delivered)
    assert len(slack.messages("care-service")) == 1


def test_a_forged_word_of_a_person_is_not_taken_for_ours(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    ann = slack.person("ann")
    slack.join(ann, "care-service")
    ann.say("care-service", "card:1042:service")
    assert speaker.find(letter(care)) is None


def test_a_message_is_found_behind_two_pages_of_others(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel, client: WebClient
):
    sent = letter(care)
    lost(speaker, slack, sent)
    for _ in range(401):
        client.chat_postMessage(channel=care.id, text="busy")
    assert isinstance(speaker.find(sent), Delivered)


def test_a_search_without_an_end_is_no_proof_that_nothing_is_there(
    care: Channel, client: WebClient
):
    speaker = SlackSpeaker(client, drawn, pages=1)
    for _ in range(201):
        client.chat_postMessage(channel=care.id, text="busy")
    assert isinstance(speaker.find(letter(care)), Unknown)


@pytest.mark.parametrize("fault", ["429", "500", "drop", "html"])
def test_who_could_not_look_does_not_say_that_nothing_is_there(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel, fault: str
):
    slack.faults.add(method="conversations.history", kind=fault)
    assert isinstance(speaker.find(letter(care)), NotExecuted | Unknown)


def test_what_was_said_before_the_attempt_is_not_looked_through(
    slack: Sandbox, speaker: SlackSpeaker, care: Channel
):
    sent = letter(care)
    lost(speaker, slack, sent)
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert speaker.find(replace(sent, message=replace(sent.message, started_at=later))) is None
