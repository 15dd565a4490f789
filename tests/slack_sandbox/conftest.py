"""A sandbox, Slack's own client on it, and a Bolt app over its Socket Mode."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_sdk import WebClient
from websocket import WebSocketApp

from slack_sandbox import Channel, Person, Sandbox


@pytest.fixture
def ack_seconds() -> float:
    """Long, for a machine that is busy elsewhere; a test that waits for the end of it says less."""
    return 60.0


@pytest.fixture
def accept_cross_connection_acks() -> bool:
    return False


@pytest.fixture
def slack(ack_seconds: float, accept_cross_connection_acks: bool) -> Iterator[Sandbox]:
    with Sandbox.start(
        retry_schedule=(0.0, 0.02, 0.04),
        ack_seconds=ack_seconds,
        accept_cross_connection_acks=accept_cross_connection_acks,
    ) as slack:
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
def app(client: WebClient) -> Iterator[App]:
    with ThreadPoolExecutor(5) as pool:
        yield App(client=client, process_before_response=True, listener_executor=pool)


@pytest.fixture
def apart(slack: Sandbox) -> Iterator[Callable[[BaseSocketModeHandler], None]]:
    """Hangs up at the end for whoever is handed over."""
    handlers: list[BaseSocketModeHandler] = []
    yield handlers.append
    for handler in handlers:
        hang_up(handler, slack)


@pytest.fixture
def connect(
    slack: Sandbox, app: App, apart: Callable[[BaseSocketModeHandler], None]
) -> Callable[..., SocketModeHandler]:
    """Connects the app once its listeners are registered."""

    def connect(ping_interval: float = 10) -> SocketModeHandler:
        handler = SocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
        apart(handler)
        handler.connect()
        slack.wait(lambda: slack.connected, what="the connection")
        return handler

    return connect


def hang_up(handler: BaseSocketModeHandler, slack: Sandbox) -> None:
    """The SDK would wait a second for one more message, and three for its line to end."""
    handler.client.default_auto_reconnect_enabled = handler.client.auto_reconnect_enabled = False
    handler.client.closed = True
    handler.client.message_queue.put(None)
    slack.drop_connections("reset")
    if isinstance(handler.client.current_session, WebSocketApp):  # deaf for ten seconds otherwise
        slack.wait(lambda: not handler.client.is_connected(), what="a client that has noticed")
    handler.close()
