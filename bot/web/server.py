"""The doors on a port, in a thread of their own."""

import json
import logging
import resource
from collections.abc import Collection
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from bot.web.connections import MOST, Bounds
from bot.web.slots import Slots

MAX_BODY = 1088 * 1024  # of the largest door, with the marks of a chunked one; doors count again
MAX_HEADERS = 32 * 1024
CHECK_SECONDS = 1.0
TOLD_EVERY = 60.0  # seconds
PATIENCE = timedelta(seconds=15)  # with one whole request, however small its pieces

log = logging.getLogger(__name__)


class RunningServer:
    """Answers until it is stopped."""

    def __init__(self, app: Flask, adjustments: Adjustments, bounds: Bounds):
        self._sockets: dict[int, object] = {}
        self._slots = Slots()
        try:
            self._server = _Server(app, self._sockets, self._slots, adjustments, bounds)
        except OSError:
            wasyncore.close_all(self._sockets)
            raise
        self._slots.begin()
        host, port = self._server.effective_host, self._server.effective_port
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._stopping = Event()
        self._thread = Thread(target=self._answer, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends what is being answered, then closes every connection; once more is harmless."""
        if self._thread.is_alive():
            # In its own thread: it might end before it is woken, and take with it what wakes it.
            self._server.trigger.pull_trigger(self._stopping.set)
            self._thread.join()

    def _answer(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=CHECK_SECONDS, use_poll=True, map=self._sockets, count=1)
        self._slots.end()
        wasyncore.close_all(self._sockets)


def serve(
    app: Flask, host: str, port: int, *,
    patience: timedelta = PATIENCE, proxies: Collection[str] = (),
) -> RunningServer:  # fmt: skip
    """Raises OSError where the port is taken; 0 takes any."""
    adjustments = Adjustments(
        host=host,
        port=port,
        max_request_body_size=MAX_BODY,
        max_request_header_size=MAX_HEADERS,
        asyncore_use_poll=True,
        log_socket_errors=False,
        ident=None,
        clear_untrusted_proxy_headers=False,  # the page asks by which scheme it was reached
    )
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)  # the database needs some, too
    most = MOST if files == resource.RLIM_INFINITY else min(MOST, files // 2)
    return RunningServer(app, adjustments, Bounds(proxies, patience.total_seconds(), most))


class _JsonErrorTask(ErrorTask):  # type: ignore[misc]
    """What is no readable request is answered in the shape of all other faults."""

    def execute(self) -> None:
        error = self.request.error
        said = getattr(error, "said", error.reason.lower())
        body = json.dumps({"errors": [{"field": "", "error": said}]}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "application/json"), *getattr(error, "headers", ())
        ]  # fmt: skip
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _OneByOne(HTTPRequestParser):  # type: ignore[misc]
    """What is sent ahead, before the answer, is not taken; the caller is told to send it again.

    By `Connection: close`, as RFC 9112 has it. Hundreds of requests fit into one packet, and each
    would be as good as one that waits its turn.
    """

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.completed and not self.empty and data[taken:].strip():
            self.headers["CONNECTION"] = "close"
            return len(data)
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """The library knows most kinds of noise; of others it would log a trace, and hang up."""
        try:
            super().parse_header(header_plus)
        except ValueError:
            raise ParsingError("has a number or an address that is none") from None


class _Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, with what decides how long it may stay; see `connections`."""

    error_task_class = _JsonErrorTask
    parser_class = _OneByOne

    def __init__(self, server: "_Server", *how: Any, **more: Any):
        super().__init__(server, *how, **more)
        self.address: str = self.addr[0]
        self.waiting_since = monotonic()
        self.begun_at: float | None = None
        self.has_asked = False
        server.seat(self)

    @property
    def is_asking(self) -> bool:
        return bool(self.requests)

    @property
    def is_unfinished(self) -> bool:
        return not self.requests and (not self.has_asked or self.request is not None)

    def received(self, data: bytes) -> bool:
        before = self.request
        is_heard: bool = super().received(data)
        if self.request is not before:
            self.begun_at = None if self.request is None else monotonic()
        return is_heard

    def service(self) -> None:
        super().service()
        self.waiting_since = monotonic()


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """Waitress, which always has room for one more, and slots for who must not wait."""

    channel_class = _Channel

    def __init__(
        self,
        app: Flask,
        sockets: dict[int, object],
        slots: Slots,
        adjustments: Adjustments,
        bounds: Bounds,
    ):
        self._slots = slots
        self._bounds = bounds
        self._look_at = self._tell_at = 0.0
        super().__init__(app, map=sockets, dispatcher=slots, adj=adjustments)

    def readable(self) -> bool:
        """Asked in every round, so the slow are looked for here; by a clock that only goes on."""
        now = monotonic()
        if now >= self._look_at:
            self._look_at = now + CHECK_SECONDS
            for channel in self._bounds.overdue(self._channels(), now):
                channel.handle_close()
        return self._bounds.has_room(self._channels())

    def seat(self, newcomer: _Channel) -> None:
        for channel in self._bounds.in_the_way(self._channels(), newcomer):
            # At once: who reads nothing would not be told that it is to close.
            channel.handle_close()
            self._tell()

    def add_task(self, channel: _Channel) -> None:
        channel.has_asked = True
        channel.waiting_since = monotonic()
        self._slots.take(channel)

    def _channels(self) -> list[_Channel]:
        return list(self.active_channels.values())

    def _tell(self) -> None:
        now = monotonic()
        if now >= self._tell_at:
            self._tell_at = now + TOLD_EVERY
            log.warning("connections are many; those that wait longest are closed")
