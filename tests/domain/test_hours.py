"""Business hours: what is open and what is counted, by example."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.durations import Duration, hours, minutes, parse_duration
from bot.domain.hours import ALWAYS, BusinessHours, Period, parse_periods

OFFICE = parse_periods("09:00-12:30", "13:00-18:00")
WEEK = dict.fromkeys(range(5), OFFICE)
AMSTERDAM = BusinessHours("Europe/Amsterdam", WEEK)
KINGS_DAY = {date(2026, 4, 27): "Koningsdag"}
NEVER = BusinessHours("Europe/Amsterdam", {})


def amsterdam(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


def local(at: datetime | None) -> str:
    assert at is not None
    assert at.tzinfo is UTC
    return at.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%a %d %H:%M")


# Friday 20 November 2026 to Monday 23


@pytest.mark.parametrize(
    ("clock", "duration", "due"),
    [
        ("16:00", "1h", "Fri 20 17:00"),
        ("17:00", "1h", "Fri 20 18:00"),
        ("17:30", "1h", "Mon 23 09:30"),
        ("12:00", "1h", "Fri 20 13:30"),
        ("12:45", "20m", "Fri 20 13:20"),
        ("03:00", "20m", "Fri 20 09:20"),
        ("23:00", "45s", "Mon 23 09:00"),
        ("16:00", "1d", "Wed 25 14:30"),
        ("23:00", "0m", "Fri 20 23:00"),
    ],
)
def test_time_is_counted_only_while_open(clock: str, duration: str, due: str) -> None:
    start = amsterdam("2026-11-20", clock)
    assert local(AMSTERDAM.add(start, parse_duration(duration))) == due


@pytest.mark.parametrize(
    ("day", "clock", "days", "due"),
    [
        ("2026-11-20", "14:00", 1, "Mon 23 14:00"),
        ("2026-11-20", "14:00", 3, "Wed 25 14:00"),
        ("2026-11-16", "09:00", 1, "Tue 17 09:00"),
        ("2026-11-20", "20:00", 1, "Tue 24 09:00"),  # begins on Monday when they open
        ("2026-11-21", "11:00", 1, "Tue 24 09:00"),
        ("2026-11-20", "12:45", 1, "Mon 23 13:00"),  # begins after lunch
    ],
)
def test_a_business_day_ends_at_the_same_time_on_the_next_open_day(
    day: str, clock: str, days: int, due: str
) -> None:
    assert local(AMSTERDAM.add(amsterdam(day, clock), Duration(business_days=days))) == due


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("12:00", "Sat 21 12:00"),
        ("17:00", "Sat 21 16:00"),
        ("13:30", "Sat 21 13:00"),
        ("09:00", "Sat 21 10:00"),
    ],
)
def test_a_business_day_is_clipped_into_a_shorter_day(clock: str, due: str) -> None:
    saturday = parse_periods("10:00-13:00", "14:00-16:00")
    shop = BusinessHours("Europe/Amsterdam", WEEK | {5: saturday})
    assert local(shop.add(amsterdam("2026-11-20", clock), parse_duration("1bd"))) == due


def test_round_the_clock_a_business_day_is_the_same_time_tomorrow() -> None:
    autumn_night = amsterdam("2026-10-24", "14:00")
    department = BusinessHours("Europe/Amsterdam")
    assert local(department.add(autumn_night, parse_duration("1bd"))) == "Sun 25 14:00"
    assert local(department.add(autumn_night, parse_duration("1d"))) == "Sun 25 13:00"


def test_a_holiday_is_closed_and_named() -> None:
    department = BusinessHours("Europe/Amsterdam", WEEK, KINGS_DAY)
    friday = amsterdam("2026-04-24", "17:30")
    assert local(department.add(friday, hours(1))) == "Tue 28 09:30"
    assert local(department.add(friday, parse_duration("1bd"))) == "Tue 28 17:30"
    assert [
        (local(stretch.start), stretch.counted, stretch.why)
        for stretch in department.stretches(friday, amsterdam("2026-04-28", "13:00"))
    ] == [
        ("Fri 24 17:30", True, "open"),
        ("Fri 24 18:00", False, "outside hours"),
        ("Sat 25 00:00", False, "closed (Sat)"),
        ("Sun 26 00:00", False, "closed (Sun)"),
        ("Mon 27 00:00", False, "holiday: Koningsdag"),
        ("Tue 28 00:00", False, "outside hours"),
        ("Tue 28 09:00", True, "open"),
        ("Tue 28 12:30", False, "outside hours"),
    ]


def test_a_department_without_hours_still_has_its_holidays() -> None:
    department = BusinessHours("Europe/Amsterdam", holidays=KINGS_DAY)
    assert not department.is_open(amsterdam("2026-04-27", "12:00"))
    assert local(department.add(amsterdam("2026-04-26", "23:30"), hours(1))) == "Tue 28 00:30"


def test_it_says_when_it_opens() -> None:
    friday_evening = amsterdam("2026-11-20", "19:00")
    assert not AMSTERDAM.is_open(friday_evening)
    assert local(AMSTERDAM.opens_at(friday_evening)) == "Mon 23 09:00"

    friday_noon = amsterdam("2026-11-20", "12:00")
    assert AMSTERDAM.is_open(friday_noon)
    assert AMSTERDAM.opens_at(friday_noon) == friday_noon


def test_an_end_is_closed_and_a_start_is_open() -> None:
    assert AMSTERDAM.is_open(amsterdam("2026-11-20", "09:00"))
    assert not AMSTERDAM.is_open(amsterdam("2026-11-20", "18:00"))


def test_a_bar_is_not_closed_for_a_moment_at_midnight() -> None:
    bar = BusinessHours(
        "Europe/Amsterdam", {4: parse_periods("18:00-24:00"), 5: parse_periods("00:00-02:00")}
    )
    start = amsterdam("2026-11-20", "23:30")
    assert local(bar.add(start, hours(1))) == "Sat 21 00:30"
    assert [stretch.why for stretch in bar.stretches(start, start + timedelta(hours=1))] == ["open"]


@pytest.mark.parametrize(
    "department",
    [
        ALWAYS,
        BusinessHours("Asia/Kolkata"),
        BusinessHours("Asia/Kolkata", {day: parse_periods("00:00-24:00") for day in range(7)}),
    ],
)
def test_round_the_clock_never_closes_and_counts_everything(department: BusinessHours) -> None:
    now = amsterdam("2026-03-28", "12:00")
    assert department.is_open(now)
    assert department.add(now, parse_duration("1d")) == now.astimezone(UTC) + timedelta(days=1)
    assert [s.why for s in department.stretches(now, now + timedelta(days=3))] == ["open"]


@pytest.mark.parametrize(
    "department",
    [
        NEVER,
        BusinessHours("UTC", {0: ()}),
        BusinessHours("UTC", WEEK, {date(2026, 1, 1) + timedelta(n): "strike" for n in range(800)}),
    ],
)
def test_hours_that_never_open_are_said_not_searched_for(department: BusinessHours) -> None:
    now = amsterdam("2026-11-20", "12:00")
    assert department.opens_at(now) is None
    assert not department.is_open(now)
    assert department.elapsed(now, now + timedelta(days=30)) == timedelta()
    assert not any(
        stretch.counted for stretch in department.stretches(now, now + timedelta(days=30))
    )
    for duration in (minutes(1), parse_duration("1bd")):
        with pytest.raises(ValueError, match="never open"):
            department.add(now, duration)


def test_an_hour_before_the_autumn_night_is_over_after_an_hour() -> None:
    department = BusinessHours("Europe/Amsterdam", {6: parse_periods("00:00-24:00")})
    started = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45 for the first time
    assert department.add(started, hours(1)) == started + timedelta(hours=1)
    night = amsterdam("2026-10-25", "00:00"), amsterdam("2026-10-26", "00:00")
    assert department.elapsed(*night) == timedelta(hours=25)


def test_a_spring_morning_that_starts_in_the_gap_starts_at_its_end() -> None:
    department = BusinessHours("Europe/Amsterdam", {6: parse_periods("02:30-05:00")})
    opening = department.opens_at(amsterdam("2026-03-29", "00:00"))
    assert opening == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert local(opening) == "Sun 29 03:00"


def test_a_period_inside_the_gap_is_skipped_with_it() -> None:
    department = BusinessHours("Europe/Amsterdam", {6: parse_periods("02:10-02:50")})
    assert local(department.opens_at(amsterdam("2026-03-29", "00:00"))) == "Sun 05 02:10"


def test_a_day_that_a_country_skips_is_no_business_day() -> None:
    apia = BusinessHours("Pacific/Apia", dict.fromkeys(range(7), OFFICE))
    thursday = datetime(2011, 12, 29, 10, 0, tzinfo=ZoneInfo("Pacific/Apia"))
    due = apia.add(thursday, parse_duration("1bd"))
    assert due == datetime(2011, 12, 31, 10, 0, tzinfo=ZoneInfo("Pacific/Apia"))


def test_a_zone_or_period_that_means_nothing_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="“Mars/Olympus” is no time zone"):
        BusinessHours("Mars/Olympus")
    with pytest.raises(ValueError, match="does not end later on the same day"):
        parse_periods("22:00-06:00")
    with pytest.raises(ValueError, match="does not end later on the same day"):
        parse_periods("09:00-09:00")
    with pytest.raises(ValueError, match="is no time from and until"):
        parse_periods("9-18")
    with pytest.raises(ValueError, match="09:00-12:00 and 11:59-13:00 overlap"):
        parse_periods("11:59-13:00", "09:00-12:00")


def test_periods_come_in_order_and_may_touch() -> None:
    assert parse_periods("13:00-18:00", "09:00-13:00") == (Period(540, 780), Period(780, 1080))
    assert parse_periods() == ()
