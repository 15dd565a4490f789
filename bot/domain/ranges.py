"""Comparisons as a search writes them: `500`, `>10k`, `<=1.5m`, `1k..5k`, `>=high`."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from bot.domain.errors import BadQuery

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "≥": operator.ge,
    "<=": operator.le,
    "≤": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "": operator.eq,
}
_COUNT = re.compile(r"([0-9]{1,12})(?:(\.[0-9]{1,6})?([km]))?", re.IGNORECASE)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}


def within(value: str, scale: Callable[[str], int]) -> Callable[[int], bool]:
    """Whether a number is in the range that `value` writes, with `scale` reading its ends."""
    low, dots, high = value.partition("..")
    if dots:
        return _between(value, scale(low), scale(high))
    sign = next(sign for sign in _COMPARISONS if value.startswith(sign))
    compare, bound = _COMPARISONS[sign], scale(value.removeprefix(sign))
    return lambda number: compare(number, bound)


def count(text: str) -> int:
    """A number of people, as in 950, 10k or 1.5m."""
    match = _COUNT.fullmatch(text)
    if not match:
        raise BadQuery(f"{text or 'nothing'}: not a number", "write 500, >10k, <=1.5m or 1k..5k")
    whole, fraction, suffix = match.groups(default="")
    return int(Decimal(whole + fraction) * _SCALES[suffix.lower()])


def _between(value: str, least: int, most: int) -> Callable[[int], bool]:
    if least > most:
        raise BadQuery(f"{value}: the smaller end comes first")
    return lambda number: least <= number <= most
