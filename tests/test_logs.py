"""The log: what is tried again and again is told once in a while, and no secret is."""

import json
import logging
from datetime import timedelta

import pytest

from bot.logs import JsonFormatter, OnceInAWhile, UpsAndDowns

AWAY = "Connection refused"


class Log:
    """What an operator reads, at a time that the story tells."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.lines: list[dict[str, object]] = []
        self._once, self._shown = OnceInAWhile(lambda: self.seconds), JsonFormatter()

    def hear(self, event: str, **facts: object) -> None:
        record = logging.makeLogRecord({"msg": event, "levelname": "WARNING", **facts})
        if self._once.filter(record):
            self.lines.append(json.loads(self._shown.format(record)))

    def pass_time(self, length: timedelta) -> None:
        self.seconds += length.total_seconds()


def test_an_hour_without_a_database_is_a_line_every_ten_minutes_and_job() -> None:
    log = Log()
    for _ in range(7_200):
        log.hear("job has to wait", job="sweep", why=AWAY)
        log.hear("job has to wait", job="epoch", why=AWAY)
        log.pass_time(timedelta(milliseconds=500))

    assert [line["job"] for line in log.lines] == ["sweep", "epoch"] * 6
    assert {line["why"] for line in log.lines} == {AWAY}


def test_an_hour_without_slack_is_two_lines_every_ten_minutes() -> None:
    log = Log()
    for _ in range(720):
        log.hear("slack left the outcome unknown", status=502, code="http_502")
        log.hear("slack not reached", why="http_502")
        log.pass_time(timedelta(seconds=5))

    events = ["slack left the outcome unknown", "slack not reached"]
    assert [line["event"] for line in log.lines] == events * 6


def test_reasons_that_take_turns_are_each_told_once() -> None:
    log = Log()
    for why in ("database is locked", "another writer takes too long") * 50:
        log.hear("loop has to wait", loop="replies", why=why)

    assert [line["why"] for line in log.lines] == [
        "database is locked",
        "another writer takes too long",
    ]


def test_a_fault_of_ours_is_told_every_time() -> None:
    log = Log()
    for _ in range(3):
        log.hear("loop failed", loop="replies")

    assert len(log.lines) == 3


def test_a_secret_is_blotted_out_wherever_it_stands() -> None:
    log = Log()
    log.hear("slack not reached", why="xoxb-12345-secret was refused")

    assert log.lines[0]["why"] == "[secret] was refused"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("no way to postgresql://ann:h@db.example/desk", "no way to postgresql://[secret]@db.example/desk"),
        ("https://me:hush@example.com/a, https://example.com:80/@me",
         "https://[secret]@example.com/a, https://example.com:80/@me"),
        ("GET /desk?page=2&token=open-sesame HTTP/1.1", "GET /desk?page=2&token=[secret] HTTP/1.1"),
        ("postgresql://ann@h/d?password=hush&sslmode=require",
         "postgresql://ann@h/d?password=[secret]&sslmode=require"),
    ],
)  # fmt: skip
def test_who_may_enter_is_blotted_out_of_an_address(said: str, shown: str) -> None:
    log = Log()
    log.hear("slack not reached", why=said)

    assert log.lines[0]["why"] == shown


def test_a_terminal_that_shows_the_log_obeys_nothing_in_it() -> None:
    record = logging.makeLogRecord({"msg": "\x1b[2J\x9b1m\u202ename", "levelname": "WARNING"})
    line = JsonFormatter().format(record)

    assert not set(line) & set("\x1b\x9b\u202e")
    assert json.loads(line)["event"] == "\x1b[2J\x9b1m\u202ename"


def heard(caplog: pytest.LogCaptureFixture, *faults: str | None) -> list[tuple[str, str]]:
    """What the log says of a Slack that is found to be so, one look after the other."""
    caplog.set_level(logging.INFO)
    slack = UpsAndDowns("slack")
    for fault in faults:
        slack.hear(fault)
    return [(one.levelname, one.getMessage()) for one in caplog.records]


@pytest.mark.parametrize("start", [(), ("Slack was not reached yet",)])
def test_a_start_that_ends_well_is_no_warning(
    caplog: pytest.LogCaptureFixture, start: tuple[str, ...]
) -> None:
    assert heard(caplog, *start, None, None) == [("INFO", "slack works")]


def test_what_was_lost_is_a_warning_and_so_is_that_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = heard(caplog, None, AWAY, AWAY, None)
    assert told[1:] == [("WARNING", "slack"), ("WARNING", "slack works again")]
    assert [vars(one).get("why") for one in caplog.records] == [None, AWAY, None]
    assert not hasattr(caplog.records[-1], "why")


def test_a_start_that_does_not_end_well_says_each_new_reason(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = heard(caplog, "Slack was not reached yet", "token_revoked", "token_revoked", None)
    assert told == [("WARNING", "slack"), ("INFO", "slack works")]
