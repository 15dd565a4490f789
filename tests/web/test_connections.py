"""Hundreds of callers who hold a connection and ask for nothing keep nobody else out."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from http.client import HTTPConnection
from threading import Event
from typing import Protocol

import httpx
import pytest

from bot.domain.post import Delivery, Post
from bot.web.app import create_app
from bot.web.doors import Doors, Receipt
from bot.web.server import RunningServer, serve
from tests.web.house import House, Kept, signed
from tests.web.test_server import whole_answer

MANY = 440  # more than the desk has room for
POST = b"POST /intake/webhook HTTP/1.1\r\nHost: desk\r\n"
ASK = b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n"
BODY = b'{"id": "1", "text": "hi", "author": {"handle": "@jane"}}'


def hello() -> bytes:
    """The first words of a caller who takes the door for one with TLS."""
    outgoing = ssl.MemoryBIO()
    caller = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="x")
    with pytest.raises(ssl.SSLWantReadError):
        caller.do_handshake()
    return outgoing.read()


IDLERS = {
    "who say nothing": b"",
    "in the middle of the first line": b"GET /hea",
    "in the middle of the headers": POST + b"X: 1\r\n",
    "in the middle of a body": POST + b"Content-Length: 1000\r\n\r\n{",
    "who were answered and stay": ASK,
    "who speak TLS": hello(),
    "who ask ahead and read nothing": ASK.replace(b"healthz", b"desk?token=open%20sesame") * 50,
    "who send empty lines": b"\r\n" * 10,
}


class Call(Protocol):
    def __call__(self, words: bytes, number: int = MANY) -> None: ...


@pytest.fixture
def server() -> Iterator[RunningServer]:
    running = serve(create_app(House().doors), "127.0.0.1", 0)
    yield running
    running.stop()


@pytest.fixture
def callers(server: RunningServer) -> Iterator[Call]:
    """Opens many connections from several addresses, each with these first words."""
    with ExitStack() as ends:

        def call(words: bytes, number: int = MANY) -> None:
            for n in range(number):
                caller = ends.enter_context(connection(server, f"127.0.0.{2 + n % 6}"))
                caller.sendall(words)

        yield call


def connection(server: RunningServer, near: str = "127.0.0.1") -> socket.socket:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=10, source_address=(near, 0))


@pytest.mark.parametrize("words", IDLERS.values(), ids=IDLERS.keys())
def test_hundreds_keep_nobody_out(server: RunningServer, callers: Call, words: bytes):
    callers(words)

    with httpx.Client(base_url=server.url, trust_env=False, timeout=10) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200
        assert client.get("/metrics").status_code == 200
        answer = client.post("/intake/webhook", content=BODY, headers=signed(BODY))
        assert answer.status_code == 202


def test_whoever_goes_on_asking_stays_connected(server: RunningServer, callers: Call):
    with closing(HTTPConnection(server.url.removeprefix("http://"), timeout=10)) as honest:
        honest.connect()
        honest.auto_open = 0  # else it would connect again, unseen
        for _ in range(8):
            callers(b"", 50)
            honest.request("GET", "/healthz")
            assert honest.getresponse().read() == b'{"alive":true}\n'
    assert is_alive(server)


def is_alive(server: RunningServer) -> bool:
    """As somebody hears who has only come now."""
    return httpx.get(f"{server.url}/healthz", trust_env=False, timeout=10).is_success


def test_hundreds_do_not_hold_up_the_end(callers: Call, server: RunningServer):
    callers(ASK)
    assert is_alive(server)
    begun = time.monotonic()
    server.stop()

    assert time.monotonic() - begun < 2


class Stuck:
    """A store that takes its time: nothing comes back from it until it is let go."""

    def __init__(self) -> None:
        self.let_go = Event()
        self.running = serve(create_app(self._doors()), "127.0.0.1", 0)

    def _doors(self) -> Doors:
        def receive(post: Post, _: Delivery | None) -> Receipt:
            self.let_go.wait(30)
            return Kept(post.key, duplicate=False)

        def ready() -> Mapping[str, str | None]:
            self.let_go.wait(30)
            return {}

        return replace(House().doors, receive=receive, ready=ready)


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    stuck = Stuck()
    yield stuck
    stuck.let_go.set()
    stuck.running.stop()


@pytest.fixture
def in_hand(stuck: Stuck) -> Iterator[Callable[[bytes, int], list[socket.socket]]]:
    """Whole requests that are sent and not answered yet."""
    with ExitStack() as ends:

        def send(request: bytes, number: int) -> list[socket.socket]:
            callers = [ends.enter_context(connection(stuck.running)) for _ in range(number)]
            for caller in callers:
                caller.sendall(request)
            return callers

        yield send


def one_post() -> bytes:
    headers = {"Host": "desk", "Content-Length": str(len(BODY)), **signed(BODY)}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"POST /intake/webhook HTTP/1.1\r\n" + lines.encode() + b"\r\n" + BODY


def test_posts_that_wait_for_the_store_keep_nobody_from_asking_whether_the_desk_is_alive(
    stuck: Stuck, in_hand: Callable[[bytes, int], list[socket.socket]]
):
    in_hand(one_post(), 20)
    in_hand(ASK.replace(b"healthz", b"readyz"), 20)

    assert is_alive(stuck.running)


def test_two_hundred_posts_of_one_moment_wait_their_turn(
    stuck: Stuck, in_hand: Callable[[bytes, int], list[socket.socket]]
):
    senders = in_hand(one_post(), 200)
    stuck.let_go.set()

    for sender in senders:
        sender.settimeout(10)
        assert sender.recv(1024).startswith(b"HTTP/1.1 202 ")


def test_where_too_many_posts_wait_the_next_is_told_to_come_again(
    stuck: Stuck, in_hand: Callable[[bytes, int], list[socket.socket]]
):
    *_, last = in_hand(one_post(), 260)
    last.settimeout(10)
    answer = whole_answer(last)

    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 5\r\n" in answer
    assert answer.endswith(b'{"errors": [{"field": "", "error": "busy: send again"}]}')
