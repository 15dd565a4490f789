"""How Slack reaches the app: over a socket the desk opens, or by HTTP behind the web's gate."""

import json
import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from websocket import WebSocketApp, WebSocketException

from bot.domain.errors import SlackUnavailable
from handlers.guard import caught

HttpDoor = Callable[[bytes, Mapping[str, str]], tuple[int, Mapping[str, str], str]]

STALE_AFTER = 40.0  # seconds without an answer to our pings, which go out every ten
AT_ONCE = 16  # clicks answered side by side
LOOKS_FOR_A_CONNECTION_EVERY = 0.5  # seconds
HANGS_UP_WITHIN = 3.0  # seconds; then the line is cut
GIVEN_UP_AFTER = 3  # looks in a row that found no connection; the library tries by itself before

log = logging.getLogger(__name__)

# The client writes whole payloads and every dial into its log; what matters `mend` says.
_quiet = logging.getLogger("handlers.socket")
_quiet.setLevel(logging.CRITICAL)


class SocketDoor:
    """One connection, kept; Slack hands nobody else the clicks while it is away."""

    def __init__(self, app: App, app_token: str):
        self._app = app
        self._app_token = app_token
        self._missed = 0
        self._handler = self._new()

    def connect(self) -> None:
        """Raises SlackUnavailable, and then leaves nothing running."""
        fault = caught(self._handler.connect)
        if isinstance(fault, Exception):
            self.close()
            raise SlackUnavailable(f"no socket: {type(fault).__name__}") from fault
        self._handler.client.current_session_runner.start()

    def close(self) -> None:
        """Takes no more clicks, ends those it has, and then hangs up."""
        client = self._handler.client
        client.auto_reconnect_enabled = False
        client.closed = True  # not its processor's `shutdown`, which waits until this is so
        client.message_queue.put(None)  # else the processor waits a second for one
        client.message_workers.shutdown()
        _hang_up(client)

    def is_connected(self) -> bool:
        session = self._handler.client.current_session
        if session is None or session.sock is None or not session.sock.connected:
            return False
        unanswered: float = session.last_ping_tm - session.last_pong_tm
        return session.last_pong_tm == 0 or unanswered < STALE_AFTER

    def mend(self) -> None:
        """Looked at now and then: where the library has given up, a new connection is made."""
        self._missed = 0 if self.is_connected() else self._missed + 1
        monitor = self._handler.client.current_app_monitor
        if not self._missed and not monitor.is_alive():
            monitor.start()
        if self._missed < GIVEN_UP_AFTER:
            return
        log.warning("socket given up, a new one is opened")
        self._missed = 0
        self.close()
        self._handler = self._new()
        self.connect()

    def _new(self) -> SocketModeHandler:
        handler = SocketModeHandler(self._app, self._app_token, logger=_quiet, concurrency=AT_ONCE)
        client = handler.client
        # Its monitor looks at once, finds no connection yet and dials a second time; a click that
        # comes by the first one is lost then. So it begins when there is something to monitor.
        client.current_app_monitor_started = True
        client.on_open_listeners.append(partial(_leave_when_closed, client))
        client.on_message_listeners.append(_leave_when_told)
        client.current_session_runner = _begins_with_a_connection(client.current_session_runner)
        return handler


def _begins_with_a_connection(reader: Any) -> Any:
    """It has looked for one already, and would look again in half a second."""
    reader.shutdown()
    return type(reader)(reader.target, LOOKS_FOR_A_CONNECTION_EVERY)


def _leave_when_closed(client: Any, session: WebSocketApp) -> None:
    """Whoever hung up while this was dialled would leave a line to which nobody listens."""
    if client.closed:
        session.keep_running = False


def _leave_when_told(session: WebSocketApp, message: str) -> None:
    """Else another thread closes the socket, which its reader notices after ten deaf seconds."""
    if '"disconnect"' in message and json.loads(message).get("type") == "disconnect":
        session.keep_running = False


def _hang_up(client: Any) -> None:
    """Its reader says goodbye itself; who answers no more is cut off."""
    reader = client.current_session_runner
    reader.event.set()
    if reader.is_alive():
        _wake(client.current_session)
        reader.thread.join(HANGS_UP_WITHIN)
    if reader.is_alive():
        _cut(client.current_session)
    hanging_up = Thread(target=client.close, name="hang-up", daemon=True)
    hanging_up.start()
    hanging_up.join(HANGS_UP_WITHIN)  # one that is only being dialled ends when it is through


def _wake(session: WebSocketApp | None) -> None:
    """By the answer to a ping: until something comes in, it looks up every ten seconds."""
    if session and session.sock:
        session.keep_running = False
        with suppress(OSError, WebSocketException):  # it ends in this moment, or begins
            session.sock.ping()


def _cut(session: WebSocketApp | None) -> None:
    line = session and session.sock
    if line and line.sock:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def http_door(app: App) -> HttpDoor:
    """One request in, one answer out; whose it is and how long, the gate has seen."""

    def receive(body: bytes, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
        answer = app.dispatch(BoltRequest(body=body.decode(), headers=dict(headers)))
        return answer.status, answer.first_headers(), answer.body

    return receive
