"""Moments as people type them: `2026-12-24 18:00`, `fri 18:00`, `tomorrow`, `22:00`, `now`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAYS, MIDNIGHT, minute_of_day

FARTHEST = timedelta(days=730)  # nobody plans further; a year too many is a slip of the finger

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY = rf"{_DATE}|today|tomorrow|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])"
_MOMENT = re.compile(rf"now|(?:(?P<day>{_DAY}))?(?:(?:^|t|\s+){_TIME})?", re.IGNORECASE)


@dataclass(frozen=True)
class TypedSpan:
    """From one moment until another, in words; `zone` is a name, "" for that of who typed it."""

    start: str
    end: str
    zone: str = ""


def is_moment(text: str) -> bool:
    """Whether these words are meant as a moment."""
    return bool(text.strip()) and _MOMENT.fullmatch(text.strip()) is not None


def read_span(typed: TypedSpan, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A day alone is meant whole, with its last evening; ValueError with what to write."""
    start = _start(typed.start, now, zone)
    end = _end(typed.end, start, now, zone)
    if end <= start:
        raise ValueError(f"“{typed.end}” is not after “{typed.start}”")
    if end - now > FARTHEST:
        raise ValueError(f"“{typed.end}” is more than two years ahead")
    return start, end


def read_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """`2026-12-24`, `fri`, `tomorrow`; ValueError with what to write."""
    read = _read(text)
    if read is None or not read[0] or read[1] is not None:
        raise ValueError(f"“{text}” is no day; write 2026-12-24, fri, today or tomorrow")
    day = _day(read[0], now.astimezone(zone).date())
    if day > (now + FARTHEST).date():
        raise ValueError(f"“{text}” is more than two years ahead")
    return day


def _start(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    read = _read(text)
    if read is None:
        return now.replace(second=0, microsecond=0)
    day, minute = read
    today = now.astimezone(zone).date()
    at = _at(_day(day, today), 0 if minute is None else minute, zone)
    if at < now and _is_weekday(day) and _day(day, today) == today and minute is not None:
        return _at(today + timedelta(days=7), minute, zone)
    return at


def _end(text: str, start: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """A time or a day of the week is the first one after the start."""
    read = _read(text)
    if read is None:
        return now.replace(second=0, microsecond=0)
    day, minute = read
    whole = MIDNIGHT if minute is None else minute
    begun = start.astimezone(zone).date()
    named = now.astimezone(zone).date() if day in ("today", "tomorrow") else begun
    on = _day(day, named)
    again = 7 if _is_weekday(day) else 0 if day else 1
    at = _at(on, whole, zone)
    return _at(on + timedelta(days=again), whole, zone) if at <= start and again else at


def _read(text: str) -> tuple[str, int | None] | None:
    """The day's word and the minute; None is now."""
    found = _MOMENT.fullmatch(text.strip())
    if not found or not text.strip():
        raise ValueError(
            f"“{text}” is no moment; write 2026-12-24 18:00, fri 18:00, tomorrow, 18:00 or now"
        )
    if text.strip().casefold() == "now":
        return None
    day = (found["day"] or "").casefold()
    if found["hour"] is None:
        return day, None
    minute = int(found["hour"]) * 60 + int(found["minute"])
    if minute > MIDNIGHT:
        raise ValueError(f"“{text}” is no time of a day; write 00:00 to 24:00")
    return day, minute


def _day(word: str, today: date) -> date:
    """The day of that word on or after this one; no word is this day."""
    if word in ("", "today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if _is_weekday(word):
        return today + timedelta(days=(DAYS.index(word[:3]) - today.weekday()) % 7)
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(f"“{word}” is no day of the calendar") from None


def _is_weekday(word: str) -> bool:
    return word[:3] in DAYS


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    try:
        return minute_of_day(day, minute, zone).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{day} is too far away") from None
