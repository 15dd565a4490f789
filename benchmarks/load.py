"""A busy day in real time: ten thousand posts an hour, and two hundred people who click."""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.ash_cloud import EVENLY, arrivals, rules
from benchmarks.beside import Beside
from benchmarks.desks import folder
from benchmarks.goals import Goal, at_most, none
from benchmarks.ledger import Ledger
from benchmarks.measure import share, timed
from benchmarks.office import EVERY, NOTED, PEOPLE, serve_office
from benchmarks.pulse import Pulse
from benchmarks.run_beside import Documents, run_beside
from benchmarks.sender import Sender, letter
from benchmarks.table import Table, milliseconds

POSTS_AN_HOUR = 10_000
MINUTES = 5.0
SETTLES = 60.0  # seconds in which the last posts become cards and the last promises break
SOON = "30s"  # the first answer to an urgent post: nobody gives it, so that somebody is pinged
PROMISES: dict[str, object] = {
    "target": [
        {"department": "*", "priority": "*", "first_response": "8h", "resolution": "3d"},
        {"department": "*", "priority": "urgent", "first_response": SOON, "warn": "99%"},
    ],
    "escalation": [{"after": "0m", "ping": "on-call"}],
}
SET_UP: Documents = {
    "sla": PROMISES,
    "routing": {"default": "service", "rule": rules()},
    "on_call": {"shift": [{"person": "on.call@example.com"}]},
}

Seconds = Sequence[float]


@dataclass(frozen=True)
class Day:
    """What came of it."""

    minutes: float
    intake: Seconds
    again: int  # posts that were sent once more, since they could not be kept at once
    acks: Seconds
    lost_clicks: int
    cards: Seconds
    without_card: int
    doubled: int
    pings: Seconds
    unpinged: int
    refused: int
    memory: Sequence[int]  # of the desk, a second apart


def run(*, quick: bool, minutes: float = MINUTES) -> Iterator[Table]:
    with folder() as place, Ledger(place / "floor.db") as ledger:
        floor = timed(ledger.keep, [(str(number), b"a row") for number in range(200)])
        with Pulse() as pulse:
            day = _day(place, *((0.1, 2.0) if quick else (minutes, SETTLES)))
        yield _table(day, share(floor.each, 0.5), pulse.late)


def _day(place: Path, minutes: float, settles: float) -> Day:
    posts = arrivals(round(POSTS_AN_HOUR / 60 * minutes), 1, EVENLY)
    clicking = partial(serve_office, minutes * 60)
    with Beside(clicking, place) as office, run_beside(place, office.url, SET_UP) as desk:
        sender = Sender(desk.url)
        sent: dict[str, float] = {}
        intake: list[float] = []
        again = 0
        begun = time.time()
        for number, arrival in enumerate(posts):
            due = begun + number * minutes * 60 / len(posts)
            time.sleep(max(0.0, due - time.time()))
            post = letter(arrival.post)
            sent[arrival.post.key] = asked = time.time()
            again += sender.deliver(post)
            intake.append(time.time() - asked)
        time.sleep(settles)
    noted = json.loads((place / NOTED).read_text())
    said = _first_said(noted["said"])
    records = Records(place)
    cards = {post: said.get(key) for post, key in records.cards().items() if post in sent}
    pings = [(due, said.get(key)) for due, key in records.pings()]
    return Day(
        minutes=minutes,
        intake=intake,
        again=again,
        acks=noted["acks"],
        lost_clicks=noted["lost"],
        cards=[at - sent[post] for post, at in cards.items() if at],
        without_card=len(sent) - sum(at is not None for at in cards.values()),
        doubled=len(noted["said"]) - len(said),
        pings=[at - due for due, at in pings if at],
        unpinged=sum(at is None for _, at in pings),
        refused=len(noted["refused"]),
        memory=desk.memory,
    )


class Records:
    """What the desk has written down, read when it has stopped."""

    def __init__(self, place: Path):
        self._path = place / "desk.db"

    def cards(self) -> dict[str, str]:
        """Of every post that opened a case the key of the message in which it first stood."""
        return dict(self._rows(_CARDS))

    def pings(self) -> list[tuple[float, str]]:
        """When each broken promise fell due, and the key of the message that pings for it."""
        return [(due / 1000, key) for due, key in self._rows(_PINGS)]

    def _rows(self, sql: str) -> list[tuple[Any, Any]]:
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute(sql).fetchall()


_CARDS = """
    select cases.post, coalesce(outbox.within, outbox.key) from cases
    join outbox on outbox.case_id = cases.id and outbox.kind = 'card'
        and outbox.key = 'card:' || cases.id || ':' || cases.department"""
_PINGS = """
    select promises.due_at, coalesce(outbox.within, outbox.key) from promises
    join outbox on outbox.key =
        'ping:' || promises.case_id || ':' || promise || ':' || promises.started_at || ':0'
    where promises.breached_at is not null"""


def _first_said(said: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Since when each message stands in Slack, by its key."""
    first: dict[str, float] = {}
    for key, at in said:
        first.setdefault(key, at)
    return first


def _table(day: Day, floor: float, late: Seconds) -> Table:
    rows = [
        ["post, until the desk has kept it", *_figures(day.intake)],
        ["post to card", *_figures(day.cards)],
        ["click to acknowledgement", *_figures(day.acks)],
        ["broken promise to ping", *_figures(day.pings)],
        ["floor: how late a sleeping thread wakes", *_figures(late)],
    ]
    columns = ["what", "how many", "p50", "p99", "latest"]
    first, last = _settled(day.memory)
    remarks = [
        f"{day.minutes:g} minutes of real time: {POSTS_AN_HOUR:,} posts an hour by the signed"
        f" intake, {PEOPLE} people who click once in {EVERY:.0f} s; `python -m bot run`, Slack with"
        " its people, and the sender of posts each in a process of their own.",
        "Slack enforces its limits (1 message a second and channel, 240 a minute in all, 50"
        f" updates a minute): {day.refused:,} calls answered by 429.",
        f"{day.again:,} times a post could not be kept at once and was sent again, as networks do."
        f" Memory of the desk: {first / 1e6:.1f} MB after the first minute, {last / 1e6:.1f} MB at"
        f" the end; minute by minute {_by_minute(day.memory)} MB.",
        f"Floor: one bare row in one durable commit, p50 {milliseconds(floor)}.",
    ]
    return Table("A busy day", columns, rows, remarks, _goals(day, 100 * (last / first - 1)))


def _goals(day: Day, drift: float) -> list[Goal]:
    return [
        at_most("post to card p99", _p99(day.cards), 15),
        at_most("acknowledgement p99", _p99(day.acks) * 1000, 800, "ms"),
        at_most("ping lateness p99", _p99(day.pings), 5),
        none("posts that have no card", day.without_card),
        none("messages that stand twice", day.doubled),
        none("broken promises without a ping", day.unpinged),
        none("clicks without an acknowledgement", day.lost_clicks),
        at_most("drift of memory", drift, 5, "%"),
    ]


def _settled(memory: Sequence[int]) -> tuple[float, float]:
    """After a minute, or a fifth of a shorter run, and at the end; each over a tenth of the run."""
    width = max(1, len(memory) // 10)
    start = min(60, len(memory) // 5)
    return median(memory[start : start + width]), median(memory[-width:])


def _by_minute(memory: Sequence[int]) -> str:
    return ", ".join(f"{one / 1e6:.0f}" for one in memory[::60])


def _figures(found: Seconds) -> list[str]:
    if not found:
        return ["0", "-", "-", "-"]
    shares = [share(found, 0.5), share(found, 0.99), max(found)]
    return [f"{len(found):,}", *map(milliseconds, shares)]


def _p99(found: Seconds) -> float:
    return share(found, 0.99) if found else 0.0
