"""What one look at the clocks costs, at a thousand timers and at a million."""

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from benchmarks.crowd import TIMERS_OF_A_CASE, gather, let_fall_due
from benchmarks.desks import TEXT, open_desk
from benchmarks.ledger import Ledger
from benchmarks.machine import resident_memory
from benchmarks.measure import PAIRS, Round, Side, in_turns, timed
from benchmarks.table import Table, microseconds, times
from bot.domain.ids import CaseId
from bot.wiring import machine_time


@dataclass(frozen=True)
class Load:
    timers: tuple[int, ...]  # the first is what the others are compared with
    rounds: int
    idle: int  # sweeps of one round with nothing to do
    due: int  # sweeps of one round that break one promise each


FULL = Load((1_000, 100_000, 1_000_000), PAIRS, 200, 20)
QUICK = Load((500, 1_000), 2, 10, 2)


class Watched:
    """A desk with so many open timers, and who of its cases was not late yet."""

    def __init__(self, place: Path, timers: int, load: Load):
        self._place = place
        self._load = load
        self._waiting = iter(gather(place, timers // TIMERS_OF_A_CASE))
        self.memory = _alone(place)
        self._watch = open_desk(place).watch

    def look(self) -> Round:
        return timed(lambda _: self._watch.next_at(), range(self._load.idle))

    def sweep_nothing(self) -> Round:
        return timed(lambda _: self._watch.sweep(), range(self._load.idle))

    def sweep_one(self) -> Round:
        each = [self._one_late() for _ in range(self._load.due)]
        return Round(each, sum(each))

    def _one_late(self) -> float:
        """From the timer to its ping in the outbox, for good."""
        let_fall_due(self._place, {CaseId(next(self._waiting)): machine_time()})
        found = timed(lambda _: self._watch.sweep(), [None])
        return found.took


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with ExitStack() as stack:
        desks = {timers: Watched(_folder(stack), timers, load) for timers in load.timers}
        ledger = stack.enter_context(Ledger(_folder(stack) / "floor.db"))
        yield _table(load, desks, _measured(load, desks, ledger))


def _measured(
    load: Load, desks: Mapping[int, Watched], ledger: Ledger
) -> Mapping[tuple[str, int], Side]:
    rows = ((f"k{number}", TEXT.encode()) for number, _ in enumerate(repeat(None)))
    sides = {("floor", 0): lambda: timed(ledger.keep, [next(rows) for _ in range(load.due)])}
    for timers, desk in desks.items():
        sides["look", timers] = desk.look
        sides["nothing", timers] = desk.sweep_nothing
        sides["one", timers] = desk.sweep_one
    return in_turns(load.rounds, sides)


def _table(
    load: Load, desks: Mapping[int, Watched], found: Mapping[tuple[str, int], Side]
) -> Table:
    floor = found["floor", 0]
    rows = []
    for timers, desk in desks.items():
        for what, name in _NAMES.items():
            side, least = found[what, timers], found[what, load.timers[0]]
            rows.append(
                [
                    f"{timers:,}", name, microseconds(side.p50), microseconds(side.p99),
                    times(side.over(least)), times(side.over(floor)), f"{desk.memory / 1e6:.1f} MB",
                ]
            )  # fmt: skip
    columns = ["timers", "what", "p50", "p99", f"of {load.timers[0]:,}", "of the floor", "memory"]
    remark = (
        f"Floor: one bare row in one durable commit, p50 {microseconds(floor.p50)}. Memory: what "
        "the first hundred sweeps add to a fresh process. Goal: at a million at most x1.5."
    )
    return Table("One sweep", columns, rows, [remark])


_NAMES = {
    "look": "when is the next due",
    "nothing": "sweep, nothing due",
    "one": "sweep, one promise broken",
}


def _alone(place: Path) -> int:
    """The memory that a hundred sweeps take in a process of their own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_footprint, place).result()


def _footprint(place: Path) -> int:
    watch = open_desk(place).watch
    before = resident_memory()
    for _ in range(100):
        watch.sweep()
    return resident_memory() - before


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
