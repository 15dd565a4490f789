"""chat.*: what the bot says, as Slack's own client says it."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Channel, Person, Sandbox
from tests.slack_sandbox.kit import actions, button, section


def test_a_message_stands_in_the_channel_with_ids_for_its_blocks(slack, client, care):
    answer = client.chat_postMessage(channel=care.id, text="#1042", blocks=[section("hello")])

    message = slack.find("hello", channel="care")
    assert answer["ts"] == message.ts
    assert answer["message"]["blocks"][0]["block_id"] == message.blocks[0]["block_id"]
    assert message.user == slack.bot_user_id


def test_stamps_rise_although_the_clock_stands_still():
    with Sandbox.start(clock=lambda: 1000.0) as slack:
        client = WebClient(slack.bot_token, slack.api_url)
        care = slack.channel("care")
        stamps = [client.chat_postMessage(channel=care.id, text=f"{n}")["ts"] for n in range(3)]

    assert stamps == sorted(set(stamps))


def test_a_channel_may_be_named_and_a_person_is_reached_directly(slack, client, care, ann):
    client.chat_postMessage(channel="#care", text="by name")
    client.chat_postMessage(channel=ann.id, text="to you")

    assert [one.text for one in slack.messages("care")] == ["by name"]
    assert [one.text for one in slack.direct_messages(ann)] == ["to you"]


def test_a_reply_counts_below_its_parent_and_stands_in_the_thread_only(slack, client, care):
    parent = client.chat_postMessage(channel=care.id, text="card")["ts"]
    reply = client.chat_postMessage(channel=care.id, text="first", thread_ts=parent)["ts"]
    client.chat_postMessage(channel=care.id, text="second", thread_ts=reply)

    assert [one.text for one in slack.messages("care", thread=parent)] == ["first", "second"]
    assert slack.find("card").reply_count == 2


def test_a_reply_may_be_said_aloud_in_the_channel(slack, client, care):
    parent = client.chat_postMessage(channel=care.id, text="card")["ts"]
    loud = client.chat_postMessage(
        channel=care.id, text="late", thread_ts=parent, reply_broadcast=True
    )["ts"]

    assert [one.text for one in slack.messages("care")] == ["card", "late"]
    assert [one.text for one in slack.messages("care", thread=parent)] == ["late"]
    newest = client.conversations_history(channel=care.id, limit=1)["messages"][0]
    assert (newest["subtype"], newest["thread_ts"]) == ("thread_broadcast", parent)
    client.chat_update(channel=care.id, ts=loud, text="in time")
    assert [one.text for one in slack.messages("care")] == ["card", "in time"]
    client.chat_delete(channel=care.id, ts=loud)
    assert [one.text for one in slack.messages("care")] == ["card"]
    assert slack.messages("care", thread=parent) == []


def test_an_update_keeps_what_is_not_sent_and_an_empty_list_removes_blocks(slack, client, care):
    key = {"event_type": "card", "event_payload": {"key": "k1"}}
    ts = client.chat_postMessage(
        channel=care.id, text="old", blocks=[section("body")], metadata=key
    )["ts"]

    client.chat_update(channel=care.id, ts=ts, text="new")
    kept = slack.find("new")
    client.chat_update(channel=care.id, ts=ts, text="bare", blocks=[], metadata={})
    bare = slack.find("bare")

    assert (kept.metadata, len(kept.blocks)) == (key, 1)
    assert (bare.metadata, bare.blocks) == (None, [])
    assert bare.edited


def test_a_deleted_message_is_gone_and_one_with_replies_leaves_a_stone(slack, client, care):
    alone = client.chat_postMessage(channel=care.id, text="alone")["ts"]
    parent = client.chat_postMessage(channel=care.id, text="parent")["ts"]
    client.chat_postMessage(channel=care.id, text="reply", thread_ts=parent)

    client.chat_delete(channel=care.id, ts=alone)
    client.chat_delete(channel=care.id, ts=parent)

    assert slack.messages("care") == []
    assert [one.text for one in slack.messages("care", thread=parent)] == ["reply"]
    history = client.conversations_history(channel=care.id)["messages"]
    assert [one["subtype"] for one in history] == ["tombstone", "group_join", "group_join"]


def test_an_ephemeral_message_is_seen_by_one_person_only(slack, client, care, ann):
    client.chat_postEphemeral(channel=care.id, user=ann.id, text="only you")

    assert [one.text for one in slack.ephemerals(ann)] == ["only you"]
    assert slack.messages("care") == []


def test_a_permalink_leads_to_the_message_and_its_thread(slack, client, care):
    ts = client.chat_postMessage(channel=care.id, text="card")["ts"]
    reply = client.chat_postMessage(channel=care.id, text="r", thread_ts=ts)["ts"]

    link = client.chat_getPermalink(channel=care.id, message_ts=reply)["permalink"]

    place = f"{slack.url}/archives/{care.id}/p{reply.replace('.', '')}"
    assert link == f"{place}?thread_ts={ts}&cid={care.id}"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "care"}, "no_text"),
        ("chat.postMessage", {"channel": "old", "text": "x"}, "is_archived"),
        ("chat.postMessage", {"channel": "public", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "secret", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "left", "text": "x"}, "channel_not_found"),
        (
            "chat.postMessage",
            {"channel": "care", "text": "x", "thread_ts": "1.000001"},
            "cannot_reply_to_message",
        ),
        ("chat.postMessage", {"channel": "care", "blocks": "nonsense"}, "invalid_blocks_format"),
        (
            "chat.postMessage",
            {"channel": "care", "text": "x", "metadata": {"event_type": "t"}},
            "invalid_metadata_format",
        ),
        (
            "chat.postMessage",
            {"channel": "care", "text": "x", "markdown_text": "y"},
            "markdown_text_conflict",
        ),
        (
            "chat.postMessage",
            {"channel": "care", "text": "x", "attachments": [{}] * 101},
            "too_many_attachments",
        ),
        (
            "chat.postEphemeral",
            {"channel": "care", "text": "x", "user": "U1"},
            "user_not_in_channel",
        ),
        ("chat.update", {"channel": "care", "ts": "1.0", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ],
)
def test_what_slack_refuses_is_refused(slack, client, method, arguments, error):
    slack.channel("care")
    slack.channel("old")
    slack.archive("old")
    slack.channel("public", private=False, bot=False)
    slack.channel("secret", bot=False)
    left = slack.channel("left")
    client.conversations_leave(channel=left.id)

    with pytest.raises(SlackApiError) as refusal:
        client.api_call(method, json=arguments)

    assert refusal.value.response["error"] == error


def test_only_own_messages_of_a_few_thousand_characters_are_changed(slack, client, care, ann):
    of_ann = ann.say("care", "mine")
    own = client.chat_postMessage(channel=care.id, text="own")["ts"]

    for ts, text, error in [
        (of_ann.ts, "x", "cant_update_message"),
        ("1.000001", "x", "message_not_found"),
        (own, "x" * 4001, "msg_too_long"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            client.chat_update(channel=care.id, ts=ts, text=text)
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel=care.id, ts=of_ann.ts)


def test_a_text_over_forty_thousand_characters_is_cut(slack, client, care):
    client.chat_postMessage(channel=care.id, text="x" * 40_001)

    assert len(slack.messages("care")[0].text) == 40_000


def test_a_left_public_channel_can_be_written_to_with_the_scope(slack, client):
    slack.channel("public", private=False, bot=False)
    slack.workspace.manifest.scopes.add("chat:write.public")

    client.chat_postMessage(channel="public", text="hello")

    assert slack.find("hello").channel_id == slack.channel("public", bot=False).id


def test_carelessness_that_slack_lets_pass_is_noted(slack, client, care):
    nameless = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    client.api_call("chat.postMessage", json={"channel": care.id, "blocks": [actions(nameless)]})
    client.api_call("chat.postMessage", json={"channel": care.id, "text": "x", "colour": "red"})

    kinds = [(one.kind, one.call) for one in slack.violations]
    assert kinds == [
        ("blocks_without_text", "chat.postMessage"),
        ("missing_action_id", "chat.postMessage"),
        ("unknown_argument", "chat.postMessage"),
    ]


def test_the_same_arguments_may_come_as_a_form(slack: Sandbox, client: WebClient, care: Channel):
    blocks = '[{"type": "divider"}]'

    client.api_call("chat.postMessage", data={"channel": care.id, "text": "x", "blocks": blocks})

    assert slack.find("x").blocks[0]["type"] == "divider"


def test_a_person_deletes_and_reacts_and_the_bot_sees_it(slack, client, care, ann: Person):
    ts = client.chat_postMessage(channel=care.id, text="#1", blocks=[actions(button("a", "A"))])[
        "ts"
    ]
    ann.react(slack.find("#1"), "eyes")

    got = client.reactions_get(channel=care.id, timestamp=ts)["message"]["reactions"]
    slack.delete_message(slack.find("#1"))

    assert got == [{"name": "eyes", "users": [ann.id], "count": 1}]
    assert slack.messages("care") == []
