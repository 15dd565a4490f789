"""Events: what the app is told, when, how often, and what a manifest leaves out."""

import pytest

from slack_sandbox import Sandbox


@pytest.fixture
def heard(app):
    """Every event that arrives, acknowledged."""
    events = []

    @app.event({"type": "message", "subtype": None})
    def message(event):
        events.append(event)

    for kind in ("message_changed", "message_deleted"):

        @app.event({"type": "message", "subtype": kind})
        def changed(event):
            events.append(event)

    for kind in (
        *("app_mention", "member_joined_channel", "member_left_channel", "team_join"),
        *("channel_archive", "channel_unarchive", "channel_rename", "channel_created"),
        *("group_archive", "group_rename", "user_change", "reaction_added", "tokens_revoked"),
        *("channel_left", "group_left", "group_deleted", "subteam_created"),
    ):

        @app.event(kind)
        def other(event):
            events.append(event)

    return events


def kinds(heard):
    return [event.get("subtype") or event["type"] for event in heard]


def test_a_message_in_a_thread_arrives_with_its_parent(slack, client, care, ann, heard, connect):
    connect()
    parent = client.chat_postMessage(channel=care.id, text="card")["ts"]
    ann.say("care", "Printer on 4 is down & smoking", thread=parent)

    event = slack.wait(lambda: heard[0] if heard else None, what="the message")

    assert event["text"] == "Printer on 4 is down &amp; smoking"
    assert (event["thread_ts"], event["parent_user_id"]) == (parent, slack.bot_user_id)
    assert event["channel_type"] == "group"
    pieces = event["blocks"][0]["elements"][0]["elements"]
    assert pieces == [{"type": "text", "text": "Printer on 4 is down & smoking"}]


def test_a_mention_is_told_twice_with_the_same_stamp(slack, care, ann, heard, connect):
    connect()
    ann.mention("claim", channel="care")

    slack.wait(lambda: len(heard) == 2, what="both events")

    assert sorted(kinds(heard)) == ["app_mention", "message"]
    assert heard[0]["ts"] == heard[1]["ts"]
    assert heard[0]["text"] == f"<@{slack.bot_user_id}> claim"


def test_edits_and_deletions_tell_what_was_before(slack, client, care, heard, connect):
    connect()
    ts = client.chat_postMessage(channel=care.id, text="old")["ts"]
    client.chat_update(channel=care.id, ts=ts, text="new")
    client.chat_delete(channel=care.id, ts=ts)
    slack.wait(lambda: slack.messages("care") == [])

    own = [one for one in slack.violations if one.kind == "unacknowledged_event"]
    assert own == []


def test_coming_and_going_naming_and_closing_are_told(slack, care, ann, heard, connect):
    connect()
    ben = slack.person("ben")
    slack.join(ben, "care")
    slack.leave(ben, "care")
    slack.change(ben, title="Lead")
    slack.rename("care", "care-service")
    slack.archive("care-service")
    slack.delete_channel("care-service")
    slack.deactivate(ann)

    expected = {
        *("team_join", "member_joined_channel", "member_left_channel"),
        *("group_rename", "group_archive", "group_deleted", "user_change"),
    }
    slack.wait(lambda: expected <= set(kinds(heard)), what="all of it")


def test_the_bot_hears_only_of_where_it_is(slack, ann, heard, connect):
    slack.channel("secret", members=[ann], bot=False)
    slack.channel("open", members=[ann], private=False, bot=False)
    slack.channel("care", members=[ann])
    connect()
    ann.say("secret", "hidden")
    ann.say("open", "aside")
    slack.archive("open")
    ann.say("care", "seen")

    slack.wait(lambda: len(heard) == 2)

    assert sorted(kinds(heard)) == ["channel_archive", "message"]


def test_only_subscribed_events_are_sent():
    bot_events = ["message.groups", "app_mention"]
    scopes = ["groups:history", "channels:history", "app_mentions:read", "reactions:read"]
    manifest = {
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": bot_events}},
    }
    with Sandbox.start(manifest=manifest) as slack:
        hears = slack.workspace.manifest.hears

        assert hears({"type": "message", "channel_type": "group"})
        assert not hears({"type": "message", "channel_type": "channel"})
        assert not hears({"type": "reaction_added"})
        assert hears({"type": "tokens_revoked"})


@pytest.mark.parametrize("ack_seconds", [0.3])
def test_an_unacknowledged_event_comes_again_with_its_number(slack, care, ann, app, connect):
    tries = []

    @app.middleware
    def fails_twice(req, next):
        tries.append((req.headers["x-slack-retry-num"][0], req.body["event_id"]))
        if len(tries) < 3:
            raise RuntimeError("not stored")
        next()

    @app.event("message")
    def message():
        pass

    connect()
    ann.say("care", "hello")
    slack.wait(lambda: len(tries) == 3, what="the third try")

    assert [number for number, _ in tries] == ["0", "1", "2"]
    assert len({event_id for _, event_id in tries}) == 1


@pytest.mark.parametrize("ack_seconds", [0.3])
def test_an_event_that_is_never_acknowledged_is_given_up_and_noted(slack, care, ann, connect):
    connect()
    ann.say("care", "hello")

    slack.wait(lambda: slack.violations, what="the last try")

    assert [(one.kind, one.detail) for one in slack.violations] == [
        ("unacknowledged_event", "message")
    ]
