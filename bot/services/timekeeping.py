"""The desk's time, kept: it looks at the clocks on the wall, and tells whoever starts later.

Which wall decides: the server's of a desk in PostgreSQL, for its processes may be on several
machines; else the machine's own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from bot.domain.clock_report import DATABASE, MACHINE, ClockReport, Leap, Skew
from bot.domain.ports import Now, Steady
from bot.domain.steady import DRIFT, Reading, SteadyTime, Told, begin
from bot.store.store import Store

TOLD_EVERY = timedelta(seconds=5)
SOON_ENOUGH = timedelta(milliseconds=500)  # a server that takes longer has not told the time
REMEMBERED = timedelta(hours=1)

log = logging.getLogger(__name__)


class DeskTime(Protocol):
    """What the desk asks about time."""

    def now(self) -> datetime:
        """For whatever waits, and whatever is shown; it never falls."""

    def wall(self) -> datetime:
        """What this machine's clock shows, right or wrong."""

    def outside(self) -> datetime:
        """What others most likely call this moment, to sign with; nothing may wait by it."""

    def look(self) -> int:
        """Called a few times a second."""

    def report(self) -> ClockReport: ...


@dataclass(frozen=True)
class Machine:
    """The clocks of one; `name` is another one each time it is switched on, "" if unknown."""

    wall: Now
    steady: Steady
    name: str = ""


@dataclass(frozen=True)
class GivenTime:
    """Implements `DeskTime` where a story, a demo or a benchmark says what time it is."""

    now: Now

    def wall(self) -> datetime:
        return self.now()

    def outside(self) -> datetime:
        return self.now()

    def look(self) -> int:
        return 0

    def report(self) -> ClockReport:
        return ClockReport()


class Timekeeper:
    """Implements `DeskTime`; `leapt` hears of each leap of a clock."""

    def __init__(self, store: Store, machine: Machine, leapt: Callable[[str], None] | None = None):
        """Raises StoreUnavailable: without what was told last it might begin too early."""
        self._store = store
        self._machine = machine
        self._leapt = leapt
        self._lock = Lock()
        self._own = self._own_reading()
        told, reading = self._asked()
        self._time = begin(reading or self._own, told, machine.name)
        self._is_servers = reading is not None
        self._newest = self._time.now(self._own.steady)
        self._leaps: tuple[Leap, ...] = ()

    def now(self) -> datetime:
        with self._lock:
            self._newest = max(self._newest, self._time.now(self._steady()))
            return self._newest

    def wall(self) -> datetime:
        return self._machine.wall()

    def outside(self) -> datetime:
        with self._lock:
            return self._time.outside(self._steady())

    def look(self) -> int:
        """The machine's own clock first: a database that is away must not hide its leap."""
        own = self._own_reading()
        self._hear_of_leap(MACHINE, own.zero - self._own.zero)
        self._own = own
        if not self._is_servers:
            self._judge(own)
        told, reading = self._asked()
        if reading:
            if self._is_servers:
                self._hear_of_leap(DATABASE, reading.zero - self._time.wall_zero)
            self._is_servers = True  # also where it took too long to answer at the start
            self._judge(reading)
        if told is None or self.now() - told.at >= TOLD_EVERY:
            self._tell()
        return 0

    def report(self) -> ClockReport:
        now, steady = self.now(), self._steady()
        is_believed = self._time.is_believed(steady)
        skews = [Skew(MACHINE, self.wall() - now, is_believed and not self._is_servers)]
        if self._is_servers:
            skews.append(Skew(DATABASE, self._time.ahead(steady), is_believed))
        recent = tuple(leap for leap in self._leaps if now - leap.at < REMEMBERED)
        return ClockReport(tuple(skews), recent)

    def _judge(self, reading: Reading) -> None:
        with self._lock:
            self._time = self._time.look(reading)

    def _hear_of_leap(self, clock: str, by: timedelta) -> None:
        if abs(by) <= DRIFT:
            return
        self._leaps = (*self._leaps[-9:], Leap(clock, by, self.now()))
        seconds = round(by.total_seconds(), 1)
        log.warning("clock has leapt", extra={"clock": clock, "seconds": seconds})
        if self._leapt:
            self._leapt(clock)

    def _tell(self) -> None:
        with self._lock:
            told = _told(self._time, self._steady(), self._machine.name)
        self._store.tell_time(told)

    def _asked(self) -> tuple[Told | None, Reading | None]:
        """What was told last, and the server's clock where it decides and has answered soon."""
        with self._store.reading() as tx:
            told = tx.clock.told()
            before = self._steady()
            wall = tx.clock.wall()
            took = self._steady() - before
        if wall is None or took > SOON_ENOUGH:
            return told, None
        return told, Reading(before + took / 2, wall)

    def _own_reading(self) -> Reading:
        return Reading(self._steady(), self._machine.wall())

    def _steady(self) -> timedelta:
        return timedelta(seconds=self._machine.steady())


def _told(time: SteadyTime, steady: timedelta, machine: str) -> Told:
    now = time.now(steady)
    return Told(now, now + time.ahead(steady), now - (steady - time.leapt), machine, steady)
