"""Moments as people type them, in their own zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.moments import TypedSpan, is_moment, read_day, read_span

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 18, 9, 30, 20, tzinfo=UTC)  # Wednesday, half past ten in Amsterdam


def span(start: str, end: str) -> tuple[str, str]:
    """As the clock on the wall shows it."""
    read = read_span(TypedSpan(start, end), NOW, AMSTERDAM)
    one, other = (at.astimezone(AMSTERDAM).strftime("%a %d %H:%M") for at in read)
    return one, other


@pytest.mark.parametrize(
    ("start", "end", "means"),
    [
        ("fri 18:00", "mon 09:00", ("Fri 20 18:00", "Mon 23 09:00")),
        ("Friday 18:00", "22:00", ("Fri 20 18:00", "Fri 20 22:00")),
        ("fri 22:00", "06:00", ("Fri 20 22:00", "Sat 21 06:00")),
        ("2026-11-24 08:00", "2026-11-25 08:00", ("Tue 24 08:00", "Wed 25 08:00")),
        ("2026-11-24T08:00", "2026-11-24T09:00", ("Tue 24 08:00", "Tue 24 09:00")),
        ("2026-11-24", "2026-11-26", ("Tue 24 00:00", "Fri 27 00:00")),
        ("tomorrow", "tomorrow", ("Thu 19 00:00", "Fri 20 00:00")),
        ("today 14:00", "tomorrow 02:00", ("Wed 18 14:00", "Thu 19 02:00")),
        ("now", "12:00", ("Wed 18 10:30", "Wed 18 12:00")),
        ("now", "09:00", ("Wed 18 10:30", "Thu 19 09:00")),
        ("wed 08:00", "wed 12:00", ("Wed 25 08:00", "Wed 25 12:00")),
        ("wed 12:00", "wed 11:00", ("Wed 18 12:00", "Wed 25 11:00")),
        ("sat 00:00", "sun 24:00", ("Sat 21 00:00", "Mon 23 00:00")),
    ],
)
def test_a_span_is_read_as_it_is_meant(start: str, end: str, means: tuple[str, str]) -> None:
    assert span(start, end) == means


def test_a_moment_that_clocks_skip_is_the_end_of_the_gap_and_one_that_comes_twice_the_first() -> (
    None
):
    march = datetime(2026, 3, 20, tzinfo=UTC)
    start, _ = read_span(TypedSpan("2026-03-29 02:30", "2026-03-29 12:00"), march, AMSTERDAM)
    assert start == datetime(2026, 3, 29, 1, tzinfo=UTC)
    start, _ = read_span(TypedSpan("2026-10-25 02:30", "2026-10-25 12:00"), march, AMSTERDAM)
    assert start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("", "fri", "“” is no moment"),
        ("morgen", "fri", "“morgen” is no moment; write 2026-12-24 18:00"),
        ("fri 25:00", "sat", "“fri 25:00” is no time of a day"),
        ("2026-02-30", "sat", "“2026-02-30” is no day of the calendar"),
        ("2026-11-24", "2026-11-23", "“2026-11-23” is not after “2026-11-24”"),
        ("now", "now", "“now” is not after “now”"),
        ("now", "2030-01-01", "“2030-01-01” is more than two years ahead"),
        ("now", "9999-12-31", "too far away"),
        ("0001-01-01", "now", "too far away"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_write(
    start: str, end: str, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        span(start, end)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-12-24", date(2026, 12, 24)), ("Fri", date(2026, 11, 20)), ("wed", date(2026, 11, 18)),
     ("tomorrow", date(2026, 11, 19))],
)  # fmt: skip
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text, NOW, AMSTERDAM) == day


@pytest.mark.parametrize("text", ["", "now", "18:00", "fri 18:00", "2026-13-01", "2099-01-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        read_day(text, NOW, AMSTERDAM)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{1,2}:[0-9]{2}"))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for typed in (TypedSpan(text, "fri 10:00"), TypedSpan("now", text)):
        try:
            start, end = read_span(typed, NOW, AMSTERDAM)
        except ValueError:
            continue
        assert start < end
        assert is_moment(text)
