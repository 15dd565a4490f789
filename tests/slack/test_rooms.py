"""The channels of incidents, as Slack opens and furnishes them."""

import pytest
from slack_sdk import WebClient

from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.slack.directory import SlackDirectory
from bot.slack.rooms import SlackRooms
from slack_sandbox import Channel, Sandbox

NAME = "inc-2026-03-02-ash-cloud"


@pytest.fixture
def rooms(client: WebClient, directory: SlackDirectory) -> SlackRooms:
    return SlackRooms(client, directory)


def channel(slack: Sandbox, name: str = NAME) -> Channel:
    return next(one for one in slack.workspace.channels.values() if one.name == name)


def test_a_room_is_private_and_found_again_by_its_name(rooms: SlackRooms):
    made = rooms.create(NAME)
    assert made is not None
    assert (made.name, made.is_private, made.is_member) == (NAME, True, True)
    assert rooms.find(NAME) == made


def test_a_name_that_is_taken_makes_none(rooms: SlackRooms, slack: Sandbox):
    slack.channel(NAME, bot=False)
    assert rooms.create(NAME) is None
    assert rooms.find(NAME) is None


def test_a_room_that_somebody_else_made_or_shares_is_none_of_ours(
    rooms: SlackRooms, slack: Sandbox
):
    slack.channel("inc-2026-03-02-theirs")
    assert rooms.find("inc-2026-03-02-theirs") is None
    rooms.create(NAME)
    channel(slack).is_shared = True
    assert rooms.find(NAME) is None


def test_an_archived_channel_is_not_taken_over(rooms: SlackRooms, slack: Sandbox):
    rooms.create(NAME)
    slack.archive(NAME)
    assert rooms.find(NAME) is None
    assert rooms.create(NAME) is None


def test_who_can_be_is_let_in_and_who_cannot_is_told(rooms: SlackRooms, slack: Sandbox):
    ann, made = slack.person("ann"), rooms.create(NAME)
    assert made is not None
    refused = rooms.let_in(made.id, [MemberId(ann.id), MemberId("U0NOBODY")])
    assert refused == {"U0NOBODY": "user_not_found"}
    assert ann.id in channel(slack).members
    assert rooms.let_in(made.id, [MemberId(ann.id)]) == {}  # once more changes nothing


def test_topic_purpose_and_pin_may_be_set_again(
    rooms: SlackRooms, slack: Sandbox, client: WebClient
):
    made = rooms.create(NAME)
    assert made is not None
    ts = client.chat_postMessage(channel=made.id, text="facts")["ts"]
    for _ in range(2):
        rooms.describe(made.id, "SEV1 " + "x" * 300, "Ash cloud")
        rooms.pin(made.id, ts)
    assert channel(slack).topic.startswith("SEV1 xxx")
    assert channel(slack).purpose == "Ash cloud"
    assert list(channel(slack).pins) == [ts]


def test_only_what_changes_is_written_into_the_channel(rooms: SlackRooms, slack: Sandbox):
    made = rooms.create(NAME)
    assert made is not None
    for _ in range(2):
        rooms.describe(made.id, "SEV2 · open · Fog & ice", "Fog & ice")
    rooms.describe(made.id, "SEV1 · open · Fog & ice", "Fog & ice")
    bot = f"<@{slack.bot_user_id}>"
    assert [line.removeprefix(bot) for line in slack.lines(NAME)][1:] == [
        " set the channel topic: SEV2 · open · Fog &amp; ice",
        " set the channel description: Fog &amp; ice",
        " set the channel topic: SEV1 · open · Fog &amp; ice",
    ]


def test_words_are_read_in_the_channel_and_in_a_thread(
    rooms: SlackRooms, slack: Sandbox, care: Channel
):
    ann = slack.person("ann")
    slack.join(ann, "care-service")
    first = ann.say("care-service", "The runway is closed")
    below = ann.say("care-service", "Until noon", first)
    place = ChannelId(care.id)
    assert rooms.words_at(place, first.ts) == "The runway is closed"
    assert rooms.words_at(place, below.ts) == "Until noon"
    assert rooms.words_at(place, "1.000001") is None


def test_an_archived_room_says_so(rooms: SlackRooms, slack: Sandbox):
    made = rooms.create(NAME)
    assert made is not None
    slack.archive(NAME)
    with pytest.raises(SlackUnavailable, match="is_archived"):
        rooms.describe(made.id, "SEV1", "Ash cloud")
