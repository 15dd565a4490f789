"""Deadlines that lie far ahead are counted by weeks, and are those that a walk by days comes to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.durations import Duration, parse_duration
from bot.domain.hours import ALL_DAY, FOR_EVER, BusinessHours, Period, parse_periods
from bot.domain.local_time import instant, minute_of_day
from tests.domain.test_hours_shape import ZONES

Span = tuple[datetime, datetime]

FIRST = datetime(2009, 11, 1, tzinfo=UTC)
WEEKS = st.dictionaries(
    st.integers(0, 6),
    st.lists(st.integers(0, 1440), unique=True, max_size=4)
    .map(sorted)
    .map(lambda ends: tuple(map(Period, ends[: len(ends) // 2 * 2 : 2], ends[1::2]))),
)
HOLIDAYS = st.dictionaries(
    st.integers(0, 1500).map(lambda day: FIRST.date() + timedelta(days=day)),
    st.just("Holiday"),
    max_size=25,
)
CALENDARS = st.builds(BusinessHours, st.sampled_from(ZONES), st.none() | WEEKS, HOLIDAYS)
STARTS = st.integers(0, 900 * 24 * 60).map(lambda minute: FIRST + timedelta(minutes=minute))
LENGTHS = st.integers(1, 200 * 24 * 60).map(lambda m: Duration(timedelta(minutes=m))) | st.builds(
    Duration, business_days=st.integers(1, 260)
)
CALM = settings(deadline=None, max_examples=150)


def open_days(hours: BusinessHours, day: date) -> Iterator[tuple[date, list[Span]]]:
    zone = ZoneInfo(hours.time_zone)
    for ahead in range(20_000):
        at = day + timedelta(days=ahead)
        periods = ALL_DAY if hours.week is None else hours.week.get(at.weekday(), ())
        ends = [(minute_of_day(at, p.start, zone), minute_of_day(at, p.end, zone)) for p in periods]
        spans = [(start, end) for start, end in ends if start < end]
        if spans and at not in hours.holidays:
            yield at, spans


def walked(hours: BusinessHours, start: datetime, length: Duration) -> datetime:
    """Day by day, as somebody with a calendar on the wall would."""
    zone = ZoneInfo(hours.time_zone)
    days = open_days(hours, start.astimezone(zone).date())
    if not length.business_days:
        left = length.elapsed
        for opening, closing in (span for _, spans in days for span in spans):
            begun = max(opening, start)
            if closing > begun and closing - begun >= left:
                return begun + left
            left -= max(closing - begun, timedelta())
    begun = hours.opens_at(start)
    assert begun is not None
    local = begun.astimezone(zone)
    following = open_days(hours, local.date() + timedelta(days=1))
    day, spans = next(islice(following, length.business_days - 1, None))
    at = instant(datetime.combine(day, local.time(), zone))
    until = [min(at, closing) for opening, closing in spans if opening <= at]
    return until[-1] if until else spans[0][0]


@CALM
@given(CALENDARS, STARTS, LENGTHS)
def test_a_deadline_is_where_a_walk_by_days_comes_to(
    hours: BusinessHours, start: datetime, length: Duration
) -> None:
    assume(hours.opens_at(start) is not None)
    due = hours.add(start, length)
    assume(due - start < timedelta(days=5000))
    assert due == walked(hours, start, length)


@CALM
@given(CALENDARS, STARTS, STARTS)
def test_open_time_over_years_is_what_the_days_come_to(
    hours: BusinessHours, start: datetime, end: datetime
) -> None:
    counted = timedelta()
    for day, spans in open_days(hours, start.astimezone(ZoneInfo(hours.time_zone)).date()):
        counted += sum(
            (
                max(min(closing, end) - max(opening, start), timedelta())
                for opening, closing in spans
            ),
            timedelta(),
        )
        if day > end.date() + timedelta(days=2):
            break
    assert hours.elapsed(start, end) == counted


WEEK = dict.fromkeys(range(5), parse_periods("09:00-12:30", "13:00-18:00"))
HOUR_A_WEEK = {0: parse_periods("09:00-10:00")}


@pytest.mark.parametrize("length", ["3660bd", "3660d", "260bd", "366d"])
@pytest.mark.parametrize("week", [WEEK, HOUR_A_WEEK, None])
def test_ten_thousand_cases_are_given_a_far_deadline_in_a_moment(
    week: dict[int, tuple[Period, ...]] | None, length: str
) -> None:
    hours = BusinessHours("Europe/Amsterdam", week, {date(2027, 1, 1): "New Year"})
    starts = [FIRST + timedelta(days=6000, minutes=n) for n in range(1000)]
    began = process_time()
    for start in starts:
        hours.add(start, parse_duration(length))
    assert process_time() - began < 1  # walked to, each took ten milliseconds or a second


def test_what_would_be_due_in_centuries_is_due_after_two() -> None:
    hours = BusinessHours("UTC", {0: parse_periods("09:00-09:01")})
    start = datetime(2026, 3, 2, tzinfo=UTC)
    assert hours.add(start, parse_duration("3660d")) == start + FOR_EVER
