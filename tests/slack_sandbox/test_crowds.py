"""Many at once: what a crisis does to a workspace."""

import pytest

from slack_sandbox import Sandbox
from tests.slack_sandbox.kit import actions, button


@pytest.fixture
def slack():
    with Sandbox.start() as slack:
        yield slack


def test_three_hundred_people_press_at_once(slack, client, care, app, connect):
    pressed = []

    @app.action("claim")
    def claim(ack, body):
        pressed.append(body["user"]["id"])
        ack()

    crowd = [slack.person(f"person-{number}") for number in range(300)]
    connect()
    client.chat_postMessage(channel=care.id, text="#1", blocks=[actions(button("claim", "Claim"))])
    card = slack.find("#1")

    with slack.pressing(300) as hands:
        done = list(hands.map(lambda person: person.press(card, "Claim"), crowd))

    assert all(one.acked for one in done)
    assert sorted(pressed) == sorted(person.id for person in crowd)


def test_a_channel_of_thousands_is_read_from_its_newest_end(slack, client, care, ann):
    for number in range(3000):
        ann.say("care", f"message {number}")

    page = client.conversations_history(channel=care.id, limit=2)

    assert [one["text"] for one in page["messages"]] == ["message 2999", "message 2998"]
    assert slack.find("message 2999").text == "message 2999"
