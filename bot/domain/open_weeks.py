"""Open time and open days of a calendar added up week by week, so that no deadline is walked to.

Most weeks are alike. One with a holiday in it, or a night on which clocks jump, is counted by its
days.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TypeVar
from zoneinfo import ZoneInfo

HORIZON = 200 * 52  # weeks; who would wait for longer waits for ever
_AT_ONCE = 52

Span = tuple[datetime, datetime]
Sum = TypeVar("Sum", int, timedelta)


def week_of(day: date) -> int:
    """The number of its week; weeks begin on Mondays."""
    return (day.toordinal() - 1) // 7


def monday_of(week: int) -> date:
    return date.fromordinal(7 * week + 1)


@dataclass(frozen=True)
class _Week:
    time: timedelta = timedelta()
    days: int = 0


class OpenWeeks:
    """Sums are kept from the earliest week that anybody asked for; threads share it."""

    def __init__(
        self,
        usual: Collection[timedelta],
        zone: ZoneInfo,
        special: Collection[date],
        spans_of: Callable[[date], list[Span]],
    ):
        """`usual` is the open time of each open day of a week, `special` are days unlike it."""
        self._usual = _Week(sum(usual, timedelta()), len(usual))
        self._zone = zone
        self._special = frozenset(map(week_of, special))
        self._spans_of = spans_of
        self._lock = Lock()
        self._first = 0
        self._time, self._days = [timedelta()], [0]  # before each week from the first one on

    def time_until(self, week: int, end: int) -> timedelta:
        """The open time from the beginning of a week to that of another."""
        with self._lock:
            self._reach(week, end)
            return self._time[end - self._first] - self._time[week - self._first]

    def with_time(self, week: int, wanted: timedelta) -> tuple[int, timedelta] | None:
        """In which week so much open time is reached, and how much lies before it."""
        with self._lock:
            self._reach(week, week + 1)
            return self._find(week, wanted, self._time)

    def with_days(self, week: int, wanted: int) -> tuple[int, int] | None:
        """In which week so many open days are reached, and how many lie before it."""
        with self._lock:
            self._reach(week, week + 1)
            return self._find(week, wanted, self._days)

    def _find(self, week: int, wanted: Sum, sums: list[Sum]) -> tuple[int, Sum] | None:
        """None where it is beyond the horizon; `sums` grow while this looks."""
        start = week - self._first
        total = sums[start] + wanted
        while sums[-1] < total:
            if len(sums) > start + HORIZON:
                return None
            self._append(_AT_ONCE)
        at = max(bisect_left(sums, total) - 1, start)
        return self._first + at, sums[at] - sums[start]

    def _reach(self, week: int, end: int) -> None:
        if len(self._time) == 1:
            self._first = week
        if week < self._first:
            self._begin_at(week - _AT_ONCE)
        self._append(end - self._first - len(self._time) + 1)

    def _append(self, count: int) -> None:
        for _ in range(count):
            found = self._counted(self._first + len(self._time) - 1)
            self._time.append(self._time[-1] + found.time)
            self._days.append(self._days[-1] + found.days)

    def _begin_at(self, week: int) -> None:
        """Counted anew from an earlier week on."""
        end = self._first + len(self._time) - 1
        self._first = week
        self._time, self._days = [timedelta()], [0]
        self._append(end - week)

    def _counted(self, week: int) -> _Week:
        monday = monday_of(week)
        if week not in self._special and self._offset(monday) == self._offset(monday_of(week + 1)):
            return self._usual
        days = [self._spans_of(monday + timedelta(days=ahead)) for ahead in range(7)]
        time = sum((end - start for spans in days for start, end in spans), timedelta())
        return _Week(time, sum(map(bool, days)))

    def _offset(self, day: date) -> timedelta | None:
        return datetime.combine(day, time.min, self._zone).utcoffset()
