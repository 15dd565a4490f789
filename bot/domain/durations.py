"""How long: `45s 20m 1h 1d 3bd` as people type it, and as the card says it."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import BadDuration, TooLong
from bot.domain.pasted import as_pasted

LONGEST_DAYS = 3660  # ten years; beyond it a typing error is likelier than a wish
YEAR, WORKING_YEAR = "366d", "260bd"  # the longest that anybody is promised or made to wait

_ELAPSED = re.compile(
    r"(?:(?P<days>[0-9]{1,9})d)? *(?:(?P<hours>[0-9]{1,9})h)? *"
    r"(?:(?P<minutes>[0-9]{1,9})m)? *(?:(?P<seconds>[0-9]{1,9})s)?"
)
_BUSINESS_DAYS = re.compile(r"([0-9]{1,9})bd")


@dataclass(frozen=True)
class Duration:
    """Elapsed time, or whole business days; `1d` is 24 hours, `1bd` one day of being open."""

    elapsed: timedelta = timedelta()
    business_days: int = 0

    def __str__(self) -> str:
        """The shortest way to type it: 90m is 1h30m, nothing at all is 0m."""
        if self.business_days:
            return f"{self.business_days}bd"
        days, hours, minutes, seconds = _parts(self.elapsed)
        parts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"


def minutes(count: int) -> Duration:
    return Duration(timedelta(minutes=count))


def hours(count: int) -> Duration:
    return Duration(timedelta(hours=count))


def parse_duration(text: str) -> Duration:
    """What was typed; raises BadDuration."""
    typed = as_pasted(text).strip().casefold()
    duration = _business_days(typed) or _elapsed(typed)
    if duration is None or max(duration.elapsed.days, duration.business_days) > LONGEST_DAYS:
        raise BadDuration(text)
    return duration


def must_be_within_a_year(length: Duration) -> None:
    """Refuses what is a slip of the finger where a promise or a pause is meant; raises TooLong."""
    year, working = parse_duration(YEAR), parse_duration(WORKING_YEAR)
    if length.elapsed > year.elapsed or length.business_days > working.business_days:
        raise TooLong(str(length))


def spoken(length: timedelta) -> str:
    """In two units at most, rounded down, without its sign: "28 min", "1 h 05 min", "2 d 3 h"."""
    days, hours, minutes, seconds = _parts(abs(length))
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes:02} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _business_days(typed: str) -> Duration | None:
    match = _BUSINESS_DAYS.fullmatch(typed)
    return Duration(business_days=int(match[1])) if match else None


def _elapsed(typed: str) -> Duration | None:
    match = _ELAPSED.fullmatch(typed)
    if not match or match.lastgroup is None:
        return None
    try:
        return Duration(timedelta(**{unit: int(n) for unit, n in match.groupdict("0").items()}))
    except OverflowError:  # a million years
        return None


def _parts(length: timedelta) -> tuple[int, int, int, int]:
    minutes, seconds = divmod(length.seconds, 60)
    return (length.days, *divmod(minutes, 60), seconds)
