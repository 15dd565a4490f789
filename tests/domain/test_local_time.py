"""Days, times and zones as written, and the nights on which clocks jump."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.local_time import find_zone, instant, minute_of_day, parse_days, parse_times


def in_zone(zone: str, *moment: int) -> datetime:
    year, month, day, hour, minute = moment
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def utc(*moment: int) -> datetime:
    year, month, day, hour, minute = moment
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("skipped", "gap_ends"),
    [
        (in_zone("Europe/Amsterdam", 2026, 3, 29, 2, 0), utc(2026, 3, 29, 1, 0)),
        (in_zone("Europe/Amsterdam", 2026, 3, 29, 2, 59), utc(2026, 3, 29, 1, 0)),
        (in_zone("America/New_York", 2026, 3, 8, 2, 30), utc(2026, 3, 8, 7, 0)),
        (in_zone("Australia/Lord_Howe", 2026, 10, 4, 2, 15), utc(2026, 10, 3, 15, 30)),
        (in_zone("America/Havana", 2026, 3, 8, 0, 0), utc(2026, 3, 8, 5, 0)),
        (in_zone("Pacific/Apia", 2011, 12, 30, 12, 0), utc(2011, 12, 30, 10, 0)),
    ],
)
def test_a_skipped_time_is_the_end_of_the_gap(skipped: datetime, gap_ends: datetime) -> None:
    assert instant(skipped) == gap_ends
    assert instant(skipped.replace(fold=1)) == gap_ends


@pytest.mark.parametrize(
    ("repeated", "first"),
    [
        (in_zone("Europe/Amsterdam", 2026, 10, 25, 2, 30), utc(2026, 10, 25, 0, 30)),
        (in_zone("America/New_York", 2026, 11, 1, 1, 30), utc(2026, 11, 1, 5, 30)),
        (in_zone("Australia/Lord_Howe", 2026, 4, 5, 1, 45), utc(2026, 4, 4, 14, 45)),
    ],
)
def test_a_time_that_comes_twice_is_the_first(repeated: datetime, first: datetime) -> None:
    assert instant(repeated) == first
    assert instant(repeated.replace(fold=1)) == first


def test_the_last_minute_of_a_day_is_the_first_of_the_next() -> None:
    kolkata = find_zone("Asia/Kolkata")
    assert minute_of_day(date(2026, 12, 31), 1440, kolkata) == utc(2026, 12, 31, 18, 30)
    assert minute_of_day(date(2027, 1, 1), 0, kolkata) == utc(2026, 12, 31, 18, 30)


@pytest.mark.parametrize("name", ["Europe/Atlantis", "Europe", "", "../etc/passwd", "/etc", "CET "])
def test_an_unknown_zone_is_named(name: str) -> None:
    with pytest.raises(ValueError, match="is no time zone") as fault:
        find_zone(name)
    assert f"“{name}”" in str(fault.value)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("09:00-12:30", (540, 750)),
        ("9:00 - 12:30", (540, 750)),
        ("00:00-24:00", (0, 1440)),
        ("22:00-06:00", (1320, 360)),
    ],
)
def test_times_are_read_as_minutes_of_the_day(written: str, minutes: tuple[int, int]) -> None:
    assert parse_times(written) == minutes


@pytest.mark.parametrize(
    "written", ["", "9-18", "09:00", "09:60-10:00", "24:00-24:00", "09:00-24:01", "25:00-26:00"]
)
def test_what_is_no_time_is_said(written: str) -> None:
    with pytest.raises(ValueError, match="is no time from and until"):
        parse_times(written)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon", {0}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat,sun", {5, 6}),
        ("Sat, Sun", {5, 6}),
        ("fri-mon", {4, 5, 6, 0}),
        ("mon-wed, fri", {0, 1, 2, 4}),
        ("mon-mon", {0}),
        ("mon-sun", set(range(7))),
        ("daily", set(range(7))),
    ],
)
def test_days_are_listed_ranged_and_may_run_over_the_weekend(written: str, days: set[int]) -> None:
    assert parse_days(written) == days


@pytest.mark.parametrize(
    "written", ["", "monday", "mon-", "-", "mon,,tue", "mon-fri-sun", "weekdays"]
)
def test_what_is_no_day_is_said(written: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        parse_days(written)
