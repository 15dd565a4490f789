"""conversations.*: which channels there are, what was said in them, page by page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from slack_sandbox.history import History
from slack_sandbox.state import Message


def texts(answer):
    return [one["text"] for one in answer["messages"]]


def test_the_list_has_public_channels_and_own_private_ones(slack, client):
    slack.channel("open", private=False, bot=False)
    slack.channel("ours")
    slack.channel("theirs", bot=False)
    slack.channel("closed")
    slack.archive("closed")

    kinds = "public_channel,private_channel"
    listed = client.conversations_list(types=kinds, exclude_archived=True)["channels"]
    joined = client.users_conversations(types=kinds)["channels"]

    assert [one["name"] for one in listed] == ["open", "ours"]
    assert [one["name"] for one in joined] == ["ours", "closed"]


def test_a_list_is_paged_by_a_cursor_that_fits_its_own_method_only(slack, client):
    for number in range(5):
        slack.channel(f"c{number}", private=False)

    first = client.conversations_list(limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_list(limit=3, cursor=cursor)

    names = [one["name"] for page in (first, second) for one in page["channels"]]
    assert names == ["c0", "c1", "c2", "c3", "c4"]
    assert second["response_metadata"]["next_cursor"] == ""
    for wrong in (cursor, "zz"):
        with pytest.raises(SlackApiError, match="invalid_cursor"):
            client.users_list(cursor=wrong)


def test_info_and_members_tell_of_a_channel_the_bot_may_see(slack, client, care, ann):
    slack.channel("secret", bot=False)

    info = client.conversations_info(channel=care.id, include_num_members=True)["channel"]
    members = client.conversations_members(channel=care.id)["members"]

    assert (info["name"], info["is_private"], info["num_members"]) == ("care", True, 2)
    assert members == [slack.bot_user_id, ann.id]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_info(channel=slack.channel("secret", bot=False).id)


def test_history_goes_from_the_newest_back_and_leaves_replies_out(client, care):
    stamps = [
        client.chat_postMessage(channel=care.id, text=f"m{number}")["ts"] for number in range(5)
    ]
    client.chat_postMessage(channel=care.id, text="reply", thread_ts=stamps[0])

    first = client.conversations_history(channel=care.id, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=care.id, limit=3, cursor=cursor)
    since = client.conversations_history(channel=care.id, oldest=stamps[3])
    with_it = client.conversations_history(channel=care.id, oldest=stamps[3], inclusive=True)

    assert texts(first) == ["m4", "m3", "m2"]
    assert first["has_more"]
    assert texts(rest)[:2] == ["m1", "m0"]
    assert texts(since) == ["m4"]
    assert texts(with_it) == ["m4", "m3"]


def test_history_shows_metadata_only_when_asked(client, care):
    key = {"event_type": "card", "event_payload": {"key": "k1"}}
    client.chat_postMessage(channel=care.id, text="card", metadata=key)

    plain = client.conversations_history(channel=care.id)["messages"][0]
    full = client.conversations_history(channel=care.id, include_all_metadata=True)["messages"][0]

    assert "metadata" not in plain
    assert full["metadata"] == key


def test_a_thread_begins_with_its_parent_and_goes_forward(client, care):
    parent = client.chat_postMessage(channel=care.id, text="parent")["ts"]
    for number in range(4):
        client.chat_postMessage(channel=care.id, text=f"r{number}", thread_ts=parent)

    first = client.conversations_replies(channel=care.id, ts=parent, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_replies(channel=care.id, ts=parent, limit=3, cursor=cursor)

    assert texts(first) == ["parent", "r0", "r1", "r2"]
    assert texts(rest) == ["r3"]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.conversations_replies(channel=care.id, ts="1.000001")


def test_reading_needs_membership_and_sensible_bounds(slack, client, care):
    public = slack.channel("public", private=False, bot=False)

    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.conversations_history(channel=public.id)
    with pytest.raises(SlackApiError, match="invalid_ts_oldest"):
        client.conversations_history(channel=care.id, oldest="yesterday")
    with pytest.raises(SlackApiError, match="invalid_limit"):
        client.conversations_history(channel=care.id, limit=-1)
    with pytest.raises(SlackApiError, match="invalid_types"):
        client.conversations_list(types="secret")


def said(number, thread=None):
    thread_ts = f"{thread:010d}.000000" if thread is not None else None
    return Message("C1", f"{number:010d}.000000", "U1", "x", thread_ts=thread_ts)


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(1, 60), max_size=30), st.integers(0, 61), st.integers(1, 40))
def test_a_page_of_history_is_the_newest_of_what_a_scan_would_find(numbers, before, limit):
    history: History[Message] = History()
    for number in sorted(numbers):
        history.add(said(number))
    for number in sorted(numbers)[::3]:
        history.remove(said(number))
    bound = said(before).ts

    page = history.newest_roots(after="", before=bound, inclusive=False, limit=limit)

    scanned = [one.ts for one in history if one.ts < bound]
    assert [one.ts for one in page] == scanned[::-1][:limit]
