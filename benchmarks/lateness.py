"""How late the clock is: many promises broken at one instant, and a busy twenty seconds."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from benchmarks.crowd import gather, let_fall_due
from benchmarks.desks import TEXT, folder, open_desk
from benchmarks.ledger import Ledger
from benchmarks.measure import PAIRS, Round, Side, in_turns
from benchmarks.table import Table, milliseconds, times
from bot.domain.ids import CaseId
from bot.jobs import Clock, Job
from bot.services.watch import Watch
from bot.wiring import Services, machine_time

PATIENCE = 120.0  # seconds before a benchmark gives up
BATCH = 500  # rows of one commit of the floor, as in a sweep


@dataclass(frozen=True)
class Load:
    others: int  # open cases that are not due
    at_once: int
    rounds: int
    steady: int
    over: timedelta


FULL = Load(20_000, 10_000, PAIRS, 300, timedelta(seconds=20))
QUICK = Load(100, 50, 2, 20, timedelta(seconds=1))


class Watcher:
    """The desk's clock on a desk full of cases; it notes when each ping was kept for good."""

    def __init__(self, place: Path, cases: int):
        self._place = place
        self._waiting = iter(gather(place, cases))
        self._desk = open_desk(place)
        self._commits: list[tuple[int, datetime]] = []
        self._wanted = 0
        self._all_kept = Event()
        self._desk.nudges.add(self._note_commit)
        self._reader = sqlite3.connect(place / "desk.db", check_same_thread=False)
        self._clock = Clock([_sweeping(self._desk)], machine_time)
        self._clock.start()

    def stop(self) -> None:
        self._clock.stop()
        self._reader.close()

    def break_promises(self, delays: list[timedelta]) -> Round:
        """So long after now each; what lies between the moment and the commit of its ping."""
        soon = machine_time() + timedelta(seconds=1)
        due = {CaseId(next(self._waiting)): soon + delay for delay in delays}
        self._commits = [(self._newest(), machine_time())]
        self._wanted = self._commits[0][0] + len(due)
        self._all_kept.clear()
        let_fall_due(self._place, due)
        assert machine_time() < soon, "the moment came before everything was set up"
        assert self._all_kept.wait(PATIENCE), "not every ping was kept"
        return self._lateness(due)

    def _note_commit(self) -> None:
        """Called after each commit: up to which row the outbox is kept now."""
        newest = self._newest()
        self._commits.append((newest, machine_time()))
        if newest >= self._wanted:
            self._all_kept.set()

    def _newest(self) -> int:
        return int(self._reader.execute("select max(rowid) from outbox").fetchone()[0])

    def _lateness(self, due: Mapping[CaseId, datetime]) -> Round:
        each = []
        for (before, _), (newest, at) in zip(self._commits, self._commits[1:], strict=False):
            pings = self._reader.execute(
                "select case_id from outbox where rowid > ? and rowid <= ?", (before, newest)
            )
            each += [(at - due[case]).total_seconds() for (case,) in pings]
        assert len(each) == len(due), "each broken promise is pinged once"
        return Round(each, max(each))


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    cases = load.others + load.rounds * load.at_once + load.steady
    with folder() as place, folder() as beside, Ledger(beside / "floor.db") as ledger:
        watcher = Watcher(place, cases)
        steady = [load.over * number / load.steady for number in range(load.steady)]
        at_once = [timedelta()] * load.at_once
        found = in_turns(
            load.rounds,
            {
                "ours": lambda: watcher.break_promises(at_once),
                "floor": lambda: _kept_in_batches(ledger, load.at_once),
            },
        )
        busy = in_turns(
            1,
            {
                "ours": lambda: watcher.break_promises(steady),
                "floor": lambda: _slept_and_kept(ledger, steady),
            },
        )
        watcher.stop()
        yield _table(load, found, busy)


def _table(load: Load, found: Mapping[str, Side], busy: Mapping[str, Side]) -> Table:
    at_once = f"{load.at_once:,} at one instant"
    steady = f"{load.steady:,} over {load.over.total_seconds():.0f} s"
    rows = [
        _row(at_once, "ours", found["ours"], times(found["ours"].over(found["floor"]))),
        _row(at_once, "floor: bare rows, 500 in a commit", found["floor"], ""),
        _row(steady, "ours", busy["ours"], times(busy["ours"].over(busy["floor"]))),
        _row(steady, "floor: sleep, then one bare commit", busy["floor"], ""),
    ]
    columns = ["promises broken", "side", "p50", "p99", "latest", "later than 1 s", "ratio"]
    remark = (
        f"From the moment to the ping's commit, by the desk's own clock job, beside {load.others:,}"
        " other open cases. Goal: p99 below 1 s. The clock looks at most ten times a second."
    )
    return Table("Lateness of the clock", columns, rows, [remark])


def _row(what: str, name: str, side: Side, ratio: str) -> list[str]:
    late = side.later_than(1.0)
    figures = [milliseconds(one) for one in (side.p50, side.p99, side.worst)]
    return [what, name, *figures, f"{late:,}", ratio]


def _sweeping(desk: Services) -> Job:
    """The job of the running desk."""
    return Job("sweep", _when_due(desk.watch), timedelta(milliseconds=500), desk.watch.next_at)


def _when_due(watch: Watch) -> Callable[[], None]:
    def sweep() -> None:
        due = watch.next_at()
        if due is not None and due <= machine_time():
            watch.sweep()

    return sweep


def _kept_in_batches(ledger: Ledger, number: int) -> Round:
    each: list[float] = []
    begun = time.perf_counter()
    moment = machine_time().isoformat()
    for first in range(0, number, BATCH):
        rows = [(f"{moment}:{one}", TEXT.encode()) for one in range(first, first + BATCH)]
        ledger.keep_all(rows[: number - first])
        each += [time.perf_counter() - begun] * len(rows[: number - first])
    return Round(each, time.perf_counter() - begun)


def _slept_and_kept(ledger: Ledger, delays: list[timedelta]) -> Round:
    each = []
    begun = time.perf_counter()
    for number, delay in enumerate(delays):
        due = begun + delay.total_seconds()
        time.sleep(max(due - time.perf_counter(), 0))
        ledger.keep((f"steady{number}", TEXT.encode()))
        each.append(time.perf_counter() - due)
    return Round(each, time.perf_counter() - begun)
