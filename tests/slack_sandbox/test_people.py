"""What a person does, heard by a real Bolt app over Socket Mode."""

import pytest

from slack_sandbox import Sandbox
from tests.slack_sandbox.kit import actions, button, options, plain, section

CARD = [section("*#1042* stuck at gate B12"), actions(button("claim", "Claim"))]


def post_card(client, care, blocks=CARD):
    client.chat_postMessage(channel=care.id, text="#1042", blocks=blocks)


def test_a_pressed_button_arrives_with_its_message_and_is_answered(
    slack, client, care, ann, app, connect
):
    @app.action("claim")
    def claim(ack, body, client):
        client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text=f"claimed by {body['user']['name']}, value {body['actions'][0]['value']}",
            blocks=[],
        )
        ack()

    connect()
    post_card(client, care)

    done = ann.press(slack.find("#1042"), "Claim")

    assert done.acked
    assert slack.find("claimed by ann, value 1042")


def test_a_forged_value_arrives_as_it_was_forged(slack, client, care, ann, app, connect):
    values = []

    @app.action("claim")
    def claim(ack, action):
        values.append(action["value"])
        ack()

    connect()
    post_card(client, care)
    ann.press(slack.find("#1042"), "claim", value="1' or 1=1")

    assert values == ["1' or 1=1"]


def test_a_button_that_is_not_there_is_named_with_those_that_are(slack, client, care, ann):
    post_card(client, care)

    with pytest.raises(LookupError, match=r"'Fly'; there are: \[\('claim', 'Claim'\)\]"):
        ann.press(slack.find("#1042"), "Fly")


def test_without_an_app_a_press_fails_at_once(slack, client, care, ann):
    post_card(client, care)

    done = ann.press(slack.find("#1042"), "Claim")

    assert (done.acked, done.error) == (False, "dispatch_failed")


@pytest.mark.parametrize("ack_seconds", [0.3])
def test_an_app_that_never_acknowledges_is_an_operation_timeout(
    slack, client, care, ann, app, connect
):
    connect()
    post_card(client, care)

    done = ann.press(slack.find("#1042"), "Claim")

    assert (done.acked, done.error) == (False, "operation_timeout")
    assert done.seconds >= 0.3


def test_a_command_is_typed_with_names_and_arrives_with_ids(slack, client, care, ann, app, connect):
    public = slack.channel("care-sales", private=False)

    @app.command("/case")
    def case(ack, command):
        ack(f"{command['channel_name']}: {command['text']}")

    connect()
    told = ann.command("/case", "assign 42 @ann #care-sales #care @nobody a>b", channel="care")

    assert told.text == (
        f"privategroup: assign 42 <@{ann.id}|ann> <#{public.id}|care-sales> <#{care.id}|>"
        " @nobody a&gt;b"
    )
    assert [one.text for one in slack.ephemerals(ann)] == [told.text]


def test_the_answer_of_a_command_may_come_after_the_ack(slack, ann, app, connect):
    @app.command("/case")
    def case(ack, respond):
        ack()
        respond("later")

    connect()

    assert ann.command("/case").text == "later"


def test_a_command_answered_in_the_channel_is_seen_by_all(slack, care, ann, app, connect):
    @app.command("/case")
    def case(ack):
        ack("open to all", response_type="in_channel")

    connect()
    ann.command("/case", channel="care")

    assert slack.find("open to all", channel="care")
    assert slack.ephemerals(ann) == []


def test_commands_and_shortcuts_that_the_manifest_lacks_cannot_be_used():
    with Sandbox.start(manifest={"features": {"slash_commands": [{"command": "/case"}]}}) as slack:
        ann = slack.person("ann")

        assert ann.command("/other").error == "unknown_command"
        assert ann.shortcut("make_case").error == "unknown_shortcut"
        assert ann.command("/case").error == "dispatch_failed"


def test_a_command_that_does_not_escape_arrives_as_typed():
    command = {"command": "/case", "should_escape": False}
    with Sandbox.start(manifest={"features": {"slash_commands": [command]}}) as slack:
        assert not slack.workspace.manifest.escapes("/case")


def test_a_menu_in_a_message_sends_what_was_picked(slack, client, care, ann, app, connect):
    heard = []

    @app.action("department")
    def department(ack, body):
        heard.append(body)
        ack()

    connect()
    menu = {"type": "static_select", "action_id": "department", "options": options("sales", "pr")}
    client.chat_postMessage(channel=care.id, text="triage", blocks=[actions(menu)])

    ann.choose(slack.find("triage"), "department", "pr")

    assert heard[0]["actions"][0]["selected_option"]["value"] == "pr"
    state = heard[0]["state"]["values"]["buttons"]["department"]
    assert state["selected_option"]["text"] == plain("Pr")


def test_a_shortcut_on_a_message_brings_the_message(slack, client, care, ann, app, connect):
    @app.shortcut("make_case")
    def make_case(ack, shortcut, respond):
        ack()
        respond(f"made of {shortcut['message']['text']!r}")

    connect()
    said = ann.say("care", "look at this")

    assert ann.shortcut("make_case", message=said).text == "made of 'look at this'"


def test_an_ephemeral_message_sends_no_message_and_can_be_replaced(
    slack, client, care, ann, app, connect
):
    heard = []

    @app.action("undo")
    def undo(ack, body, respond):
        heard.append(body)
        ack()
        respond("undone", replace_original=True)

    connect()
    client.chat_postEphemeral(
        channel=care.id, user=ann.id, text="sent", blocks=[actions(button("undo", "Undo"))]
    )
    ann.press(slack.ephemerals(ann)[0], "Undo")

    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"]
    slack.wait(lambda: [one.text for one in slack.ephemerals(ann)] == ["undone"])


def test_a_home_tab_is_drawn_when_somebody_looks(slack, ann, app, connect):
    @app.event("app_home_opened")
    def opened(event, client):
        blocks = [section("Good morning"), actions(button("setup", "Set up"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("setup")
    def setup(ack, body):
        ack()
        assert body["container"]["type"] == "view"

    connect()
    ann.open_home()
    published = slack.wait(lambda: slack.home(ann), what="the home tab")

    assert ann.press(published, "Set up").acked
