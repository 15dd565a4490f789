"""Refusals that are seen seldom, each by its own code."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Sandbox, membership
from slack_sandbox.errors import SlackError


def refusal(client, method, arguments):
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=arguments)
    return refused.value.response["error"]


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("conversations.archive", {"channel": "general"}, "cant_archive_general"),
        ("conversations.leave", {"channel": "general"}, "cant_leave_general"),
        (
            "conversations.kick",
            {"channel": "general", "user": "ann"},
            "cant_kick_from_general",
        ),
        ("conversations.history", {"channel": "general", "latest": "soon"}, "invalid_ts_latest"),
        ("conversations.invite", {"channel": "general", "users": ["U1"] * 101}, "too_many_users"),
        (
            "chat.postMessage",
            {"channel": "general", "text": "x", "attachments": "{"},
            "invalid_attachments",
        ),
        (
            "chat.postMessage",
            {
                "channel": "general",
                "text": "x",
                "metadata": {"event_type": "card", "event_payload": {"key": "x" * 9000}},
            },
            "metadata_too_large",
        ),
        (
            "files.getUploadURLExternal",
            {"filename": "a.png", "length": 1, "alt_txt": "x" * 1001},
            "alt_txt_too_large",
        ),
        (
            "bookmarks.add",
            {"channel_id": "general", "title": "x", "type": "folder"},
            "invalid_bookmark_type",
        ),
    ],
)
def test_each_has_its_own_code(slack, client, ann, method, arguments, code):
    ids = {"general": slack.channel("general", members=[ann], private=False).id, "ann": ann.id}
    known = {
        name: ids.get(value, value) if isinstance(value, str) else value
        for name, value in arguments.items()
    }

    assert refusal(client, method, known) == code


def test_a_channel_needs_a_name(slack):
    with pytest.raises(SlackError, match="invalid_name_required"):
        membership.create_channel(slack.workspace, "", is_private=True, creator="")


def test_a_channel_has_a_hundred_of_each(client, care):
    link = {"channel_id": care.id, "title": "x", "type": "link", "link": "https://example.com"}
    stamps = [client.chat_postMessage(channel=care.id, text="x")["ts"] for _ in range(101)]
    for ts in stamps[:100]:
        client.pins_add(channel=care.id, timestamp=ts)
        client.bookmarks_add(**link)

    pin = {"channel": care.id, "timestamp": stamps[100]}
    assert refusal(client, "pins.add", pin) == "too_many_pins"
    assert refusal(client, "bookmarks.add", link) == "too_many_bookmarks"


def test_too_many_calls_are_told_to_wait():
    with Sandbox.start(rate_limits=True, clock=lambda: 1000.0) as slack:
        client = WebClient(slack.bot_token, slack.api_url)
        for _ in range(20):
            client.users_list()

        with pytest.raises(SlackApiError) as refused:
            client.users_list()

    assert refused.value.response["error"] == "ratelimited"
    assert refused.value.response.status_code == 429
