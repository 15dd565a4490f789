"""HTTP mode: the same payloads, signed, to the app's own address."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from slack_sandbox import Sandbox
from tests.slack_sandbox.kit import actions, button, form, typed


class Door(BaseHTTPRequestHandler):
    """Hands each request to Bolt, byte for byte."""

    app: App

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): [value] for name, value in self.headers.items()}
        answer = self.app.dispatch(BoltRequest(body=body, headers=headers))
        content = answer.body.encode()
        self.send_response(answer.status)
        for name, values in answer.headers.items():
            self.send_header(name, values[0])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Tests are quiet."""


@pytest.fixture
def door() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneDoor", (Door,), {}))
    with server, ThreadPoolExecutor(1) as thread:
        thread.submit(server.serve_forever, 0.01)
        yield server
        server.shutdown()


@pytest.fixture
def slack(door):
    url = f"http://127.0.0.1:{door.server_address[1]}/slack/events"
    with Sandbox.start(request_url=url, retry_schedule=(0.0, 0.01), ack_seconds=60.0) as slack:
        yield slack


@pytest.fixture
def app(slack, door):
    client = WebClient(slack.bot_token, slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    door.RequestHandlerClass.app = app
    return app


def test_a_command_a_press_and_a_form_come_as_signed_forms(slack, app, client):
    @app.command("/case")
    def case(ack, command, client):
        client.views_open(trigger_id=command["trigger_id"], view=form("reply", typed("text")))
        ack(f"got {command['text']}")

    @app.action("claim")
    def claim(ack, respond):
        ack()
        respond("claimed")

    @app.view("reply")
    def reply(ack):
        ack(response_action="errors", errors={"text": "No."})

    ann = slack.person("ann")
    care = slack.channel("care", members=[ann])
    client.chat_postMessage(channel=care.id, text="#1", blocks=[actions(button("claim", "Claim"))])

    assert ann.command("/case", "queue & more").text == "got queue &amp; more"
    assert ann.press(slack.find("#1"), "Claim").text == "claimed"
    ann.submit({"text": "hello"})
    assert ann.view.errors == {"text": "No."}


def test_an_event_comes_as_signed_json_and_again_when_it_failed(slack, app):
    tries = []

    @app.event({"type": "message", "subtype": None})
    def message(event, request):
        tries.append(request.headers.get("x-slack-retry-num"))
        if len(tries) < 2:
            raise RuntimeError("not stored")

    ann = slack.person("ann")
    slack.channel("care", members=[ann])
    ann.say("care", "hello")
    slack.wait(lambda: len(tries) == 2, what="the second try")

    assert tries == [None, ["1"]]


def test_a_wrong_secret_is_refused_and_the_person_sees_an_error(slack, app, door, client):
    door.RequestHandlerClass.app = App(
        client=client, signing_secret="another", process_before_response=True
    )

    assert slack.person("ann").command("/case").error == "dispatch_failed"


def test_a_request_with_an_old_stamp_is_refused(slack, app):
    slack.clock = lambda: 1_763_750_000.0

    assert slack.person("ann").command("/case").error == "dispatch_failed"


def test_nobody_at_home_is_a_failed_dispatch():
    with Sandbox.start(request_url="http://127.0.0.1:9/none", retry_schedule=()) as slack:
        assert slack.person("ann").command("/case").error == "dispatch_failed"
