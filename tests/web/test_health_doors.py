from datetime import timedelta
from threading import Event
from time import monotonic

import pytest

from bot.domain.clock_report import MACHINE, ClockReport, Leap, Skew
from bot.domain.errors import StoreUnavailable
from tests.web.house import NOW, House


@pytest.fixture
def house() -> House:
    return House()


def test_alive_is_said_whatever_else_is_wrong(house: House):
    house.faults = {"slack": "the token was revoked"}

    assert house.client().get("/healthz").json == {"alive": True}


def test_ready_when_every_part_works(house: House):
    house.faults = {"intake": None, "store": None, "clock": None, "slack": None}
    answer = house.client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"ready": True, "faults": {}}


def test_replies_that_wait_are_said_and_are_no_fault(house: House):
    house.waits = "the desk was restored from a backup of 2026-03-02 09:00 UTC"
    answer = house.client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json["waiting"] == {"public replies": house.waits}


def test_what_was_set_aside_is_named_and_keeps_nothing_else_from_working(house: House):
    aside = "clock 1042:hanging: ValueError, reference 7F3A"
    answer = house.client(set_aside=lambda: [aside]).get("/readyz")

    assert answer.status_code == 200
    assert answer.json["set_aside"] == [aside]


def test_a_clock_that_is_off_is_said_and_is_no_fault(house: House):
    back = -timedelta(hours=3)
    report = ClockReport((Skew(MACHINE, back),), (Leap(MACHINE, back, NOW),))
    answer = house.client(clocks=lambda: report).get("/readyz")

    assert answer.status_code == 200
    said = answer.json["clock"]
    assert said["says"] == (
        "This machine's clock is 3 h behind the desk's time. Nothing comes early or late because"
        " of it. If it is wrong, set it right: until then signed requests are refused."
    )
    assert said["skew_seconds"] == {"machine": -10_800.0}
    assert said["steps"] == [
        {"clock": "machine", "at": "2026-01-01T12:00:00+00:00", "seconds": -10_800.0}
    ]


def test_a_clock_that_was_put_right_is_not_called_wrong(house: House):
    report = ClockReport((Skew(MACHINE, -timedelta(hours=3), is_followed=True),))
    answer = house.client(clocks=lambda: report).get("/readyz")

    assert answer.json["clock"]["says"] == (
        "This machine's clock is 3 h behind the desk's time."
        " The desk's time follows it by five minutes an hour."
    )


def test_clocks_that_agree_are_not_spoken_of(house: House):
    report = ClockReport((Skew(MACHINE, timedelta(seconds=1)),))

    assert "clock" not in house.client(clocks=lambda: report).get("/readyz").json


def test_not_ready_names_what_does_not_work(house: House):
    house.faults = {"store": None, "slack": "the token was revoked"}
    answer = house.client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"ready": False, "faults": {"slack": "the token was revoked"}}


def test_a_check_that_cannot_look_is_not_ready_either(house: House):
    def locked() -> dict[str, str | None]:
        raise StoreUnavailable

    assert house.client(ready=locked).get("/readyz").status_code == 503


def test_metrics_are_in_the_form_that_prometheus_reads(house: House):
    answer = house.client().get("/metrics")

    assert answer.data == b"posts_total 1.0\n"
    assert answer.content_type.startswith("text/plain; version=")


def test_answers_are_kept_by_nobody_and_taken_for_nothing_else(house: House):
    for path in ("/healthz", "/desk", "/no/such/page"):
        headers = house.client().get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_is_said_in_json(house: House):
    answer = house.client().get("/no/such/page")

    assert answer.status_code == 404
    assert answer.json == {"errors": [{"field": "", "error": "not found"}]}


def test_a_store_that_never_answers_is_told_within_a_second(house: House):
    answers = Event()
    client = house.client(ready=lambda: {"store": None} if answers.wait(60) else {})

    began = monotonic()
    silent = client.get("/readyz")
    took = monotonic() - began
    answers.set()

    assert took < 1
    assert (silent.status_code, silent.json["ready"]) == (503, False)
    assert silent.json["faults"] == {"store": "the database does not answer"}
    assert client.get("/readyz").json == {"ready": True, "faults": {}}


def test_a_store_that_keeps_others_things_meanwhile_is_busy_and_not_silent(house: House):
    answers, is_slow = Event(), Event()
    client = house.client(
        ready=lambda: {"store": None} if not is_slow.is_set() or answers.wait(60) else {},
        is_keeping=lambda: True,
    )
    assert client.get("/readyz").status_code == 200

    is_slow.set()
    busy = client.get("/readyz")
    answers.set()

    assert (busy.status_code, busy.json) == (200, {"ready": True, "faults": {}})
