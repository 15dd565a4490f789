"""The doors on a real port, with callers who take their time or send without end."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from bot.web.app import create_app
from bot.web.server import RunningServer, serve
from tests.web.house import House, signed

BODY = b'{"id": "1", "text": "hi", "author": {"handle": "@jane"}}'


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    running = serve(create_app(House().doors), "127.0.0.1", 0)
    yield running
    running.stop()


@pytest.fixture
def impatient() -> Iterator[RunningServer]:
    running = serve(create_app(House().doors), "127.0.0.1", 0, patience=timedelta(seconds=1))
    yield running
    running.stop()


@pytest.fixture
def client(server: RunningServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        yield client


def pieces(total: int) -> Iterator[bytes]:
    yield from (b" " * 1024 for _ in range(total // 1024))


def test_a_server_may_be_stopped_twice():
    server = serve(create_app(House().doors), "127.0.0.1", 0)
    server.stop()
    server.stop()
    with pytest.raises(httpx.ConnectError), httpx.Client(trust_env=False) as client:
        client.get(server.url)


def test_a_post_comes_in_over_the_wire(client: httpx.Client):
    answer = client.post("/intake/webhook", content=BODY, headers=signed(BODY))

    assert answer.status_code == 202


def test_a_post_in_chunks_is_a_post(client: httpx.Client):
    chunks = iter([BODY[:10], BODY[10:]])
    answer = client.post("/intake/webhook", content=chunks, headers=signed(BODY, id="msg_2"))

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("forwarded", "is_secure"),
    [({}, False), ({"X-Forwarded-Proto": "http"}, False), ({"X-Forwarded-Proto": "https"}, True),
     ({"X-Forwarded-Proto": "HTTPS, http"}, True), ({"X-Forwarded-Proto": "http,https"}, False)],
)  # fmt: skip
def test_the_cookie_of_the_page_leaves_by_tls_alone_where_it_came_so_through_a_proxy(
    client: httpx.Client, forwarded: dict[str, str], is_secure: bool
):
    answer = client.get("/desk", params={"token": "open sesame"}, headers=forwarded)
    marks = set(answer.headers["Set-Cookie"].split("; "))

    assert answer.status_code == 200
    assert ("Secure" in marks) is is_secure
    assert {"HttpOnly", "SameSite=Strict"} <= marks


@pytest.mark.parametrize("size", [65 * 1024, 1024 * 1024])
def test_a_body_without_a_length_ends_at_the_doors_limit(client: httpx.Client, size: int):
    answer = client.post("/intake/webhook", content=pieces(size), headers=signed(b""))

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["field"] == ""


def test_a_length_beyond_every_door_is_refused_before_a_byte_of_it(server: RunningServer):
    with connection(server) as caller:
        caller.sendall(b"POST /intake/webhook HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")
        answer = whole_answer(caller)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b'{"errors": [{"field": "", "error": "request entity too large"}]}')


def test_noise_is_answered_in_the_same_shape(server: RunningServer):
    with connection(server) as caller:
        caller.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = whole_answer(caller)

    assert answer.startswith(b"HTTP/1.0 400 ")
    assert b'{"errors":' in answer


@pytest.mark.parametrize(
    "noise",
    [
        b"GET http://[::1/healthz HTTP/1.1\r\n\r\n",
        b"POST /intake/webhook HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    ],
    ids=["an address that is none", "a length of 5,000 digits"],
)
def test_noise_that_the_library_does_not_know_is_answered_too_and_fills_no_log(
    server: RunningServer, noise: bytes, caplog: pytest.LogCaptureFixture
):
    with connection(server) as caller:
        caller.sendall(noise)
        assert b" 400 " in whole_answer(caller).splitlines()[0]
    assert caplog.records == []


def test_headers_without_end_are_refused(server: RunningServer):
    with connection(server) as caller:
        caller.sendall(b"GET /healthz HTTP/1.1\r\nX: ".ljust(32 * 1024, b"x"))
        answer = whole_answer(caller)

    assert b" 431 " in answer.splitlines()[0]


def test_who_sends_drop_by_drop_is_hung_up_on_and_others_are_served(impatient: RunningServer):
    other = httpx.Client(base_url=impatient.url, trust_env=False, timeout=60)
    with other, connection(impatient) as caller:
        caller.settimeout(0.2)
        caller.sendall(b"POST /intake/webhook HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")
        drops = 0
        while not has_hung_up(caller) and drops < 50:
            assert other.get("/healthz").status_code == 200
            drops += 1

    assert 0 < drops < 50


def has_hung_up(caller: socket.socket) -> bool:
    try:
        caller.sendall(b"x")
        return caller.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_stopping_frees_the_port_and_it_may_be_opened_again():
    first = serve(create_app(House().doors), "127.0.0.1", 0)
    port = int(first.url.rpartition(":")[2])
    first.stop()
    second = serve(create_app(House().doors), "127.0.0.1", port)
    second.stop()


def test_a_taken_port_is_told_at_once(server: RunningServer):
    port = int(server.url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        serve(create_app(House().doors), "127.0.0.1", port)


def connection(server: RunningServer) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=60)


def whole_answer(caller: socket.socket) -> bytes:
    answer = b""
    while piece := caller.recv(65_536):
        answer += piece
    return answer
