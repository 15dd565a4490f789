"""What the app may reach: each kind of conversation by its scope, no private one from outside."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Sandbox


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as refusal:
        call(**arguments)
    return refusal.value.response


@pytest.fixture
def removed(slack, client, care, ann):
    """The private channel the bot was in, until somebody removed it."""
    card = client.chat_postMessage(channel=care.id, text="card")["ts"]
    client.conversations_leave(channel=care.id)
    return {"channel": care.id, "ts": card}


def test_a_private_channel_that_the_bot_was_removed_from_is_not_found(client, removed, ann):
    place = {"channel": removed["channel"]}

    answers = [
        refused(client.chat_postMessage, **place, text="x"),
        refused(client.chat_postEphemeral, **place, text="x", user=ann.id),
        refused(client.chat_update, **removed, text="x"),
        refused(client.chat_delete, **removed),
        refused(client.chat_getPermalink, **place, message_ts=removed["ts"]),
        refused(client.conversations_history, **place),
        refused(client.conversations_replies, **removed),
        refused(client.conversations_info, **place),
        refused(client.conversations_members, **place),
        refused(client.conversations_invite, **place, users=[ann.id]),
        refused(client.conversations_setTopic, **place, topic="x"),
        refused(client.conversations_leave, **place),
        refused(client.pins_add, **place, timestamp=removed["ts"]),
        refused(client.reactions_add, **place, timestamp=removed["ts"], name="eyes"),
    ]

    assert {answer["error"] for answer in answers} == {"channel_not_found"}


def test_an_archived_channels_messages_cannot_be_changed(slack, client, care):
    card = client.chat_postMessage(channel=care.id, text="card")["ts"]
    slack.archive("care")

    assert refused(client.chat_update, channel=care.id, ts=card, text="x")["error"] == "is_inactive"


@pytest.mark.parametrize(
    ("lost", "call", "arguments"),
    [
        ("groups:read", "conversations.info", {"channel": "care"}),
        ("groups:read", "conversations.members", {"channel": "care"}),
        ("groups:history", "conversations.history", {"channel": "care"}),
        ("groups:history", "conversations.replies", {"channel": "care", "ts": "1.000001"}),
        ("groups:read", "conversations.list", {"types": "public_channel,private_channel"}),
        ("groups:read", "users.conversations", {"types": "private_channel"}),
        ("channels:read", "conversations.info", {"channel": "public"}),
        ("channels:read", "conversations.list", {}),
        ("im:history", "conversations.history", {"channel": "direct"}),
        ("im:read", "conversations.list", {"types": "im"}),
    ],
)
def test_each_kind_of_conversation_has_a_scope_of_its_own(
    slack, client, care, ann, lost, call, arguments
):
    places = {
        "care": care.id,
        "public": slack.channel("public", private=False).id,
        "direct": client.conversations_open(users=[ann.id])["channel"]["id"],
    }
    if "channel" in arguments:
        arguments = arguments | {"channel": places[arguments["channel"]]}
    slack.remove_scope(lost)

    answer = refused(client.api_call, api_method=call, params=arguments)

    assert (answer["error"], answer["needed"]) == ("missing_scope", lost)
    assert lost not in answer["provided"].split(",")


@pytest.mark.parametrize(
    ("left", "call", "arguments", "needed"),
    [
        ("channels:manage", "conversations.create", {"name": "x", "is_private": True}, "groups:"),
        ("groups:write", "conversations.create", {"name": "x"}, "channels:"),
        ("channels:manage", "conversations.setTopic", {"channel": "care", "topic": "x"}, "groups:"),
        ("channels:manage", "conversations.archive", {"channel": "care"}, "groups:"),
        ("groups:write", "conversations.open", {"users": "ann"}, "im:"),
    ],
)
def test_acting_in_a_conversation_needs_the_scope_of_its_kind(
    slack, client, care, ann, left, call, arguments, needed
):
    slack.workspace.manifest.scopes = {left, "groups:read"}
    arguments = arguments | {
        name: {"care": care.id, "ann": ann.id}.get(value, value)
        for name, value in arguments.items()
    }

    answer = refused(client.api_call, api_method=call, params=arguments)

    assert answer["error"] == "missing_scope"
    assert all(one.startswith(needed) for one in answer["needed"].split(","))


def test_an_event_comes_only_with_the_scope_for_its_place(slack, care, ann):
    heard = slack.workspace.manifest.hears
    said = {"type": "message", "channel_type": "group"}
    came = {"type": "member_joined_channel", "channel_type": "G"}
    assert heard(said)
    assert heard(came)

    slack.remove_scope("groups:history")
    slack.remove_scope("groups:read")

    assert not heard(said)
    assert not heard(came)
    assert not heard({"type": "group_rename"})
    assert heard({"type": "channel_rename"})
    assert heard({"type": "message", "channel_type": "channel"})


def test_the_address_of_a_person_needs_a_scope_of_its_own():
    scopes = ["users:read"]
    with Sandbox.start(manifest={"oauth_config": {"scopes": {"bot": scopes}}}) as slack:
        client = WebClient(slack.bot_token, slack.api_url)
        ann = slack.person("ann", email="ann@example.com")

        assert "email" not in client.users_info(user=ann.id)["user"]["profile"]
        assert "email" not in client.users_list()["members"][1]["profile"]
        assert refused(client.users_lookupByEmail, email="ann@example.com")["needed"] == (
            "users:read.email"
        )
