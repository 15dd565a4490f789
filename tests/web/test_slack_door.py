"""The gate in front of Bolt: strangers get no further, and nothing that Bolt would fall over."""

import hmac
import io
import json
import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.domain.clock_report import MACHINE, ClockReport, Skew
from tests.web.house import NOW, SLACK_SECRET, House, later

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = urlencode({"command": "/case", "text": "claim 1042 — “now”"}).encode()


@pytest.fixture
def house() -> House:
    return House()


def signed(body: bytes, *, at: datetime = NOW) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    digest = hmac.digest(SLACK_SECRET.encode(), b"v0:%s:" % moment.encode() + body, "sha256")
    return {
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest.hex()}",
        "Content-Type": FORM,
    }


def knock(client: FlaskClient, body: bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/slack/events", data=body, headers=signed(body) | named)


def test_what_slack_signed_goes_in_whole_and_the_answer_comes_back(house: House):
    answer = knock(house.client(), COMMAND)
    ((body, headers),) = house.slack_calls

    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.content_type == "text/plain"
    assert body == COMMAND
    assert headers["X-Slack-Signature"] == signed(COMMAND)["X-Slack-Signature"]


def test_over_socket_mode_there_is_no_such_door(house: House):
    assert knock(house.client(slack=None), COMMAND).status_code == 404


def test_without_a_secret_nobody_is_slack(house: House):
    assert knock(house.client(slack_signing_secret=None), COMMAND).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Signature": signed(COMMAND + b"&")["X-Slack-Signature"]},
        {"X-Slack-Signature": signed(COMMAND)["X-Slack-Signature"].upper()},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "9" * 5_000},
        {"X-Slack-Request-Timestamp": "١٢٣".encode().decode("latin-1")},
        signed(COMMAND, at=later(seconds=-301)),
        signed(COMMAND, at=later(seconds=301)),
    ],
)
def test_a_missing_wrong_or_old_signature_is_401_and_never_an_exception(
    house: House, headers: dict[str, str]
):
    answer = house.client().post("/slack/events", data=COMMAND, headers=signed(COMMAND) | headers)

    assert answer.status_code == 401
    assert not house.slack_calls


def test_slack_is_refused_under_a_wrong_clock_in_words_that_say_so(house: House):
    behind = ClockReport((Skew(MACHINE, -timedelta(hours=3)),))
    headers = signed(COMMAND, at=later(hours=3))
    client = house.client(clocks=lambda: behind)
    answer = client.post("/slack/events", data=COMMAND, headers=headers)

    assert answer.status_code == 401
    assert "This machine's clock is 3 h behind the desk's time." in answer.text


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_to_either_side_are_near_enough(house: House, seconds: int):
    headers = signed(COMMAND, at=later(seconds=seconds))

    assert house.client().post("/slack/events", data=COMMAND, headers=headers).status_code == 200


def test_an_unsigned_check_of_tls_opens_nothing(house: House):
    body = b"ssl_check=1&token=x"

    assert house.client().post("/slack/events", data=body, content_type=FORM).status_code == 401


def test_a_mebibyte_is_the_end(house: House):
    full, over = (b"text=" + b"x" * (1024 * 1024 - 5 + more) for more in (0, 1))

    assert knock(house.client(), full).status_code == 200
    assert knock(house.client(), over).status_code == 413


@pytest.mark.parametrize("name", ["X-Slack-Bolt-Lazy-Only", "x-slack-bolt-lazy-function-name"])
def test_headers_that_bolt_obeys_but_slack_does_not_sign_stay_outside(house: House, name: str):
    body = COMMAND
    house.client().post("/slack/events", data=body, headers=signed(body) | {name: "1"})
    ((_, headers),) = house.slack_calls

    assert not [kept for kept in headers if kept.lower().startswith("x-slack-bolt")]


DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", JSON),
        (b"[]", JSON),
        (b"NaN", JSON),
        (DEEP, JSON),
        (b'{"a": "\xff"}', JSON),
        (DEEP, FORM),
        (b"payload=", FORM),
        (b"payload=%5B%5D", FORM),
        (b"payload=%7B", FORM),
        (b"payload=%7B%7D&payload=1", FORM),
        (urlencode({"payload": DEEP}).encode(), FORM),
        (b"text=\xff", FORM),
        (b"text=%ff", FORM),
        (b"&".join(b"a=1" for _ in range(101)), FORM),
    ],
)
def test_what_would_break_bolt_is_400(house: House, body: bytes, kind: str):
    answer = knock(house.client(), body, Content_Type=kind)

    assert answer.status_code == 400
    assert not house.slack_calls


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps({"type": "url_verification", "challenge": "x"}).encode(), JSON),
        (json.dumps({"type": "event_callback", "event": {}}).encode(), f"{JSON}; charset=utf-8"),
        (urlencode({"payload": json.dumps({"type": "block_actions"})}).encode(), FORM),
    ],
)
def test_events_buttons_and_commands_go_in(house: House, body: bytes, kind: str):
    assert knock(house.client(), body, Content_Type=kind).status_code == 200


def test_a_fault_behind_the_gate_is_an_answer_with_a_reference(
    house: House, caplog: pytest.LogCaptureFixture
):
    def broken(body: bytes, headers: object) -> tuple[int, dict[str, str], str]:
        raise ValueError(body.decode())

    with caplog.at_level(logging.DEBUG):
        answer = knock(house.client(slack=broken), COMMAND)

    assert answer.status_code == 500
    assert "internal error, reference 7F3A0001" in answer.text
    assert "claim" not in caplog.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.text(alphabet='payload=&%[]{}":,0\\uD8').map(str.encode),
    st.sampled_from([JSON, FORM, "", "multipart/form-data; boundary=x"]),
    st.booleans(),
)
def test_no_bytes_break_the_gate(house: House, body: bytes, kind: str, is_signed: bool):
    headers = signed(body) if is_signed else {}
    headers["Content-Type"] = kind
    answer = house.client().post("/slack/events", input_stream=io.BytesIO(body), headers=headers)

    assert answer.status_code in ({200, 400} if is_signed else {401})
