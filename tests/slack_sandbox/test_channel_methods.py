"""conversations.*: channels are made, filled, named and closed."""

import pytest
from slack_sdk.errors import SlackApiError


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as refusal:
        call(**arguments)
    return refusal.value.response["error"]


def test_an_incident_channel_is_made_named_filled_and_closed(slack, client, ann):
    made = client.conversations_create(name="inc-2026-ash", is_private=True)["channel"]
    client.conversations_invite(channel=made["id"], users=[ann.id])
    client.conversations_setTopic(channel=made["id"], topic="Ash over Europe")
    client.conversations_setPurpose(channel=made["id"], purpose="One voice")
    client.conversations_rename(channel=made["id"], name="inc-2026-ash-cloud")
    client.conversations_archive(channel=made["id"])

    channel = client.conversations_info(channel=made["id"])["channel"]
    assert channel["name"] == "inc-2026-ash-cloud"
    assert channel["topic"]["value"] == "Ash over Europe"
    assert channel["is_archived"]
    assert client.conversations_members(channel=made["id"])["members"] == [
        slack.bot_user_id,
        ann.id,
    ]
    client.conversations_unarchive(channel=made["id"])
    assert refused(client.conversations_unarchive, channel=made["id"]) == "not_archived"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("care", "name_taken"),
        ("Upper", "invalid_name_specials"),
        ("with space", "invalid_name_specials"),
        ("--", "invalid_name_punctuation"),
        ("x" * 81, "invalid_name_maxlength"),
        ("", "invalid_arguments"),
    ],
)
def test_a_name_slack_would_refuse_is_refused(client, care, name, error):
    assert refused(client.conversations_create, name=name) == error


def test_a_channel_that_somebody_else_made_is_not_the_bots_to_rename(client, care):
    assert refused(client.conversations_rename, channel=care.id, name="mine") == "not_authorized"


def test_an_archived_channel_keeps_its_name(slack, client, care):
    slack.archive("care")

    assert refused(client.conversations_create, name="care") == "name_taken"
    assert refused(client.conversations_archive, channel=care.id) == "already_archived"
    assert refused(client.conversations_setTopic, channel=care.id, topic="x") == "is_archived"


def test_an_invitation_names_everybody_it_refuses(slack, client, care, ann):
    ben = slack.person("ben")

    with pytest.raises(SlackApiError) as refusal:
        client.conversations_invite(channel=care.id, users=[ann.id, "U404", ben.id])
    forced = client.conversations_invite(channel=care.id, users=["U404", ben.id], force=True)

    errors = {one["user"]: one["error"] for one in refusal.value.response["errors"]}
    assert errors == {ann.id: "already_in_channel", "U404": "user_not_found"}
    assert forced["ok"]
    assert ben.id in slack.channel("care").members
    assert refused(client.conversations_invite, channel=care.id, users=[slack.bot_user_id]) == (
        "cant_invite_self"
    )


def test_the_bot_joins_public_channels_only_and_leaves_them(slack, client, care):
    public = slack.channel("public", private=False, bot=False)

    client.conversations_join(channel=public.id)
    assert client.conversations_join(channel=public.id)["warning"] == "already_in_channel"
    client.conversations_leave(channel=public.id)

    assert client.conversations_leave(channel=public.id)["not_in_channel"]
    assert refused(client.conversations_join, channel=care.id) == (
        "method_not_supported_for_channel_type"
    )


def test_people_are_removed_but_never_the_bot_by_itself(slack, client, care, ann):
    assert refused(client.conversations_kick, channel=care.id, user=slack.bot_user_id) == (
        "cant_kick_self"
    )
    client.conversations_kick(channel=care.id, user=ann.id)

    assert refused(client.conversations_kick, channel=care.id, user=ann.id) == "not_in_channel"


def test_a_direct_conversation_opens_once_for_each_person(slack, client, ann):
    first = client.conversations_open(users=[ann.id])["channel"]["id"]
    again = client.conversations_open(users=[ann.id], return_im=True)["channel"]

    assert (again["id"], again["user"]) == (first, ann.id)
    assert refused(client.conversations_open, users=["U404"]) == "user_not_found"
    assert refused(client.conversations_open, users=[]) == "users_list_not_supplied"
    slack.deactivate(ann)
    assert refused(client.conversations_open, users=[ann.id]) == "user_disabled"


def test_a_topic_has_two_hundred_and_fifty_characters(client, care):
    assert refused(client.conversations_setTopic, channel=care.id, topic="x" * 251) == "too_long"
    client.conversations_mark(channel=care.id, ts="1.000001")
