"""Socket Mode: the app's own connections, the envelopes on them and their acknowledgements."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import WSCloseCode, WSMsgType, web

from slack_sandbox.blocks import Json
from slack_sandbox.delivery import Ack, Attempt
from slack_sandbox.faults import Faults
from slack_sandbox.identity import APP_ID
from slack_sandbox.limits import SOCKET_FRAME
from slack_sandbox.settings import Settings
from slack_sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
PING_SECONDS = 10.0
HOST = "applink-sandbox-1"
ANSWERABLE = frozenset({"interactive", "slash_commands"})
REASONS = {
    "refresh": "refresh_requested",
    "warning": "warning",
    "too_many": "too_many_websockets",
    "link_disabled": "link_disabled",
}
KINDS = frozenset({"reset", "close", "silent", *REASONS})


@dataclass(eq=False)
class Connection:
    """One open socket; a draining one gets nothing new while there is another.

    What is sent by a silent one is lost, and neither side hears of it.
    """

    socket: web.WebSocketResponse
    request: web.Request
    is_draining: bool = False
    is_silent: bool = False


class SocketMode:
    """All connections of the app; each envelope goes to one of them."""

    def __init__(self, workspace: Workspace, faults: Faults, settings: Settings) -> None:
        self._workspace = workspace
        self._faults = faults
        self._ack_seconds = settings.ack_seconds
        self._takes_acks_anywhere = settings.accept_cross_connection_acks
        self._connections: deque[Connection] = deque()
        self._waiting: dict[str, tuple[Connection, asyncio.Future[Ack]]] = {}
        self._answered: deque[str] = deque(maxlen=1000)
        self._was_open = False

    @property
    def connections(self) -> int:
        return len(self._connections)

    def is_open(self) -> bool:
        return self._was_open

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its ticket to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._workspace.tickets:
            return web.Response(status=401, text="invalid ticket")
        self._workspace.tickets.discard(ticket)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0, autoping=False)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many"))
            await socket.close()
            return socket
        if self._faults.take_ungreeted():
            async for _ in socket:  # until the app gives up
                pass
            return socket
        await self._talk(Connection(socket, request))
        return socket

    async def send(self, kind: str, payload: Json, attempt: Attempt) -> Ack:
        """Hand an envelope to one connection and wait for its acknowledgement."""
        connection = self._choose()
        if connection is None:
            return Ack(False, error="dispatch_failed")
        envelope_id = f"00000000-0000-4000-9000-{self._workspace.serial():012x}"
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind in ANSWERABLE
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (connection, future)
        try:
            if not connection.is_silent:
                await connection.socket.send_str(json.dumps(envelope))
            return await asyncio.wait_for(future, self._ack_seconds)
        except TimeoutError:
            return Ack(False, error="operation_timeout")
        except ConnectionError:
            return Ack(False, error="dispatch_failed")
        finally:
            del self._waiting[envelope_id]

    async def drop(self, kind: str) -> None:
        """End or announce the end of every connection, in one of Slack's ways."""
        for connection in list(self._connections):
            if kind == "reset":
                _abort(connection.request)
                continue
            connection.is_silent = kind == "silent"
            connection.is_draining = kind not in ("warning", "silent")
            if kind in REASONS:
                await connection.socket.send_json(_disconnect(kind))
            if kind in ("close", "too_many", "link_disabled"):
                await connection.socket.close()

    async def stop(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close()

    async def _talk(self, connection: Connection) -> None:
        pings = asyncio.create_task(_ping(connection))
        try:
            # Who has read the greeting counts on what comes after it, so the connection is known
            # before; its first frame is the greeting all the same, written in this very step.
            with self._workspace.change():
                self._connections.append(connection)
                self._was_open = True
            await connection.socket.send_json(_hello(len(self._connections)))
            async for message in connection.socket:
                if connection.is_silent:
                    continue
                if message.type is WSMsgType.PING:
                    await connection.socket.pong(message.data)
                if message.type is not WSMsgType.TEXT:
                    continue
                if len(message.data.encode()) > SOCKET_FRAME:
                    await self._hang_up(connection, message.data)
                    break
                self._receive(connection, json.loads(message.data))
        except ConnectionError:
            # The app went away while it was greeted; it will come back by itself.
            pass
        finally:
            pings.cancel()
            with self._workspace.change(), suppress(ValueError):
                self._connections.remove(connection)

    def _receive(self, connection: Connection, answer: Json) -> None:
        envelope_id = answer.get("envelope_id", "")
        delivered_by, future = self._waiting.get(envelope_id, (None, None))
        if future is None or future.done():
            self._blame(envelope_id)
        elif connection is not delivered_by and not self._takes_acks_anywhere:
            if delivered_by in self._connections:
                with self._workspace.change():
                    self._workspace.blame("ack_on_another_connection", envelope_id)
        elif not self._faults.take_late_ack():
            self._answered.append(envelope_id)
            future.set_result(Ack(True, answer.get("payload")))

    async def _hang_up(self, connection: Connection, frame: str) -> None:
        """A frame that is too large is not read, so whoever waits for it is not answered."""
        envelope_id = str(json.loads(frame).get("envelope_id", ""))
        with self._workspace.change():
            self._workspace.blame("frame_too_large", f"{len(frame.encode())} bytes", envelope_id)
        _, future = self._waiting.get(envelope_id, (None, None))
        if future is not None and not future.done():
            future.set_result(Ack(False, error="dispatch_failed"))
        await connection.socket.close(code=WSCloseCode.MESSAGE_TOO_BIG, message=b"message too big")

    def _blame(self, envelope_id: str) -> None:
        kind = "double_ack" if envelope_id in self._answered else "late_or_unknown_ack"
        with self._workspace.change():
            self._workspace.blame(kind, envelope_id)

    def _choose(self) -> Connection | None:
        """The next connection in turn, a draining one only when there is no other."""
        if not self._connections:
            return None
        self._connections.rotate(-1)
        fresh = (one for one in self._connections if not one.is_draining)
        return next(fresh, self._connections[0])


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": APP_ID},
        "debug_info": {"host": HOST, "build_number": 1, "approximate_connection_time": 18060},
    }


def _disconnect(kind: str) -> Json:
    return {"type": "disconnect", "reason": REASONS[kind], "debug_info": {"host": HOST}}


async def _ping(connection: Connection) -> None:
    while not connection.socket.closed:
        await asyncio.sleep(PING_SECONDS)
        if not connection.is_silent:
            await connection.socket.ping(f"Ping from {HOST}".encode())


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
