"""The doors on a port, in a thread of their own."""

import json
from datetime import timedelta
from threading import Event, Thread
from weakref import WeakKeyDictionary

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

MAX_BODY = 1088 * 1024  # of the largest door, with the marks of a chunked one; doors count again
MAX_HEADERS = 32 * 1024
MAX_CONNECTIONS = 200
WORKERS = 8
IDLE_SECONDS = 30
CHECK_SECONDS = 1
PATIENCE = timedelta(seconds=15)  # with one whole request, however small its pieces


class RunningServer:
    """Answers until it is stopped."""

    def __init__(self, app: Flask, adjustments: Adjustments, patience: timedelta):
        self._sockets: dict[int, object] = {}
        self._workers = ThreadedTaskDispatcher()
        try:
            self._server = _Server(app, self._sockets, self._workers, adjustments, patience)
        except OSError:
            wasyncore.close_all(self._sockets)
            raise
        self._workers.set_thread_count(WORKERS)
        host, port = self._server.effective_host, self._server.effective_port
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._stopping = Event()
        self._thread = Thread(target=self._answer, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends what is being answered, then closes every connection; once more is harmless."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._server.pull_trigger()
        self._thread.join()

    def _answer(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)
        self._workers.shutdown()
        wasyncore.close_all(self._sockets)


def serve(app: Flask, host: str, port: int, *, patience: timedelta = PATIENCE) -> RunningServer:
    """Raises OSError where the port is taken; 0 takes any."""
    adjustments = Adjustments(
        host=host,
        port=port,
        connection_limit=MAX_CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CHECK_SECONDS,
        max_request_body_size=MAX_BODY,
        max_request_header_size=MAX_HEADERS,
        asyncore_use_poll=True,
        log_socket_errors=False,
        ident=None,
        clear_untrusted_proxy_headers=False,  # the page asks by which scheme it was reached
    )
    return RunningServer(app, adjustments, patience)


class _JsonErrorTask(ErrorTask):  # type: ignore[misc]
    """What is no readable request is answered in the shape of all other faults."""

    def execute(self) -> None:
        error = self.request.error
        body = json.dumps({"errors": [{"field": "", "error": error.reason.lower()}]}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _JsonErrorTask


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """Waitress, without patience for a request that comes in drop by drop."""

    channel_class = _Channel

    def __init__(
        self,
        app: Flask,
        sockets: dict[int, object],
        workers: ThreadedTaskDispatcher,
        adjustments: Adjustments,
        patience: timedelta,
    ):
        self._begun: WeakKeyDictionary[HTTPRequestParser, float] = WeakKeyDictionary()
        self._patience = patience.total_seconds()
        super().__init__(app, map=sockets, dispatcher=workers, adj=adjustments)

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            request = channel.request
            if request and now - self._begun.setdefault(request, now) > self._patience:
                channel.will_close = True
