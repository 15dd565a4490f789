"""The desk's time: it never falls and never leaps, whatever becomes of the clock on the wall.

Whatever waits (promises, undo windows, budgets, storms) waits by it. It goes on by a clock that
nobody sets. Where the wall disagrees it is believed after ten minutes, and followed slowly.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

DRIFT = timedelta(seconds=1)  # so little is followed at once: two clocks never agree quite
BELIEVED_AFTER = timedelta(minutes=10)
SLEW = 12  # the twelfth part: an hour of the desk then takes 55 or 65 minutes
ASLEEP = timedelta(days=1)  # so far behind the wall, the machine was paused: no slow way back
FRESH = timedelta(seconds=15)  # what was told so lately was told by a process that runs

_LONG_AGO = -BELIEVED_AFTER


@dataclass(frozen=True)
class Reading:
    """Both clocks of one moment: the steady one, since it began, and the wall that decides."""

    steady: timedelta
    wall: datetime

    @property
    def zero(self) -> datetime:
        """What the wall would have shown when the steady clock began."""
        return self.wall - self.steady


@dataclass(frozen=True)
class Told:
    """What a process has written down of the desk's time for those who start later."""

    at: datetime  # the desk's time
    wall: datetime  # what the wall showed then
    since: datetime  # the desk's time when the wall last leapt
    machine: str  # whose steady clock it is, since it was switched on; "" where nobody can tell
    steady: timedelta

    @property
    def is_guessed(self) -> bool:
        """No process told it: an upgrade took the newest moment that was stored."""
        return self.machine == "" and not self.steady

    def is_of(self, machine: str, reading: Reading) -> bool:
        """Whether the same steady clock still goes."""
        return machine != "" and self.machine == machine and self.steady <= reading.steady


@dataclass(frozen=True)
class SteadyTime:
    """A desk's time as it goes on from the last look at the wall."""

    zero: datetime  # the desk's time when the steady clock began, as of `looked`
    looked: timedelta
    goal: datetime  # what `zero` moves to, slowly
    wall_zero: datetime
    leapt: timedelta  # when the wall last leapt
    anchor: datetime  # `wall_zero` then, or since: many little steps are a leap, too
    anchored: timedelta

    def now(self, steady: timedelta) -> datetime:
        return self._zero(steady) + steady

    def ahead(self, steady: timedelta) -> timedelta:
        """How far the wall is ahead of the desk; negative: behind."""
        return self.wall_zero - self._zero(steady)

    def is_believed(self, steady: timedelta) -> bool:
        """Whether the wall has been what it is for long enough."""
        return steady - self.leapt >= BELIEVED_AFTER

    def outside(self, steady: timedelta) -> datetime:
        """What others most likely call this moment: it may leap, so nothing may wait by it."""
        return self.wall_zero + steady if self.is_believed(steady) else self.now(steady)

    def has_leapt(self, reading: Reading) -> bool:
        return abs(reading.zero - self.anchor) > DRIFT

    def look(self, reading: Reading) -> "SteadyTime":
        """What is known after one more look at the wall."""
        seen = self._seen(reading)
        ahead = seen.ahead(reading.steady)
        if not (seen.is_believed(reading.steady) or abs(ahead) <= DRIFT):
            return seen
        return replace(seen, goal=reading.zero, zero=reading.zero if ahead > ASLEEP else seen.zero)

    def _seen(self, reading: Reading) -> "SteadyTime":
        """The goal is where it is, until it is known whether the wall is believed."""
        at, zero, has_leapt = reading.steady, self._zero(reading.steady), self.has_leapt(reading)
        is_old = at - self.anchored >= BELIEVED_AFTER
        anchor = (reading.zero, at) if has_leapt or is_old else (self.anchor, self.anchored)
        return SteadyTime(zero, at, zero, reading.zero, at if has_leapt else self.leapt, *anchor)

    def _zero(self, steady: timedelta) -> datetime:
        most = max(steady - self.looked, timedelta()) // SLEW
        return self.zero + min(max(self.goal - self.zero, -most), most)


def begin(reading: Reading, told: Told | None, machine: str) -> SteadyTime:
    """A process starts: it goes on where the others are, and never before what was written."""
    if told is None:
        return _begun(reading, reading.zero, reading.steady + _LONG_AGO)
    now = _now(reading, told, machine)
    is_the_same = abs((reading.wall - now) - (told.wall - told.at)) <= DRIFT
    leapt = reading.steady - (max(now - told.since, timedelta()) if is_the_same else timedelta())
    return _begun(reading, now - reading.steady, leapt).look(reading)


def _begun(reading: Reading, zero: datetime, leapt: timedelta) -> SteadyTime:
    wall, at = reading.zero, reading.steady
    return SteadyTime(zero, at, zero, wall, leapt, wall, at)


def _now(reading: Reading, told: Told, machine: str) -> datetime:
    """By the same steady clock, else by the wall of one that runs, else by the later of both."""
    if told.is_of(machine, reading):
        now = told.at + (reading.steady - told.steady)
        return now if reading.wall - now <= ASLEEP else reading.wall
    if abs(reading.wall - told.wall) <= FRESH:
        return max(told.at + (reading.wall - told.wall), told.at)
    if told.is_guessed and told.at - reading.wall > ASLEEP:
        return reading.wall  # something was stored under a clock that was wrong by days
    return max(reading.wall, told.at)
