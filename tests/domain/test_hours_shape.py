"""What holds for all business hours, on the nights on which clocks jump as on others."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.durations import Duration
from bot.domain.hours import BusinessHours, Period

ZONES = (
    "Europe/Amsterdam",
    "Europe/Dublin",  # winter is the exception there
    "America/New_York",
    "America/St_Johns",  # a minute past midnight until 2011: the day before comes again
    "America/Havana",  # at midnight
    "America/Sao_Paulo",  # at midnight, until 2019
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Troll",  # by two hours
    "Africa/Casablanca",  # for a month, in Ramadan
    "Asia/Kolkata",
    "Pacific/Chatham",
    "Pacific/Apia",  # skipped a whole day in 2011
)


@cache
def nights(zone: str) -> list[datetime]:
    """The noons after which the clocks of that zone jump, and two of ordinary days."""
    noons = [
        datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=n)
        for year in (2010, 2011, 2024, 2025, 2026)
        for n in range(365)
    ]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    jumps = [noons[n] for n, (one, other) in enumerate(pairwise(offsets)) if one != other]
    return [*jumps, noons[100], noons[-100]]


minutes_of_a_day = st.integers(0, 1440)


@st.composite
def departments(draw: st.DrawFn, edges: st.SearchStrategy[int] = minutes_of_a_day) -> BusinessHours:
    ends = st.lists(edges, unique=True, max_size=6).map(sorted)
    days = ends.map(lambda m: tuple(map(Period, m[: len(m) // 2 * 2 : 2], m[1::2])))
    week = draw(st.none() | st.dictionaries(st.integers(0, 6), days))
    zone = draw(st.sampled_from(ZONES))
    holiday = draw(st.sampled_from(nights(zone))).date()
    return BusinessHours(zone, week, draw(st.sampled_from([{}, {holiday: "Holiday"}])))


@st.composite
def moments(draw: st.DrawFn, department: BusinessHours, count: int) -> list[datetime]:
    """Around one night and in order, some told in the department's own zone."""
    night = draw(st.sampled_from(nights(department.time_zone)))
    days = st.timedeltas(timedelta(days=-3), timedelta(days=3))
    zones = st.sampled_from([UTC, ZoneInfo(department.time_zone)])
    apart = sorted(draw(days) for _ in range(count))
    return [(night + far).astimezone(draw(zones)) for far in apart]


calm = settings(deadline=None, max_examples=60)  # a busy machine is no finding
short = st.timedeltas(timedelta(), timedelta(days=3)).map(Duration)


@calm
@given(st.data(), departments())
def test_counted_time_adds_up_and_is_never_more_than_there_was(
    data: st.DataObject, department: BusinessHours
) -> None:
    a, b, c = data.draw(moments(department, 3))
    assert department.elapsed(a, b) + department.elapsed(b, c) == department.elapsed(a, c)
    assert timedelta() <= department.elapsed(a, b) <= b.astimezone(UTC) - a.astimezone(UTC)
    assert department.elapsed(b, a) == timedelta()


@calm
@given(st.data(), departments(), short)
def test_a_deadline_is_the_first_moment_at_which_the_time_has_been_counted(
    data: st.DataObject, department: BusinessHours, duration: Duration
) -> None:
    (start,) = data.draw(moments(department, 1))
    assume(department.opens_at(start))
    due = department.add(start, duration)
    assert due.tzinfo is UTC
    assert department.elapsed(start, due) == duration.elapsed
    just_before = due - timedelta(microseconds=1)
    assert not duration.elapsed or department.elapsed(start, just_before) < duration.elapsed


@calm
@given(st.data(), departments(), st.integers(1, 5))
def test_a_later_start_or_more_days_never_give_an_earlier_deadline(
    data: st.DataObject, department: BusinessHours, days: int
) -> None:
    start, later = data.draw(moments(department, 2))
    assume(department.opens_at(start))
    due = department.add(start, Duration(business_days=days))
    assert due > start
    assert due <= department.add(start, Duration(business_days=days + 1))
    assert due <= department.add(later, Duration(business_days=days))
    assert department.is_open(due) or department.is_open(due - timedelta(microseconds=1))


@calm
@given(st.data(), departments())
def test_stretches_cover_everything_once_and_agree_with_the_count(
    data: st.DataObject, department: BusinessHours
) -> None:
    # In UTC, since a local time that comes twice equals no time of another zone (PEP 495).
    start, end = (at.astimezone(UTC) for at in data.draw(moments(department, 2)))
    stretches = department.stretches(start, end)
    assert [start, *(s.end for s in stretches)] == [*(s.start for s in stretches), end]
    assert all(s.start < s.end and s.start.tzinfo is s.end.tzinfo is UTC for s in stretches)
    assert all(one.why != other.why for one, other in pairwise(stretches))
    counted = sum((s.counted_time for s in stretches), timedelta())
    assert counted == department.elapsed(start, end)


@calm
@given(st.data(), departments())
def test_it_opens_at_the_first_open_moment(data: st.DataObject, department: BusinessHours) -> None:
    at = data.draw(moments(department, 1))[0].astimezone(UTC)
    opening = department.opens_at(at)
    if opening:
        assert department.is_open(opening)
        assert department.elapsed(at, opening) == timedelta()
    assert department.is_open(at) == (opening == at)


# Away from midnight and the small hours a clock on the wall is judge enough.
daytime = st.sampled_from([0, 1440]) | st.integers(5 * 60, 21 * 60)


@settings(calm, max_examples=25)
@given(st.data(), departments(edges=daytime))
def test_open_is_what_the_clock_on_the_wall_says(
    data: st.DataObject, department: BusinessHours
) -> None:
    recent = [night for night in nights(department.time_zone) if night.year > 2020]
    start = data.draw(st.sampled_from(recent)) - timedelta(days=1)
    minutes_of_three_days = [start + timedelta(minutes=n) for n in range(3 * 1440)]
    seen_open = [at for at in minutes_of_three_days if wall_says_open(department, at)]
    assert department.elapsed(start, start + timedelta(days=3)) == timedelta(minutes=len(seen_open))
    stretches = department.stretches(start, start + timedelta(days=3))
    assert all(any(s.counted and s.start <= at < s.end for s in stretches) for at in seen_open[::7])


def wall_says_open(department: BusinessHours, at: datetime) -> bool:
    wall = at.astimezone(ZoneInfo(department.time_zone))
    if wall.date() in department.holidays:
        return False
    if department.week is None:
        return True
    minute = wall.hour * 60 + wall.minute
    return any(p.start <= minute < p.end for p in department.week.get(wall.weekday(), ()))
