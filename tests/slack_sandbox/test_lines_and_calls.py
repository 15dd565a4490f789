"""What Slack itself writes into a channel, and which mentions make a phone buzz."""

import pytest
from slack_sdk.errors import SlackApiError


@pytest.fixture
def heard(app, connect):
    """Who came, as far as the app hears of it by a line."""
    found = []

    @app.event({"type": "message", "subtype": "group_join"})
    def message(event):
        found.append(event)

    connect()
    return found


def test_every_change_of_a_channel_is_a_line_in_it(slack, client):
    made = client.conversations_create(name="care", is_private=True)["channel"]
    care = slack.channel(made["name"])
    client.conversations_setTopic(channel=care.id, topic="SEV1")
    client.conversations_setTopic(channel=care.id, topic="SEV1")
    client.conversations_setPurpose(channel=care.id, purpose="Ash cloud")
    card = client.chat_postMessage(channel=care.id, text="facts")["ts"]
    client.pins_add(channel=care.id, timestamp=card)
    ben = slack.person("ben")
    client.conversations_invite(channel=care.id, users=[ben.id])
    client.conversations_kick(channel=care.id, user=ben.id)
    client.conversations_rename(channel=care.id, name="care-2")
    client.conversations_archive(channel=care.id)

    bot = f"<@{slack.bot_user_id}>"
    assert slack.lines("care-2")[1:] == [
        f"{bot} set the channel topic: SEV1",
        f"{bot} set the channel topic: SEV1",
        f"{bot} set the channel description: Ash cloud",
        f"{bot} pinned a message to this channel.",
        f"<@{ben.id}> has joined the channel",
        f"<@{ben.id}> has left the channel",
        f'{bot} has renamed the channel from "care" to "care-2"',
        f"{bot} archived the channel",
    ]
    assert [one.text for one in slack.messages("care-2")] == ["facts"]


def test_a_line_stands_in_the_history_with_its_subtype(slack, client, care):
    public = slack.channel("public", private=False)
    for place in (care, public):
        client.conversations_setTopic(channel=place.id, topic="Tea & cake")

    private_line = client.conversations_history(channel=care.id, limit=1)["messages"][0]
    public_line = client.conversations_history(channel=public.id, limit=1)["messages"][0]

    assert (private_line["subtype"], public_line["subtype"]) == ("group_topic", "channel_topic")
    assert private_line["topic"] == "Tea &amp; cake"
    assert client.conversations_info(channel=care.id)["channel"]["topic"]["value"] == (
        "Tea &amp; cake"
    )


def test_the_app_hears_of_a_line_as_of_any_message(slack, client, care, heard):
    ben = slack.person("ben")
    client.conversations_invite(channel=care.id, users=[ben.id])

    line = slack.wait(lambda: heard, what="the line")[0]
    assert (line["user"], line["inviter"]) == (ben.id, slack.bot_user_id)
    assert "client_msg_id" not in line


def test_a_mention_that_is_edited_in_makes_no_phone_buzz(slack, client, care, ann):
    card = client.chat_postMessage(channel=care.id, text="card")["ts"]
    client.chat_update(channel=care.id, ts=card, text=f"card for <@{ann.id}> <!here>")
    client.chat_postMessage(channel=care.id, text=f"line for <@{ann.id}> <!here>")

    edited, new = slack.find("card"), slack.find("line")
    assert {one.kind for one in edited.mentions} == {"user", "broadcast"}
    assert edited.calls == ()
    assert {one.kind for one in new.calls} == {"user", "broadcast"}


def test_whoever_is_not_in_the_channel_hears_nothing(slack, client, care):
    ben = slack.person("ben")
    client.chat_postMessage(channel=care.id, text=f"for <@{ben.id}>")

    assert [one.target for one in slack.find("for").mentions] == [ben.id]
    assert slack.find("for").calls == ()


def test_a_line_is_nobodys_message(slack, client, care):
    client.conversations_setTopic(channel=care.id, topic="SEV1")
    line = client.conversations_history(channel=care.id, limit=1)["messages"][0]

    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel=care.id, ts=line["ts"], text="x")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel=care.id, ts=line["ts"])
