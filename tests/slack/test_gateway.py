"""What each end of a call means: it happened, it did not, or nobody knows."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Thread

import pytest
from slack_sdk import WebClient

from bot.domain.errors import TermOver
from bot.domain.outbox import NotExecuted, PlaceClosed, Refused, ShutOut, Unknown, Vanished
from bot.slack.errors import DRAWING_FAULTS, ERRORS, PERSON_OUT_OF_REACH, Failure
from bot.slack.gateway import SlackFailed, call, make_client
from slack_sandbox import Channel, Sandbox

NAMED = {
    NotExecuted: "ratelimited rate_limited message_limit_exceeded",
    Unknown: "internal_error fatal_error request_timeout service_unavailable",
    ShutOut: "token_revoked account_inactive invalid_auth not_authed missing_scope",
    PlaceClosed: "is_archived channel_not_found not_in_channel restricted_action"
    " ekm_access_denied is_inactive",
    Vanished: "message_not_found cant_update_message edit_window_closed",
    Refused: "msg_too_long invalid_blocks invalid_blocks_format no_text msg_blocks_too_long"
    " invalid_metadata_format user_not_found cannot_dm_bot users_not_found",
}


def failure(client: WebClient, channel: str = "C1") -> Failure:
    with pytest.raises(SlackFailed) as failed:
        call(client.chat_postMessage, channel=channel, text="stuck at gate B12")
    return failed.value.answer


@contextmanager
def somebody_answering(answer: bytes | None) -> Iterator[str]:
    """The address of a server that reads a request, says this and hangs up; None: is silent."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        if answer is not None:
            Thread(target=_answer_once, args=(server, answer), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/"


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):  # the client may be the first to hang up
        connection.recv(65536)
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)


def says(body: str, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length or len(body)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


@pytest.mark.parametrize(
    ("code", "meaning"), [(code, kind) for kind, codes in NAMED.items() for code in codes.split()]
)
def test_every_code_has_its_meaning(slack: Sandbox, client: WebClient, code: str, meaning: type):
    slack.faults.add(method="chat.postMessage", kind="ok-false", error=code)
    answer = failure(client)
    assert isinstance(answer, meaning)
    assert answer.why == code


def test_a_code_nobody_knows_leaves_the_outcome_unknown(slack: Sandbox, client: WebClient):
    slack.faults.add(method="chat.postMessage", kind="ok-false", error="moon_in_the_way")
    assert failure(client) == Unknown("moon_in_the_way")


def test_faults_of_drawing_and_persons_out_of_reach_are_declined_for_good():
    assert all(ERRORS[code] is Refused for code in DRAWING_FAULTS | PERSON_OUT_OF_REACH)


def test_too_many_requests_wait_as_long_as_slack_says(slack: Sandbox, client: WebClient):
    slack.faults.add(method="chat.postMessage", kind="429", retry_after=17)
    answer = failure(client)
    assert answer == NotExecuted("ratelimited", wait=timedelta(seconds=17), limited=True)


@pytest.mark.parametrize("kind", ["500", "500-after", "drop", "drop-after", "html"])
def test_what_may_have_happened_is_unknown(
    slack: Sandbox, client: WebClient, care: Channel, kind: str
):
    slack.faults.add(method="chat.postMessage", kind=kind)
    assert isinstance(failure(client, care.id), Unknown)


def test_a_call_that_fails_is_never_repeated(slack: Sandbox, client: WebClient, care: Channel):
    slack.faults.add(method="chat.postMessage", kind="drop-after")
    failure(client, care.id)
    assert len(slack.messages("care-service")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        says('{"ok": true, "ts": "17', length=500),
        says('{"ok": true, "ts": "17'),
        says('["ok"]'),
        says('"ok"'),
        says("null"),
        says(""),
        says("\x00\x01"),
        says('{"ok": true}', "301 Moved Permanently", "Location: http://127.0.0.1:9/elsewhere"),
        says('{"ok": false, "error": "is_archived"}', "503 Service Unavailable"),
        says('{"ok": false, "error": 7}'),
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"220 smtp ready\r\n",
        b"",
    ],
)
def test_an_answer_that_is_not_slack_s_is_unknown(answer: bytes):
    with somebody_answering(answer) as url:
        assert isinstance(failure(make_client("xoxb-1", url)), Unknown)


def test_an_answer_that_never_comes_is_unknown():
    with somebody_answering(None) as url:
        assert isinstance(failure(make_client("xoxb-1", url, timeout=1)), Unknown)


def test_a_handshake_that_never_ends_was_not_sent():
    with somebody_answering(None) as url:
        secure = url.replace("http", "https", 1)
        assert isinstance(failure(make_client("xoxb-1", secure, timeout=1)), NotExecuted)


def test_a_server_without_tls_was_not_sent_anything():
    with somebody_answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        secure = url.replace("http", "https", 1)
        assert isinstance(failure(make_client("xoxb-1", secure)), NotExecuted)


def test_where_nobody_listens_nothing_was_sent():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = failure(make_client("xoxb-1", f"http://127.0.0.1:{port}/api/"))
    assert answer == NotExecuted("ConnectionRefusedError")


@pytest.mark.parametrize("looks", [0, 1])  # before anything, and between head and body
def test_whoever_was_replaced_sends_no_whole_request(
    slack: Sandbox, client: WebClient, care: Channel, looks: int
):
    left = iter(range(looks))

    def last_look() -> None:
        if next(left, None) is None:
            raise TermOver("delivery")

    replaced = make_client(slack.bot_token, slack.api_url, last_look=last_look)
    assert failure(replaced, care.id) == NotExecuted("TermOver")
    call(client.chat_postMessage, channel=care.id, text="by who took over")
    assert [one.text for one in slack.messages("care-service")] == ["by who took over"]


def test_a_strange_retry_after_is_a_short_wait():
    limited = says("{}", "429 Too Many Requests", "Retry-After: Sat, 21 Nov 2026 12:00:00 GMT")
    with somebody_answering(limited) as url:
        answer = failure(make_client("xoxb-1", url))
    assert answer == NotExecuted("http_429", wait=timedelta(seconds=1), limited=True)


def test_a_customer_s_words_are_in_no_log_and_no_error(
    slack: Sandbox, client: WebClient, care: Channel, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    call(client.chat_postMessage, channel=care.id, text="stuck at gate B12")
    slack.faults.add(method="chat.postMessage", kind="html")
    failure(client, care.id)
    with somebody_answering(says('{"ok": true, "text": "stuck at gate B12')) as url:
        answer = failure(make_client("xoxb-1", url))
    assert "gate B12" not in caplog.text + answer.why


def test_a_proxy_of_the_environment_does_not_stand_between_us_and_this_machine(slack: Sandbox):
    ask = (
        "from bot.slack.gateway import call, make_client;"
        f"print(call(make_client('{slack.bot_token}', '{slack.api_url}').auth_test)['user_id'])"
    )
    nowhere = "http://127.0.0.1:9"
    proxies = dict.fromkeys(["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"], nowhere)
    asked = subprocess.run(
        [sys.executable, "-c", ask], env=os.environ | proxies, capture_output=True, text=True
    )
    assert asked.stdout.strip() == slack.bot_user_id
