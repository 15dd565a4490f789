"""Who is on call, by day, by night and over the weekend."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.on_call import Rota, Shift, parse_shift

ANN, BEN, CEM = "ann@example.com", "ben@example.com", "U0CEM"


def at(day: str, clock: str) -> datetime:
    """Amsterdam in winter; Monday is the 16th."""
    return datetime.fromisoformat(f"2026-11-{day}T{clock}+01:00").astimezone(UTC)


def shift(person: str, days: str, hours: str, level: int = 1) -> Shift:
    return parse_shift(person, days, hours, "Europe/Amsterdam", level)


@pytest.mark.parametrize(
    ("day", "clock", "is_on"),
    [
        ("16", "09:00", True),
        ("16", "16:59", True),
        ("16", "17:00", False),
        ("16", "08:59", False),
        ("20", "12:00", True),
        ("21", "12:00", False),
    ],
)
def test_a_day_shift_is_on_from_its_start_until_before_its_end(
    day: str, clock: str, is_on: bool
) -> None:
    assert shift(ANN, "mon-fri", "09:00-17:00").covers(at(day, clock)) is is_on


@pytest.mark.parametrize(
    ("day", "clock", "is_on"),
    [
        ("20", "21:59", False),
        ("20", "22:00", True),
        ("21", "03:00", True),  # Saturday morning belongs to Friday's shift
        ("21", "06:00", False),
        ("21", "22:00", False),
        ("20", "03:00", False),
    ],
)
def test_a_night_shift_ends_on_the_next_day(day: str, clock: str, is_on: bool) -> None:
    assert shift(BEN, "fri", "22:00-06:00").covers(at(day, clock)) is is_on


def test_a_shift_on_sunday_night_reaches_into_monday() -> None:
    assert shift(BEN, "sun", "22:00-06:00").covers(at("16", "05:59"))


def test_a_shift_that_ends_when_it_starts_lasts_a_whole_day() -> None:
    whole_day = shift(BEN, "sat", "08:00-08:00")
    assert not whole_day.covers(at("21", "07:59"))
    assert whole_day.covers(at("21", "08:00"))
    assert whole_day.covers(at("22", "07:59"))
    assert not whole_day.covers(at("22", "08:00"))


def test_the_rota_names_who_is_on_duty_in_its_order_and_once() -> None:
    rota = Rota(
        (
            shift(CEM, "daily", "00:00-24:00"),
            shift(ANN, "mon-fri", "09:00-17:00"),
            shift(CEM, "mon", "09:00-17:00"),
            shift(BEN, "daily", "00:00-24:00", level=2),
        )
    )
    assert rota.on_duty(at("16", "10:00")) == (CEM, ANN)
    assert rota.on_duty(at("16", "20:00")) == (CEM,)
    assert rota.on_duty(at("16", "20:00"), level=2) == (BEN,)
    assert rota.on_duty(at("16", "20:00"), level=3) == ()


def test_an_empty_rota_has_nobody_on_duty() -> None:
    assert Rota().on_duty(at("16", "10:00")) == ()


def test_a_shift_goes_by_its_own_zone() -> None:
    kolkata = parse_shift(ANN, "mon", "09:00-17:00", "Asia/Kolkata")
    assert kolkata.covers(datetime(2026, 11, 16, 3, 30, tzinfo=UTC))
    assert not kolkata.covers(datetime(2026, 11, 16, 3, 29, tzinfo=UTC))


def test_a_shift_with_nothing_said_is_always_on() -> None:
    assert parse_shift(ANN) == Shift(ANN, frozenset(range(7)), 0, 1440, "UTC", 1)


@pytest.mark.parametrize(
    ("days", "hours", "zone", "fault"),
    [
        ("weekdays", "09:00-17:00", "UTC", "“weekdays” is no day"),
        ("mon-fri", "9-17", "UTC", "“9-17” is no time from and until"),
        ("mon-fri", "09:00-17:00", "Mars", "“Mars” is no time zone"),
    ],
)
def test_a_fault_in_a_shift_is_named(days: str, hours: str, zone: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_shift(ANN, days, hours, zone)


ZONES = ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "America/Havana")


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(ZONES),
    st.lists(st.integers(0, 1439), min_size=2, max_size=5, unique=True).map(sorted),
    st.timedeltas(timedelta(), timedelta(days=365)),
)
def test_shifts_that_hand_over_leave_no_hole_and_no_double(
    zone: str, starts: list[int], later: timedelta
) -> None:
    daily = frozenset(range(7))
    ends = [*starts[1:], starts[0]]
    handing_over = zip(starts, ends, strict=True)
    rota = Rota(tuple(Shift(f"U{s}", daily, s, e, zone) for s, e in handing_over))
    assert len(rota.on_duty(datetime(2026, 1, 1, tzinfo=UTC) + later)) == 1
