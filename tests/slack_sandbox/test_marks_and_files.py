"""reactions.*, pins.*, bookmarks.* and files.*."""

import pytest
from slack_sdk.errors import SlackApiError


def test_a_reaction_is_given_once_and_taken_back_once(client, care):
    ts = client.chat_postMessage(channel=care.id, text="card")["ts"]
    here = {"channel": care.id, "timestamp": ts}

    client.reactions_add(name="eyes", **here)
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(name="eyes", **here)
    client.reactions_remove(name="eyes", **here)
    with pytest.raises(SlackApiError, match="no_reaction"):
        client.reactions_remove(name="eyes", **here)

    assert "reactions" not in client.reactions_get(**here)["message"]
    with pytest.raises(SlackApiError, match="invalid_name"):
        client.reactions_add(name="not an emoji", **here)
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.reactions_add(name="eyes", channel=care.id, timestamp="1.000001")
    with pytest.raises(SlackApiError, match="no_item_specified"):
        client.reactions_get()


def test_a_message_is_pinned_once(client, care):
    ts = client.chat_postMessage(channel=care.id, text="facts")["ts"]

    client.pins_add(channel=care.id, timestamp=ts)
    with pytest.raises(SlackApiError, match="already_pinned"):
        client.pins_add(channel=care.id, timestamp=ts)

    assert [one["message"]["ts"] for one in client.pins_list(channel=care.id)["items"]] == [ts]
    client.pins_remove(channel=care.id, timestamp=ts)
    with pytest.raises(SlackApiError, match="no_pin"):
        client.pins_remove(channel=care.id, timestamp=ts)


def test_a_bookmark_is_a_link(client, care):
    client.bookmarks_add(
        channel_id=care.id, title="Runbook", type="link", link="https://example.com/run"
    )

    assert [one["title"] for one in client.bookmarks_list(channel_id=care.id)["bookmarks"]] == [
        "Runbook"
    ]
    with pytest.raises(SlackApiError, match="invalid_link"):
        client.bookmarks_add(channel_id=care.id, title="x", type="link", link="ftp://example.com")


def test_a_file_is_uploaded_in_the_three_steps_of_the_sdk(slack, client, care):
    client.files_upload_v2(
        channel=care.id, filename="report.csv", content="a,b", initial_comment="The week"
    )

    message = slack.find("The week")
    assert [(one["name"], one["size"]) for one in message.files] == [("report.csv", 3)]


def test_a_file_that_was_never_sent_is_not_found(client, care):
    ticket = client.files_getUploadURLExternal(filename="a.txt", length=3)

    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(
            files=[{"id": ticket["file_id"], "title": "a"}], channel_id=care.id
        )
    with pytest.raises(SlackApiError, match="missing_argument"):
        client.files_getUploadURLExternal(filename="a.txt", length=0)
