"""Who is on call: the shifts of the rota, read at a moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.local_time import MIDNIGHT, find_zone, parse_days, parse_times


class OnCall(Protocol):
    """Whom a ping reaches, in the order of the rota, as written: e-mail addresses or Slack ids."""

    def on_duty(self, now: datetime, level: int = 1) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Shift:
    """One person's hours on some days of the week; an end not after the start is on the next day.

    It goes by the clock on the wall, so where one shift hands over to another there is nobody
    missing and nobody double on the nights on which clocks jump.
    """

    person: str
    days: frozenset[int]  # on which it starts; 0 is Monday
    start_minute: int = 0
    end_minute: int = MIDNIGHT
    time_zone: str = "UTC"
    level: int = 1

    def __post_init__(self) -> None:
        find_zone(self.time_zone)

    def covers(self, now: datetime) -> bool:
        local = now.astimezone(find_zone(self.time_zone))
        today, minute = local.weekday(), local.hour * 60 + local.minute
        if self.start_minute < self.end_minute:
            return today in self.days and self.start_minute <= minute < self.end_minute
        started_today = today in self.days and minute >= self.start_minute
        return started_today or ((today - 1) % 7 in self.days and minute < self.end_minute)


@dataclass(frozen=True)
class Rota:
    """The standing shifts of on_call.toml."""

    shifts: tuple[Shift, ...] = ()

    def on_duty(self, now: datetime, level: int = 1) -> tuple[str, ...]:
        on = (shift.person for shift in self.shifts if shift.level == level and shift.covers(now))
        return tuple(dict.fromkeys(on))


def parse_shift(
    person: str,
    days: str = "daily",
    hours: str = "00:00-24:00",
    time_zone: str = "UTC",
    level: int = 1,
) -> Shift:
    """A shift as on_call.toml and `/rota add` write it; ValueError for the first fault."""
    start, end = parse_times(hours)
    return Shift(person, parse_days(days), start, end, time_zone, level)
