"""What a value in a set-up document may be; each reader refuses with what to write instead."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from bot.domain.blank import is_blank
from bot.domain.department import Department
from bot.domain.durations import Duration, parse_duration
from bot.domain.errors import BadDuration, Broken
from bot.domain.ids import DepartmentKey
from bot.domain.local_time import find_zone
from bot.domain.setup_tables import Read, nearest

T = TypeVar("T")

_PERSON = re.compile(r"[^@\s<>]+@(?=[^@\s<>]+\.[^@\s<>])[^@\s<>]+|[UW][A-Z0-9]{2,}")


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write a text in quotes")
    if is_blank(value):
        raise ValueError("empty; write a text, or leave the key out")
    return value.strip()


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false, without quotes")
    return value


def in_text(parse: Callable[[str], T]) -> Read[T]:
    """Reads a text and makes of it what `parse` does."""
    return lambda value: parse(text(value))


def one_of(words: Iterable[str]) -> Read[str]:
    known = list(words)

    def read(value: object) -> str:
        word = text(value).casefold()
        if word not in known:
            raise ValueError(f"“{word}” means nothing here; {nearest(word, known)}")
        return word

    return read


def each(parse: Read[T]) -> Read[list[T]]:
    """Reads a list; every entry at fault is told."""

    def read(value: object) -> list[T]:
        if not isinstance(value, list):
            raise ValueError("write a list in square brackets, also for a single entry")
        found, faults = [], []
        for entry in value:
            try:
                found.append(parse(entry))
            except ValueError as error:
                faults.append(str(error))
        if faults:
            raise Broken(faults)
        return found

    return read


def person(value: str) -> str:
    """An e-mail address or a Slack user id, as written."""
    if not _PERSON.fullmatch(value):
        raise ValueError(f"“{value}” is nobody; write an e-mail address or a Slack user id (U…)")
    return value


def time_zone(value: str) -> str:
    find_zone(value)
    return value


def duration(value: str) -> Duration:
    try:
        return parse_duration(value)
    except BadDuration:
        raise ValueError(f"“{value}” is no duration like 45s, 20m, 1h, 1d or 3bd") from None


def department_among(
    known: Iterable[Department], gone: Collection[DepartmentKey] = ()
) -> Callable[[str], DepartmentKey]:
    """Reads the key of a department; what names one that is gone waits until it is back."""
    keys = [department.key for department in known]

    def read(value: str) -> DepartmentKey:
        if value not in keys and value not in gone:
            raise ValueError(f"no department has the key “{value}”; {nearest(value, keys)}")
        return DepartmentKey(value)

    return read


def queue_among(
    known: Iterable[Department], gone: Collection[DepartmentKey] = ()
) -> Callable[[str], DepartmentKey]:
    """Reads the key of a department that cases can go to."""
    departments = list(known)
    find = department_among(departments, gone)
    with_queue = [department.key for department in departments if department.has_queue]

    def read(value: str) -> DepartmentKey:
        key = find(value)
        if key not in with_queue and key not in gone:
            raise ValueError(f"“{key}” has no queue; write one of {', '.join(with_queue)}")
        return key

    return read
