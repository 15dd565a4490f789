"""Who may put a post through the door, and that nobody can break it."""

import io
import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.domain.clock_report import MACHINE, ClockReport, Skew
from tests.web.house import SMALLEST, House, deliver, later, signed

BODY = json.dumps(SMALLEST).encode()


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-id": ""},
        {"webhook-id": "another"},
        {"webhook-id": "x" * 256},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "abc"},
        {"webhook-timestamp": "9" * 5_000},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "1e9"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": "v1,AAAA v2,BBBB"},
        {"webhook-signature": signed(BODY)["webhook-signature"].replace("v1,", "v1a,")},
        {"webhook-signature": signed(BODY + b" ")["webhook-signature"]},
        signed(BODY, at=later(hours=3)) | {"webhook-signature": "v1,b2xk"},
    ],
)
def test_missing_and_wrong_signatures_get_one_and_the_same_answer(
    house: House, headers: dict[str, str]
):
    answer = house.client().post("/intake/webhook", data=BODY, headers=signed(BODY) | headers)

    assert answer.status_code == 401
    assert answer.json == {"errors": [{"field": "", "error": "signature missing, wrong or old"}]}
    assert not house.posts


@pytest.mark.parametrize(
    ("at", "off"),
    [
        (later(seconds=-301), "5 min behind"),
        (later(seconds=301), "5 min ahead of"),
        (later(hours=3), "3 h ahead of"),
    ],
)
def test_whoever_holds_the_key_and_signs_by_another_clock_hears_how_far_apart_they_are(
    house: House, at: datetime, off: str
):
    answer = deliver(house.client(), at=at)

    assert answer.status_code == 401
    assert f"made {off} this machine's clock" in words_of(answer)
    assert not house.posts


def test_where_the_desk_knows_that_its_own_clock_is_wrong_it_says_so(house: House):
    behind = ClockReport((Skew(MACHINE, -timedelta(hours=3)),))
    answer = deliver(house.client(clocks=lambda: behind), at=later(hours=3))

    assert answer.status_code == 401
    assert "This machine's clock is 3 h behind the desk's time." in words_of(answer)


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_signature_is_good_for_five_minutes_to_either_side(house: House, seconds: int):
    assert deliver(house.client(), at=later(seconds=seconds)).status_code == 202


def test_one_right_signature_among_several_is_enough(house: House):
    headers = signed(BODY)
    headers["webhook-signature"] = "v1,b2xk v1a,eA== " + headers["webhook-signature"]

    assert house.client().post("/intake/webhook", data=BODY, headers=headers).status_code == 202


def words_of(answer: TestResponse) -> str:
    [fault] = answer.json["errors"]
    return str(fault["error"])


header_values = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200),
    headers=st.dictionaries(
        st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), header_values
    ),
    kind=st.just("application/json") | header_values,
)
def test_no_stranger_can_break_the_door(
    house: House, body: bytes, headers: dict[str, str], kind: str
):
    headers["Content-Type"] = kind
    answer = house.client().post("/intake/webhook", input_stream=io.BytesIO(body), headers=headers)

    assert answer.status_code in {401, 415}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='[]{}":,0e-\\uD8idtexthandleauthor ', max_size=80))
def test_no_holder_of_the_secret_can_break_it_either(house: House, text: str):
    body = text.encode()
    answer = house.client().post("/intake/webhook", data=body, headers=signed(body))

    assert answer.status_code in {202, 200, 400, 422}
