"""The log: what is tried again and again is told once in a while, and no secret is."""

import json
import logging
from datetime import timedelta

from bot.logs import JsonFormatter, OnceInAWhile

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
