"""Durations as typed and as spoken."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.durations import LONGEST_DAYS, Duration, hours, minutes, parse_duration, spoken
from bot.domain.errors import BadDuration


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("45s", Duration(timedelta(seconds=45))),
        ("20m", minutes(20)),
        ("1h", hours(1)),
        ("1d", hours(24)),
        ("3bd", Duration(business_days=3)),
        ("1h30m", minutes(90)),
        ("1h 30m", minutes(90)),
        (" 2D ", hours(48)),
        ("0m", minutes(0)),
        ("0bd", minutes(0)),
    ],
)
def test_people_type_durations_like_this(typed: str, meant: Duration) -> None:
    assert parse_duration(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "1",
        "h",
        "1.5h",
        "-1h",
        "30m1h",
        "1h1h",
        "1h2bd",
        "1bd2h",
        "1w",
        "one hour",
        "1 h",
        "١h",
    ],
)
def test_anything_else_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(BadDuration) as refused:
        parse_duration(typed)
    assert refused.value.text == typed


@pytest.mark.parametrize(
    "typed",
    ["3661d", "3661bd", "999999999d", "999999999h", "999999999d999999999h", "9" * 400 + "s"],
)
def test_more_than_ten_years_is_a_typing_error(typed: str) -> None:
    with pytest.raises(BadDuration):
        parse_duration(typed)


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (minutes(90), "1h30m"),
        (hours(24), "1d"),
        (minutes(0), "0m"),
        (Duration(business_days=3), "3bd"),
        (Duration(timedelta(days=2, seconds=5)), "2d5s"),
    ],
)
def test_a_duration_is_written_the_short_way(duration: Duration, written: str) -> None:
    assert str(duration) == written


lengths = st.timedeltas(timedelta(), timedelta(days=LONGEST_DAYS)).map(
    lambda length: Duration(length - timedelta(microseconds=length.microseconds))
)
business_days = st.builds(Duration, business_days=st.integers(0, LONGEST_DAYS))


@given(lengths | business_days)
def test_what_is_written_is_read_as_the_same(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=45.9), "45 s"),
        (timedelta(minutes=28, seconds=59), "28 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=1, minutes=5), "1 h 05 min"),
        (timedelta(days=2), "2 d"),
        (timedelta(days=2, hours=3, minutes=59), "2 d 3 h"),
        (timedelta(minutes=-4), "4 min"),
    ],
)
def test_a_length_is_spoken_in_two_units_rounded_down(length: timedelta, said: str) -> None:
    assert spoken(length) == said
