"""A real HTTP server that does what a test says, and a reply to send there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import httpx

from bot.connectors.webhook import WebhookNetwork
from bot.domain.ids import CaseId, MemberId, PostKey
from bot.domain.outbox import NetworkAnswer
from bot.domain.ports import LastLook, no_last_look
from bot.domain.post import Author, Post, Visibility
from bot.domain.reply import Reply

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
POST = Post("x", "570306133677760513", "where is my bag?", Author("@jane"))
REPLY = Reply(
    key="reply-7f3a",
    case=CaseId(1042),
    post=PostKey("x:570306133677760513"),
    author=MemberId("U1"),
    text="It is on its way — “soon” 😀",
    visibility=Visibility.PUBLIC,
    account="@northwind",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    send_at=datetime(2026, 1, 1, tzinfo=UTC),
)


class Call(BaseHTTPRequestHandler):
    """One request as it came, and the means to answer it badly."""

    body: bytes

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        assert isinstance(server, Address)
        server.calls.append(self)
        server.behave(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        (self.send_response_only if "Date" in headers else self.send_response)(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence on stderr."""


class Address(ThreadingHTTPServer):
    """The operator's address: it does what the test says, and remembers who called."""

    daemon_threads = True

    def __init__(self, behave: Callable[[Call], None]):
        super().__init__(("127.0.0.1", 0), Call)
        self.behave = behave
        self.calls: list[Call] = []
        self.closing = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/replies"

    def handle_error(self, *_: object) -> None:
        """A caller that hung up is what these tests are about."""


@contextmanager
def address(behave: Callable[[Call], None]) -> Iterator[Address]:
    with Address(behave) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


def right_now() -> datetime:
    return datetime.now(UTC)


def send(url: str, *, patience: float = 5.0, last_look: LastLook = no_last_look) -> NetworkAnswer:
    with httpx.Client(trust_env=False) as client:
        network = WebhookNetwork(url, SECRET, client, right_now, timedelta(seconds=patience))
        return network.send(REPLY, POST, last_look)


def sent_to(behave: Callable[[Call], None], *, patience: float = 5.0) -> NetworkAnswer:
    with address(behave) as server:
        answer = send(server.url, patience=patience)
        assert len(server.calls) == 1, "one attempt, never more"
        return answer
