"""The HTTP server: its own event loop in its own thread, its routes, its start and stop."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from slack_sandbox.blocks import Json
from slack_sandbox.coverage import METHODS
from slack_sandbox.delivery import Ack, Delivery
from slack_sandbox.extras import Extras
from slack_sandbox.faults import Faults
from slack_sandbox.hints import Hints
from slack_sandbox.http_line import HttpLine
from slack_sandbox.interactions import Exchange
from slack_sandbox.page_api import PageApi
from slack_sandbox.rate_limits import RateLimits
from slack_sandbox.routes import WebApiRoutes
from slack_sandbox.settings import Settings
from slack_sandbox.socket_mode import SocketMode
from slack_sandbox.web_api.endpoint import Endpoint
from slack_sandbox.workspace import Workspace

LARGEST_BODY = 64 * 1024 * 1024
ROUNDS_TO_COME_IN = 3  # of the loop: accepted, made a connection, known to the server

T = TypeVar("T")


class Server:
    """Everything that lives on the event loop."""

    def __init__(self, workspace: Workspace, settings: Settings, faults: Faults) -> None:
        self.workspace = workspace
        self.faults = faults
        self.extras = Extras()
        self.rate_limits = RateLimits(workspace.now, settings.rate_limits)
        self.socket_mode = SocketMode(workspace, faults, settings)
        self.url = ""
        self.public_url = ""
        self.exchange = Exchange(workspace, self.ask, lambda: self.public_url)
        self._settings = settings
        self._endpoint = Endpoint(workspace, faults, self.rate_limits)
        self._stoppers: list[Callable[[], Awaitable[None]]] = []

    def start(self) -> None:
        """Serve from a thread of its own; a taken port is an OSError."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="slack-sandbox", daemon=True
        )
        self._thread.start()
        try:
            self.run(self._open())
        except OSError:
            self.stop()
            raise

    def stop(self) -> None:
        """Close every connection and end the loop; once more is harmless."""
        if self._loop.is_closed():
            return
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the loop and wait for it, from any other thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ask(self, kind: str, payload: Json) -> Ack:
        """Send an interaction to the app and wait for its acknowledgement."""
        return self.run(self._delivery.ask(kind, payload))

    async def _open(self) -> None:
        at = (self._settings.host, self._settings.port)
        self._door = socket.create_server(at, backlog=1024)
        line = self._line()
        schedule = self._settings.retry_schedule
        self._delivery = Delivery(self.workspace, line, self.faults, schedule)
        self.workspace.event_listeners.append(self._delivery.publish)
        self.workspace.workers.append(self._delivery.under_way)
        self._hints = Hints(self.workspace)
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)
        self._stoppers = [
            self._hints.stop,
            self._delivery.stop,
            line.stop,
            self.socket_mode.stop,
            self._let_nobody_in,
            runner.cleanup,
            self._loop.shutdown_default_executor,
        ]
        await runner.setup()
        await web.SockSite(runner, self._door).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.public_url = (self._settings.public_url or self.url).rstrip("/")
        self._endpoint.public_url = self.public_url

    async def _let_nobody_in(self) -> None:
        """Whoever is let in while the server closes is let out by nobody, before Python 3.12."""
        self._loop.remove_reader(self._door)
        for _ in range(ROUNDS_TO_COME_IN):
            await asyncio.sleep(0)

    async def _close(self) -> None:
        for stop in self._stoppers:
            await stop()

    def _line(self) -> SocketMode | HttpLine:
        url = self._settings.request_url
        if url is None:
            return self.socket_mode
        return HttpLine(self.workspace, self.faults, url, self._settings.ack_seconds)

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_BODY)
        WebApiRoutes(self.workspace, self._endpoint, self.faults).add_to(application, METHODS)
        application.router.add_get("/link/", self.socket_mode.serve)
        PageApi(self.exchange, self._hints, self.extras).add_to(application)
        self.extras.add_to(application)
        return application
