"""The door for posts, as the README promises it."""

import hashlib
import hmac
import io
import json
import logging
from base64 import b64decode, b64encode

import pytest

from bot.domain.errors import StoreUnavailable
from bot.domain.ids import PostKey
from bot.web.quota import Quota
from tests.web.house import NOW, SECRET, SMALLEST, House, deliver, signed

OTHER = "whsec_" + b64encode(b"another key of enough bytes").decode()
BODY = json.dumps(SMALLEST).encode()


@pytest.fixture
def house() -> House:
    return House()


def test_a_signed_post_is_stored_and_answered_with_its_key(house: House):
    answer = deliver(house.client(), SMALLEST | {"source": "x"}, id="msg_9")

    assert answer.status_code == 202
    assert answer.json == {"accepted": True, "duplicate": False, "post": "x:1"}
    assert house.posts[PostKey("x:1")].text == "where is my bag?"
    assert [delivery.id for delivery in house.deliveries if delivery] == ["msg_9"]


def test_a_message_is_known_by_its_id_and_by_its_very_bytes(house: House):
    for post in (SMALLEST, SMALLEST, SMALLEST | {"text": "where is my hat?"}):
        deliver(house.client(), post)
    first, again, other = house.deliveries

    assert first == again
    assert first != other
    assert first.id == other.id


def test_a_post_remembers_its_door_whatever_it_says_itself(house: House):
    deliver(house.client(), SMALLEST | {"source": "x", "door": "webhook"}, door="mastodon")

    assert house.posts[PostKey("x:1")].door == "mastodon"


def test_each_door_has_a_secret_of_its_own(house: House):
    client = house.client(intakes={"webhook": OTHER, "shop": SECRET, "closed": None})

    assert deliver(client, door="shop").status_code == 202
    assert deliver(client, door="webhook").status_code == 401, "signed for the shop"
    assert deliver(client, door="closed").status_code == 401


def test_a_door_gives_its_name_to_a_post_without_source(house: House):
    answer = deliver(house.client(), door="mastodon")

    assert answer.json["post"] == "mastodon:1"


def test_the_same_post_again_is_a_duplicate(house: House):
    deliver(house.client())
    again = deliver(house.client(), id="msg_2")

    assert again.status_code == 200
    assert again.json == {"accepted": True, "duplicate": True, "post": "webhook:1"}


def test_an_unknown_door_is_not_there(house: House):
    answer = deliver(house.client(), door="nowhere")

    assert answer.status_code == 404
    assert answer.json == {"errors": [{"field": "", "error": "unknown door"}]}


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "text/plain"}, {"Content-Type": ""}, {"Content-Encoding": "gzip"}],
)
def test_only_plain_json_is_taken(house: House, headers: dict[str, str]):
    answer = house.client().post("/intake/webhook", data=BODY, headers=signed(BODY) | headers)

    assert answer.status_code == 415


def test_json_may_name_its_charset(house: House):
    headers = signed(BODY) | {"Content-Type": "application/json; charset=utf-8"}

    assert house.client().post("/intake/webhook", data=BODY, headers=headers).status_code == 202


def test_sixty_four_kibibytes_are_the_end(house: House):
    body = BODY + b" " * (64 * 1024 - len(BODY))
    full = house.client().post("/intake/webhook", data=body, headers=signed(body))
    over = house.client().post("/intake/webhook", data=body + b" ", headers=signed(body + b" "))

    assert (full.status_code, over.status_code) == (202, 413)
    assert over.json["errors"][0]["field"] == ""


class Endless(io.RawIOBase):
    """A body without a length; it remembers how much of it was asked for."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.given += len(buffer)
        buffer[:] = b" " * len(buffer)
        return len(buffer)


def test_a_body_without_a_length_is_read_no_further_than_allowed(house: House):
    body = Endless()
    answer = house.client().post(
        "/intake/webhook",
        headers=signed(b""),
        environ_overrides={
            "wsgi.input": body,
            "wsgi.input_terminated": True,
            "HTTP_TRANSFER_ENCODING": "chunked",
        },
    )

    assert answer.status_code == 413
    assert body.given <= 64 * 1024 + io.DEFAULT_BUFFER_SIZE


def test_without_a_secret_everything_is_refused_and_the_reason_said(house: House):
    answer = deliver(house.client(intakes={"webhook": None}))

    assert answer.status_code == 401
    assert answer.json["errors"][0]["error"] == "intake has no secret"


@pytest.mark.parametrize("body", [b"", b"{", b"NaN", b"[" * 60_000, b'{"id": 1e999}', b"9" * 5_000])
def test_what_is_not_json_is_400(house: House, body: bytes):
    answer = house.client().post("/intake/webhook", data=body, headers=signed(body))

    assert answer.status_code == 400
    assert answer.json["errors"][0]["field"] == ""


def test_signed_bytes_that_are_not_utf_8_are_400(house: House):
    body = b'{"id": "\xff"}'
    key = b64decode(SECRET.removeprefix("whsec_"))
    told = f"msg_1.{int(NOW.timestamp())}.".encode() + body
    signature = b64encode(hmac.digest(key, told, hashlib.sha256)).decode()
    headers = signed(b"") | {"webhook-signature": f"v1,{signature}"}

    answer = house.client().post("/intake/webhook", data=body, headers=headers)

    assert answer.status_code == 400
    assert answer.json == {"errors": [{"field": "", "error": "is not UTF-8"}]}


def test_every_wrong_field_is_named_at_once(house: House):
    answer = deliver(house.client(), {"id": "1", "author": {}, "priority": "now"})

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [
        "text",
        "author.handle",
        "priority",
    ]


def test_a_source_over_its_quota_is_told_when_to_come_again(house: House):
    client = house.client(quota=Quota(2))
    answers = [deliver(client, SMALLEST | {"id": id}, id=f"msg_{id}") for id in "123"]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[-1].headers["Retry-After"] == "30"
    assert deliver(client, SMALLEST | {"source": "x"}, id="msg_4").status_code == 202


def test_what_could_not_be_stored_is_to_be_sent_again(house: House):
    house.fault = StoreUnavailable("disk is full")
    answer = deliver(house.client())

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json == {"errors": [{"field": "", "error": "could not be stored: send again"}]}


def test_an_unexpected_fault_has_a_reference_and_the_log_knows_it(
    house: House, caplog: pytest.LogCaptureFixture
):
    house.fault = RuntimeError("where is my bag?")
    with caplog.at_level(logging.DEBUG):
        answer = deliver(house.client())

    assert answer.status_code == 500
    assert answer.json == {"errors": [{"field": "", "error": "internal error, reference 7F3A0001"}]}
    assert "7F3A0001: RuntimeError" in caplog.text
    assert "in receive" in caplog.text


@pytest.mark.parametrize("fault", [None, StoreUnavailable("bag"), RuntimeError("bag")])
def test_no_word_of_a_customer_reaches_a_log_or_an_error(
    house: House, caplog: pytest.LogCaptureFixture, fault: Exception | None
):
    house.fault = fault
    with caplog.at_level(logging.DEBUG):
        good = deliver(house.client())
        bad = deliver(house.client(), SMALLEST | {"kind": "where is my bag?", "url": "bag"})

    for place in (caplog.text, good.text, bad.text):
        assert "my bag" not in place


def test_the_door_takes_nothing_but_posts(house: House):
    answer = house.client().get("/intake/webhook")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.json == {"errors": [{"field": "", "error": "method not allowed"}]}
