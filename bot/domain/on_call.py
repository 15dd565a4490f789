"""Who is on call: the shifts of the rota and what replaces or joins them, read at a moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.local_time import MIDNIGHT, find_zone, minute_of_day, parse_days, parse_times

FIRST_LEVEL = 1


class Wall(NamedTuple):
    """What the clock on the wall shows in a zone; a rota asks it of every shift."""

    day: date
    weekday: int
    minute: int

    @classmethod
    def at(cls, now: datetime, time_zone: str) -> "Wall":
        local = now.astimezone(find_zone(time_zone))
        return cls(local.date(), local.weekday(), local.hour * 60 + local.minute)


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
    level: int = FIRST_LEVEL

    def __post_init__(self) -> None:
        find_zone(self.time_zone)

    @property
    def people(self) -> tuple[str, ...]:
        return (self.person,)

    def covers(self, now: datetime) -> bool:
        return self.begun(Wall.at(now, self.time_zone)) is not None

    def ends(self, day: date) -> datetime:
        """When the one is over that begins on that day."""
        last = day if self.start_minute < self.end_minute else day + timedelta(days=1)
        return minute_of_day(last, self.end_minute, find_zone(self.time_zone))

    def begun(self, wall: Wall) -> date | None:
        """The day on which it began, where it covers this moment of its own zone."""
        ends_today = self.start_minute < self.end_minute
        is_before_end = wall.minute < self.end_minute
        has_begun = wall.weekday in self.days and wall.minute >= self.start_minute
        if has_begun and (is_before_end or not ends_today):
            return wall.day
        if not ends_today and is_before_end and (wall.weekday - 1) % 7 in self.days:
            return wall.day - timedelta(days=1)
        return None


@dataclass(frozen=True)
class Override:
    """Somebody stands in for everybody of that level, from one moment until another."""

    person: str
    start: datetime
    end: datetime
    level: int = FIRST_LEVEL

    @property
    def people(self) -> tuple[str, ...]:
        return (self.person,)

    def covers(self, now: datetime) -> bool:
        return self.start <= now < self.end


@dataclass(frozen=True)
class Swap:
    """Two people exchange their shifts that begin on that day by the clock on the wall."""

    people: tuple[str, str]
    day: date

    def instead(self, person: str, begun: date) -> str:
        """Who has the shift of that person."""
        if begun != self.day or person not in self.people:
            return person
        one, other = self.people
        return other if person == one else one


@dataclass(frozen=True)
class Event:
    """People who are on duty beside the others, for a reason with a name."""

    name: str
    people: tuple[str, ...]
    start: datetime
    end: datetime

    def covers(self, now: datetime) -> bool:
        return self.start <= now < self.end


Entry = Shift | Override | Swap | Event


@dataclass(frozen=True)
class Rota:
    """The standing shifts of on_call.toml and what was said about single days since."""

    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    swaps: tuple[Swap, ...] = ()
    events: tuple[Event, ...] = ()
    user_group: str | None = None  # a Slack user group that is who is on duty; id or handle

    @property
    def entries(self) -> tuple[Entry, ...]:
        """In the order of their numbers."""
        return (*self.shifts, *self.overrides, *self.swaps, *self.events)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody it names, once."""
        return tuple(dict.fromkeys(one for entry in self.entries for one in entry.people))

    @property
    def levels(self) -> tuple[int, ...]:
        """Those that somebody is planned for; the first always."""
        planned: tuple[Shift | Override, ...] = (*self.shifts, *self.overrides)
        return tuple(sorted({FIRST_LEVEL, *(entry.level for entry in planned)}))

    def on_duty(self, now: datetime, level: int = FIRST_LEVEL) -> tuple[str, ...]:
        extra = [one for event in self.events if event.covers(now) for one in event.people]
        on = [*self._standing(now, level), *(extra if level == FIRST_LEVEL else [])]
        return tuple(dict.fromkeys(on))

    def with_entry(self, entry: Entry) -> "Rota":
        match entry:
            case Shift():
                return replace(self, shifts=(*self.shifts, entry))
            case Override():
                return replace(self, overrides=(*self.overrides, entry))
            case Swap():
                return replace(self, swaps=(*self.swaps, entry))
            case Event():
                return replace(self, events=(*self.events, entry))

    def without(self, entry: Entry) -> "Rota":
        return self._where(lambda one: one is not entry)

    def since(self, now: datetime) -> "Rota":
        """Without what is over and comes no more; a swap is over when its night must be."""
        two_days_ago = (now - timedelta(days=2)).date()
        return self._where(
            lambda one: (
                isinstance(one, Shift)
                or (one.day > two_days_ago if isinstance(one, Swap) else one.end > now)
            )
        )

    def _where(self, keeps: Callable[[Entry], bool]) -> "Rota":
        return replace(
            self,
            shifts=tuple(filter(keeps, self.shifts)),
            overrides=tuple(filter(keeps, self.overrides)),
            swaps=tuple(filter(keeps, self.swaps)),
            events=tuple(filter(keeps, self.events)),
        )

    def _standing(self, now: datetime, level: int) -> list[str]:
        """Who stands in, else whose shift it is."""
        there = [one.person for one in self.overrides if one.level == level and one.covers(now)]
        return there or list(self._on_shift(now, level))

    def _on_shift(self, now: datetime, level: int) -> Iterator[str]:
        walls = {zone: Wall.at(now, zone) for zone in {one.time_zone for one in self.shifts}}
        for shift in self.shifts:
            if shift.level == level:
                begun = shift.begun(walls[shift.time_zone])
                if begun:
                    yield self._swapped(shift.person, begun)

    def _swapped(self, person: str, begun: date) -> str:
        for swap in self.swaps:
            person = swap.instead(person, begun)
        return person


def parse_shift(
    person: str,
    days: str = "daily",
    hours: str = "00:00-24:00",
    time_zone: str = "UTC",
    level: int = FIRST_LEVEL,
) -> Shift:
    """A shift as on_call.toml and `/rota add` write it; ValueError for the first fault."""
    start, end = parse_times(hours)
    return Shift(person, parse_days(days), start, end, time_zone, level)
