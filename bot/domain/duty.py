"""The rota laid out over time: stretches in which the same people are on duty, and its holes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId
from bot.domain.local_time import MIDNIGHT, find_zone, minute_of_day
from bot.domain.on_call import FIRST_LEVEL, Event, Override, Rota, Shift

Find = Callable[[str], MemberId | None]  # who is meant by what is written; None: nobody here

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """From one change of the people on duty to the next."""

    start: datetime
    end: datetime
    people: tuple[MemberId, ...]

    @property
    def is_hole(self) -> bool:
        return not self.people


def stretches(
    rota: Rota, start: datetime, end: datetime, find: Find, level: int = FIRST_LEVEL
) -> tuple[Stretch, ...]:
    """Every stretch between two moments; whoever nobody knows is not there."""
    known = {written: find(written) for written in rota.people}
    edges = sorted({start, end, *(at for at in _edges(rota, start, end) if start < at < end)})
    found: list[Stretch] = []
    for begins, ends in pairwise(edges):
        there = (known[one] for one in rota.on_duty(begins, level))
        people = tuple(dict.fromkeys(one for one in there if one))
        if found and found[-1].people == people:
            found[-1] = replace(found[-1], end=ends)
        else:
            found.append(Stretch(begins, ends, people))
    return tuple(found)


def holes(laid_out: Iterable[Stretch]) -> tuple[Stretch, ...]:
    return tuple(one for one in laid_out if one.is_hole)


def _edges(rota: Rota, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment at which somebody may come or go; some more do no harm."""
    dated: tuple[Override | Event, ...] = (*rota.overrides, *rota.events)
    for entry in dated:
        yield from (entry.start, entry.end)
    for zone, minutes in _wall_times(rota.shifts).items():
        day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date()
        while day <= last:
            yield from _edges_of_day(day, zone, minutes)
            day += _DAY


def _wall_times(shifts: tuple[Shift, ...]) -> dict[ZoneInfo, set[int]]:
    """The minutes of the day at which shifts begin and end, and midnight, when the day does."""
    times: dict[ZoneInfo, set[int]] = {}
    for shift in shifts:
        times.setdefault(find_zone(shift.time_zone), {0}).update(
            (shift.start_minute, shift.end_minute)
        )
    return times


def _edges_of_day(day: date, zone: ZoneInfo, minutes: set[int]) -> Iterator[datetime]:
    begins, ends = minute_of_day(day, 0, zone), minute_of_day(day, MIDNIGHT, zone)
    for minute in minutes:
        at = minute_of_day(day, minute, zone)
        yield at
        yield at.astimezone(zone).replace(fold=1).astimezone(UTC)
    if begins.astimezone(zone).utcoffset() != ends.astimezone(zone).utcoffset():
        yield from _jumps(begins, ends, zone)


def _jumps(begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moment between the two at which the zone's clocks jump, to the second."""
    before = begins.astimezone(zone).utcoffset()
    while ends - begins > timedelta(seconds=1):
        middle = begins + (ends - begins) // 2
        if middle.astimezone(zone).utcoffset() == before:
            begins = middle
        else:
            ends = middle
    yield ends.replace(microsecond=0)
