"""Local time as people write it: zones, days of the week, times of the day, and when they are."""

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.domain.pasted import as_pasted

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60

_TIMES = re.compile(r"([0-9]{1,2}):([0-5][0-9])\s*-\s*([0-9]{1,2}):([0-5][0-9])")


@cache
def find_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: "Europe" is a folder of the zones
        raise ValueError(f"“{name}” is no time zone; one is written Europe/Amsterdam") from None


def known_zone(name: str) -> ZoneInfo:
    """The same of a name that nobody here has typed: what this machine does not know is UTC."""
    try:
        return find_zone(name)
    except ValueError:
        return find_zone("UTC")


def instant(local: datetime) -> datetime:
    """A local time in UTC: the first of two, and for one that is skipped the end of the gap."""
    first = local.replace(fold=0).astimezone(UTC)
    if first.astimezone(local.tzinfo) == local:
        return first
    before = local.replace(fold=1, microsecond=0).astimezone(UTC)  # in a gap, fold 1 lies before it
    offset = before.astimezone(local.tzinfo).utcoffset()
    seconds = range(int((first - before) / timedelta(seconds=1)) + 1)

    def has_jumped(second: int) -> bool:
        at = before + timedelta(seconds=second)
        return at.astimezone(local.tzinfo).utcoffset() != offset

    return before + timedelta(seconds=bisect_left(seconds, True, key=has_jumped))


@lru_cache(maxsize=4096)  # all cases of a week ask for the same few hundred
def minute_of_day(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """That minute by the clock on the wall, 0 to 1440, as an instant."""
    return instant(datetime.combine(day, time.min, zone) + timedelta(minutes=minute))


def parse_times(text: str) -> tuple[int, int]:
    """The two minutes of the day in `09:00-12:30`, in whatever order; ValueError if it is none."""
    match = _TIMES.fullmatch(as_pasted(text).strip())
    if match:
        hour, minute, until_hour, until_minute = (int(number) for number in match.groups())
        start, end = hour * 60 + minute, until_hour * 60 + until_minute
        if start < MIDNIGHT and end <= MIDNIGHT:
            return start, end
    raise ValueError(f"“{text}” is no time from and until, like 09:00-12:30, up to 24:00")


def time_written(minute: int) -> str:
    """A minute of the day, 0 to 1440, as `09:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def parse_days(text: str) -> frozenset[int]:
    """The days, 0 is Monday, in `mon-fri`, `sat,sun`, `fri-mon` or `daily`; or ValueError."""
    text = as_pasted(text)
    if text.strip().casefold() == "daily":
        return frozenset(range(7))
    return frozenset(day for part in text.split(",") for day in _days_of(part))


def _days_of(part: str) -> list[int]:
    first, dash, last = (name.strip().casefold() for name in part.partition("-"))
    try:
        start, end = DAYS.index(first), DAYS.index(last if dash else first)
    except ValueError:
        raise ValueError(f"“{part.strip()}” is no day; write mon-fri, sat,sun or daily") from None
    return [(start + ahead) % 7 for ahead in range((end - start) % 7 + 1)]
