"""A sandbox, Slack's own client on it, and a Bolt app over its Socket Mode."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from slack_sandbox import Channel, Person, Sandbox


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start(retry_schedule=(0.0, 0.02, 0.04), ack_seconds=0.3) as slack:
        yield slack


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return WebClient(slack.bot_token, slack.api_url)


@pytest.fixture
def ann(slack: Sandbox) -> Person:
    return slack.person("ann", email="ann@example.com")


@pytest.fixture
def care(slack: Sandbox, ann: Person) -> Channel:
    return slack.channel("care", members=[ann])


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client, process_before_response=True)


@pytest.fixture(scope="session")
def farewells() -> Iterator[ThreadPoolExecutor]:
    """Where clients close: each takes one to three seconds over it, and no test waits for that."""
    with ThreadPoolExecutor(64) as farewells:
        yield farewells


@pytest.fixture
def connect(
    slack: Sandbox, app: App, farewells: ThreadPoolExecutor
) -> Iterator[Callable[..., SocketModeHandler]]:
    """Connects the app once its listeners are registered."""
    handlers: list[SocketModeHandler] = []

    def connect(ping_interval: float = 10) -> SocketModeHandler:
        handler = SocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
        handlers.append(handler)
        handler.connect()
        slack.wait(lambda: slack.connected, what="the connection")
        return handler

    yield connect
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
        farewells.submit(handler.close)
