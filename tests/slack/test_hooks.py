"""A click's own way back: five times, half an hour, to Slack's own host and to no other."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.effects import Kind
from bot.domain.ids import ChannelId
from bot.domain.outbox import Delivered, NotExecuted
from bot.domain.ports import Letter
from bot.slack.budget import Budget
from bot.slack.hooks import KEPT_FOR, MOST, SlackHooks
from bot.slack.speaker import SlackSpeaker
from bot.slack.voice import LEFT_TO_CLICKS, LOOKED_AT_AGAIN, Voice
from bot.views.drawn import Drawn
from slack_sandbox import Channel, Person, Sandbox
from tests.slack.letters import drawn, letter, only, ts_of

UPDATES_AT_ONCE = 3


class Story:
    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def hooks(slack: Sandbox, story: Story) -> SlackHooks:
    return SlackHooks(slack.api_url, drawn, story.now)


@pytest.fixture
def ann(slack: Sandbox) -> Person:
    return slack.person("ann")


@pytest.fixture
def card(speaker: SlackSpeaker, care: Channel) -> Letter:
    return letter(care, "claimed by Ann", ts=ts_of(speaker.post(letter(care))))


def clicked(slack: Sandbox, hooks: SlackHooks, card: Letter, by: Person) -> str:
    """The address that comes with a click on that message."""
    issued = slack.workspace.response_urls.issue(
        "actions", by.id, card.channel, card.message.ts, is_ephemeral=False
    )
    url = f"{slack.url}/hooks/{issued.path}"
    hooks.keep(card.channel, str(card.message.ts), url)
    return url


def test_the_clicked_message_is_changed_and_stays_what_it_was(
    slack: Sandbox, hooks: SlackHooks, card: Letter, ann: Person
):
    [before] = slack.messages("care-service")
    clicked(slack, hooks, card, ann)
    assert hooks.update(card) == Delivered(str(card.message.ts), card.channel)
    after = only(slack.messages("care-service"))
    assert after.text == "New: claimed by Ann"
    assert (after.ts, after.metadata, after.thread_ts) == (before.ts, before.metadata, None)


def test_who_was_paused_on_the_way_changes_nothing(
    slack: Sandbox, story: Story, card: Letter, ann: Person
):
    def drawn_slowly(kind: Kind, content: object) -> Drawn:
        story.time += timedelta(minutes=1)
        return drawn(kind, content)

    hooks = SlackHooks(slack.api_url, drawn_slowly, story.now)
    clicked(slack, hooks, card, ann)
    assert isinstance(hooks.update(card), NotExecuted)
    assert only(slack.messages("care-service")).text == "New: stuck at gate B12"


def test_a_card_in_a_thread_stays_in_it(
    slack: Sandbox, speaker: SlackSpeaker, hooks: SlackHooks, care: Channel, ann: Person
):
    top = ts_of(speaker.post(letter(care, key="digest:1")))
    below = letter(care, "changed", ts=ts_of(speaker.post(letter(care, thread=top))))
    clicked(slack, hooks, below, ann)
    hooks.update(below)
    message = only([one for one in slack.messages("care-service", top) if one.ts != top])
    assert (message.text, message.thread_ts) == ("New: changed", top)


def test_five_times_and_then_it_takes_the_usual_way(
    slack: Sandbox, hooks: SlackHooks, card: Letter, ann: Person
):
    clicked(slack, hooks, card, ann)
    answers = [hooks.update(card) for _ in range(6)]
    assert all(isinstance(answer, Delivered) for answer in answers[:5])
    assert answers[5] == NotExecuted("no_hook", wait=timedelta())
    assert hooks.spots() == set()


def test_one_that_slack_takes_no_more_is_forgotten(
    slack: Sandbox, hooks: SlackHooks, card: Letter, ann: Person
):
    url = clicked(slack, hooks, card, ann)
    path = url.partition("/hooks/")[2]
    for _ in range(5):
        slack.workspace.response_urls.redeem(path)
    assert hooks.update(card) == NotExecuted("hook_404", wait=timedelta())
    assert hooks.spots() == set()


def test_nobody_there_is_as_good_as_a_no(story: Story, card: Letter):
    hooks = SlackHooks("http://127.0.0.1:9/api/", drawn, story.now)
    hooks.keep(card.channel, str(card.message.ts), "http://127.0.0.1:9/hooks/actions/1")
    assert hooks.update(card) == NotExecuted("hook_0", wait=timedelta())


def test_it_is_kept_for_half_an_hour_at_most(
    slack: Sandbox, hooks: SlackHooks, card: Letter, ann: Person, story: Story
):
    clicked(slack, hooks, card, ann)
    story.time += KEPT_FOR
    assert hooks.spots() == set()
    assert not hooks.has(card)
    assert hooks.update(card) == NotExecuted("no_hook", wait=timedelta())


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com.evil.example/actions/1",
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com:8443/actions/1",
        "https://evil.example/hooks/1",
        "http://127.0.0.1:1/hooks/1",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://[broken",
        "",
    ],
)
def test_no_other_host_is_ever_written_to(hooks: SlackHooks, card: Letter, url: str):
    hooks.keep(card.channel, str(card.message.ts), url)
    assert hooks.spots() == set()


def test_slacks_own_host_is(hooks: SlackHooks, card: Letter):
    hooks.keep(card.channel, str(card.message.ts), "https://hooks.slack.com/actions/T1/2/x")
    assert hooks.has(card)


def test_the_address_stands_in_no_log(
    slack: Sandbox, hooks: SlackHooks, card: Letter, ann: Person, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    url = clicked(slack, hooks, card, ann)
    slack.workspace.response_urls._issued.clear()
    hooks.update(card)
    path = url.partition("/hooks/")[2]
    ours = [one for one in caplog.records if one.name.startswith("bot.")]
    assert ours
    assert all(path not in str(one.__dict__) for one in ours)


def test_only_so_many_are_kept(hooks: SlackHooks, slack: Sandbox, care: Channel):
    for number in range(MOST + 10):
        hooks.keep(ChannelId(care.id), f"{number}.0", f"{slack.url}/hooks/actions/{number}")
    assert len(hooks.spots()) == MOST


def test_the_voice_leaves_a_fresh_change_to_its_click(
    slack: Sandbox, speaker: SlackSpeaker, hooks: SlackHooks, card: Letter, ann: Person
):
    voice = Voice(speaker, Budget(1), lambda: card.message.due_at, hooks)
    clicked(slack, hooks, card, ann)
    assert voice.wait(card, card.message.due_at) == LOOKED_AT_AGAIN
    assert voice.wait(card, card.message.due_at + LEFT_TO_CLICKS) is None
