"""Replies to the operator's address, against a real server that misbehaves in every way we know."""

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from standardwebhooks import Webhook

from bot.connectors.webhook import Nowhere, connect
from bot.domain.accounts import Door
from bot.domain.errors import TermOver
from bot.domain.outbox import Delivered, NotExecuted, Refused, Unknown
from tests.connectors.address import (
    POST,
    REPLY,
    SECRET,
    Address,
    Call,
    address,
    right_now,
    send,
    sent_to,
)

SOMEWHERE = "https://replies.example"


def answering(status: int, body: bytes = b"", **headers: str) -> Callable[[Call], None]:
    return lambda call: call.answer(status, body, **headers)


def test_a_reply_is_sent_as_the_contract_says_and_signed():
    with address(answering(200, b'{"id": "99", "url": "https://x.example/99"}')) as server:
        assert send(server.url) == Delivered("99", url="https://x.example/99")
        (call,) = server.calls

    Webhook(SECRET).verify(call.body, dict(call.headers))
    assert call.headers["webhook-id"] == REPLY.key
    assert call.headers["content-type"] == "application/json"
    assert json.loads(call.body) == {
        "type": "reply.created",
        "reply": "reply-7f3a",
        "in_reply_to": "570306133677760513",
        "source": "x",
        "account": "@northwind",
        "visibility": "public",
        "text": REPLY.text,
        "case": 1042,
    }


@pytest.mark.parametrize(
    ("body", "receipt"),
    [
        (b'{"id": 99}', Delivered("99")),
        (b'{"id": "99", "url": null}', Delivered("99")),
        (b'{"id": "99", "url": "javascript:alert(1)"}', Delivered("99")),
    ],
)
def test_an_id_is_receipt_enough(body: bytes, receipt: Delivered):
    assert sent_to(answering(201, body)) == receipt


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"id": ""}',
        b'{"id": true}',
        b'{"id": null, "url": "https://x.example/99"}',
        b"[1]",
        b"<html>Sign in to the guest network</html>",
        b'{"id": "9',
        b"[" * 60_000,
        b'{"id": "9", "more": "' + b"x" * 70_000 + b'"}',
    ],
)
def test_success_without_a_readable_id_is_unknown(body: bytes):
    assert sent_to(answering(200, body)) == Unknown("HTTP 200 without an id")


@pytest.mark.parametrize("status", [301, 307, 500, 502, 503, 504])
def test_redirects_and_faults_of_the_server_are_unknown(status: int):
    assert sent_to(answering(status, Location="/elsewhere")) == Unknown(f"HTTP {status}")


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (403, b'{"error": "duplicate content"}', "HTTP 403: duplicate content"),
        (422, b'{"message": "too\\nlong\\u202e"}', "HTTP 422: too long"),
        (400, b'{"error": {"code": 5}}', "HTTP 400"),
        (404, b"<html>", "HTTP 404"),
        (410, b'{"error": "' + b"x" * 500 + b'"}', "HTTP 410: " + "x" * 200),
    ],
)
def test_a_refusal_says_why_shortly(status: int, body: bytes, why: str):
    assert sent_to(answering(status, body)) == Refused(why)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("17", 17),
        ("0", 1),
        ("999999", 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1),
        ("Fri, 31 Dec 2999 23:59:59 -0000", 3600),
        ("soon", 30),
    ],
)
def test_too_many_requests_waits_as_long_as_it_is_told(retry_after: str, seconds: int):
    answer = sent_to(answering(429, Retry_After=retry_after))

    assert answer == NotExecuted(
        "asked to wait (HTTP 429)", wait=timedelta(seconds=seconds), limited=True
    )


def test_a_date_to_wait_for_is_read_by_the_clock_of_whoever_names_it():
    theirs, until = "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:40 GMT"
    answer = sent_to(answering(429, Date=theirs, Retry_After=until))

    assert isinstance(answer, NotExecuted)
    assert answer.wait == timedelta(seconds=40)


def test_a_429_that_names_no_time_waits_the_usual():
    answer = sent_to(answering(429))

    assert isinstance(answer, NotExecuted)
    assert answer.wait == timedelta(seconds=30)


def test_where_nobody_listens_nothing_was_executed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert send(f"http://127.0.0.1:{port}/") == NotExecuted("could not connect (ConnectError)")


@pytest.mark.parametrize("looks", [0, 1])  # before anything, and between head and body
def test_whoever_was_replaced_sends_no_whole_reply(looks: int):
    left = iter(range(looks))

    def last_look() -> None:
        if next(left, None) is None:
            raise TermOver("sending")

    with address(answering(200)) as server:
        answer = send(server.url, last_look=last_look)

    assert answer == NotExecuted("another process sends replies now")
    assert [call.body for call in server.calls if call.body] == []


def test_a_door_without_tls_was_not_executed():
    with socket.create_server(("127.0.0.1", 0)) as plain:
        port = plain.getsockname()[1]
        thread = Thread(target=_speak_no_tls, args=(plain,))
        thread.start()
        answer = send(f"https://127.0.0.1:{port}/")
        thread.join()

    assert answer == NotExecuted("could not connect (ConnectError)")


def _speak_no_tls(listener: socket.socket) -> None:
    caller, _ = listener.accept()
    with caller:
        caller.recv(100)
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def drop(call: Call) -> None:
    call.close_connection = True


def reset(call: Call) -> None:
    linger = struct.pack("ii", 1, 0)
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    call.connection.close()


@pytest.mark.parametrize("behave", [drop, reset])
def test_taken_and_then_dropped_is_unknown(behave: Callable[[Call], None]):
    assert isinstance(sent_to(behave), Unknown)


def break_off(status: int) -> Callable[[Call], None]:
    def behave(call: Call) -> None:
        call.send_response(status)
        call.send_header("Content-Length", "1000")
        call.end_headers()
        call.wfile.write(b'{"id": "9"}')
        call.close_connection = True

    return behave


def test_half_a_receipt_is_unknown():
    assert sent_to(break_off(200)) == Unknown("HTTP 200 without an id")


def test_half_a_refusal_is_still_a_refusal():
    assert sent_to(break_off(403)) == Refused("HTTP 403")


def never_answer(call: Call) -> None:
    assert isinstance(call.server, Address)
    call.server.closing.wait(60)


def drip(start: bytes) -> Callable[[Call], None]:
    """Each piece comes in time, the whole never ends."""

    def behave(call: Call) -> None:
        assert isinstance(call.server, Address)
        call.wfile.write(start)
        while not call.server.closing.wait(0.05):
            call.wfile.write(b"x")

    return behave


@pytest.mark.parametrize(
    "behave",
    [
        never_answer,
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        drip(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"id": "'),
    ],
    ids=["silence", "endless header", "endless body"],
)
def test_patience_ends_for_the_attempt_as_a_whole(behave: Callable[[Call], None]):
    began = right_now()

    assert isinstance(sent_to(behave, patience=0.3), Unknown)
    assert right_now() - began < timedelta(seconds=3)


def test_an_answer_nobody_can_read_as_http_is_unknown():
    assert isinstance(sent_to(lambda call: call.wfile.write(b"\x00\xff\r\n\r\n")), Unknown)


@pytest.mark.parametrize(
    ("door", "secret", "missing"),
    [
        (Door("webhook", "INTAKE_SECRET"), SECRET, "WEBHOOK_REPLY_URL"),
        (Door("webhook", "INTAKE_SECRET", reply_url=SOMEWHERE), None, "INTAKE_SECRET"),
        (Door("shop", "SHOP_SECRET"), SECRET, "reply_url for the door “shop” in networks.toml"),
        (Door("shop", "SHOP_SECRET", reply_url=SOMEWHERE), None, "SHOP_SECRET"),
    ],
)
def test_without_an_address_or_a_secret_every_reply_is_refused_with_what_is_missing(
    door: Door, secret: str | None, missing: str
):
    answer = connect(door, secret, right_now).send(REPLY, POST)

    assert isinstance(answer, Refused)
    assert missing in answer.why


def test_with_both_replies_go_there():
    with address(answering(200, b'{"id": "99"}')) as server:
        network = connect(Door("shop", "SHOP_SECRET", reply_url=server.url), SECRET, right_now)

        assert network.send(REPLY, POST) == Delivered("99")
        assert network.send(replace(REPLY, key="second"), POST) == Delivered("99")


def test_nowhere_is_a_network():
    assert Nowhere("closed").send(REPLY, POST) == Refused("closed")
