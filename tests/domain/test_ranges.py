"""How a number is asked for."""

import pytest

from bot.domain.errors import BadQuery
from bot.domain.ranges import count, within


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("950", 950), ("10k", 10_000), ("1.1m", 1_100_000), ("1.5K", 1_500)],
)
def test_a_count_may_be_shortened(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize("text", ["", "ten", "10.000", "1.5", "-5", "k", "1e5", "٣", "9" * 40])
def test_anything_else_is_no_count(text: str) -> None:
    with pytest.raises(BadQuery, match="not a number"):
        count(text)


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        ("500", 500, 501),
        ("=500", 500, 499),
        (">10k", 10_001, 10_000),
        (">=10k", 10_000, 9_999),
        ("≥10k", 10_000, 9_999),
        ("<10k", 9_999, 10_000),
        ("<=10k", 10_000, 10_001),
        ("1k..5k", 1_000, 999),
        ("1k..5k", 5_000, 5_001),
    ],
)
def test_a_range_begins_and_ends_where_it_says(value: str, inside: int, outside: int) -> None:
    holds = within(value, count)

    assert holds(inside)
    assert not holds(outside)


@pytest.mark.parametrize("value", ["5..1", "..", "1..", "..1", ">", ">>1", "1...5"])
def test_a_range_without_sense_is_refused(value: str) -> None:
    with pytest.raises(BadQuery):
        within(value, count)
