"""The desk's own line to Slack: there at once, and when it closes nothing of it goes on."""

import threading
from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.domain.errors import SlackUnavailable
from handlers.doors import SocketDoor
from slack_sandbox import Sandbox


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start() as slack:
        yield slack


@pytest.fixture
def app(slack: Sandbox) -> App:
    return App(client=WebClient(slack.bot_token, slack.api_url))


def running() -> set[threading.Thread]:
    return set(threading.enumerate())


def test_a_door_that_is_closed_leaves_nothing_running(slack: Sandbox, app: App) -> None:
    before = running()
    door = SocketDoor(app, slack.app_token)
    door.connect()
    slack.wait(lambda: slack.connected, what="the connection")
    door.close()
    assert running() - before == set()
    slack.wait(lambda: not slack.connected, what="a Slack that knows of it")


def test_a_door_that_could_not_be_opened_leaves_nothing_running(slack: Sandbox, app: App) -> None:
    before = running()
    for _ in range(3):
        door = SocketDoor(app, "xapp-of-nobody")
        with pytest.raises(SlackUnavailable):
            door.connect()
    assert running() - before == set()


def test_a_door_closed_while_it_is_dialling_leaves_no_line_behind(slack: Sandbox, app: App) -> None:
    before = running()
    door = SocketDoor(app, slack.app_token)
    door.connect()
    door.close()
    for one in running() - before:
        one.join(30)
    assert running() - before == set()
    slack.wait(lambda: not slack.connected, what="a Slack without any line")
