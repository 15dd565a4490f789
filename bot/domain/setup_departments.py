"""departments.toml, read into departments and checked against each other."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from bot.domain.department import Department
from bot.domain.hours import BusinessHours, Period, parse_periods
from bot.domain.ids import RAPID_RESPONSE, TRIAGE, DepartmentKey
from bot.domain.local_time import DAYS
from bot.domain.ports import HolidayBook
from bot.domain.setup_tables import Document, Read, Table
from bot.domain.setup_values import (
    each,
    flag,
    in_text,
    person,
    queue_among,
    text,
    time_zone,
)

LONGEST_NAME = 75  # of a Slack button; triage shows one per department
LONGEST_CHANNEL = 80

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}")

Entry = tuple[Table, Department]


def read_departments(
    document: Document,
    holidays: HolidayBook,
    faults: list[str],
    gone: Collection[DepartmentKey] = (),
) -> tuple[Department, ...]:
    """The departments as far as they can be read; what is wrong is added to `faults`."""
    top = Table("departments.toml", document, faults)
    entries = [(table, _department(table, holidays)) for table in top.tables("department", "key")]
    top.refuse_unread()
    if not document.get("department"):
        top.fault("department", "there is none; write [[department]] with key, name and channel")
    departments = tuple(department for _, department in entries)
    _refuse_doubles(entries)
    _check_covers(entries, departments, gone)
    return departments


def usable(departments: Sequence[Department]) -> tuple[Department, ...]:
    """Each key once, and one department at least that cases can go to."""
    found = {one.key: one for one in reversed(departments) if one.key}
    if not any(one.has_queue for one in found.values()):
        found[TRIAGE] = Department(TRIAGE, "Triage", f"#care-{TRIAGE}")
    return tuple(reversed(found.values()))


def former_after(
    former: Mapping[str, object], before: Mapping[str, object], after: object
) -> dict[str, list[object]]:
    """The document of the departments that are gone, as they were last."""
    known = {key: table for one in (former, before) for key, table in _by_key(one).items()}
    still = _by_key(after)
    return {"department": [table for key, table in known.items() if key not in still]}


def _by_key(document: object) -> dict[str, object]:
    tables = document.get("department") if isinstance(document, Mapping) else None
    listed = tables if isinstance(tables, list) else []
    return {str(one.get("key")): one for one in listed if isinstance(one, Mapping)}


def _department(table: Table, holidays: HolidayBook) -> Department:
    return Department(
        key=table.need("key", in_text(_key), DepartmentKey(""), example='"sales"'),
        name=table.need("name", in_text(_name), "", example='"Sales"'),
        has_queue=(has_queue := table.read("queue", flag, True)),
        channel=_channel_of(table, has_queue),
        calendar=_calendar(table, holidays),
        cover=table.read("cover", in_text(DepartmentKey), None),
        lead=table.read("lead", in_text(person), None),
        handoff_needs=tuple(table.read("handoff_needs", each(text), [])),
    )


def _key(value: str) -> DepartmentKey:
    if not _KEY.fullmatch(value):
        raise ValueError(f"“{value}” is no key; write small letters, digits and -, like pr-press")
    if value == RAPID_RESPONSE:
        raise ValueError(f"“{value}” is the desk's own channel for pings; write another key")
    return DepartmentKey(value)


def _name(value: str) -> str:
    if len(value) > LONGEST_NAME or not value.isprintable():
        raise ValueError(f"write one line of at most {LONGEST_NAME} characters")
    return value


def _channel_of(table: Table, has_queue: bool) -> str:
    """The channel, which only a department that just approves may do without."""
    if has_queue:
        return table.need("channel", in_text(_channel), "", example='"#care-sales"')
    return table.read("channel", in_text(_channel), "")


def _channel(value: str) -> str:
    name = value.removeprefix("#")
    valid = re.sub(r"[^\w-]+", "-", name.casefold())[:LONGEST_CHANNEL].strip("-")
    if not name or name != valid:
        instead = f"“#{valid}”" if valid else "a name like “#care-sales”"
        raise ValueError(f"“{value}” is no name of a channel in Slack; write {instead}")
    if name == RAPID_RESPONSE:
        raise ValueError(f"“{value}” is the desk's own channel for pings; write another")
    return f"#{name}"


# The calendar


def _calendar(table: Table, holidays: HolidayBook) -> BusinessHours:
    zone = table.read("time_zone", in_text(time_zone), "UTC")
    return BusinessHours(zone, _week(table), table.read("holidays", _holidays_by(holidays), {}))


def _week(table: Table) -> Mapping[int, tuple[Period, ...]] | None:
    hours = table.inner("hours")
    if hours is None:
        return None
    week = {day: hours.read(name, _periods, ()) for day, name in enumerate(DAYS)}
    hours.refuse_unread()
    if hours.is_sound and not any(week.values()):
        table.fault("hours", "no day opens; leave hours out for round the clock")
    return week


def _periods(value: object) -> tuple[Period, ...]:
    each(in_text(parse_periods))(value)  # one by one first, so that every fault is told
    return parse_periods(*each(text)(value))


def _holidays_by(book: HolidayBook) -> Read[Mapping[date, str]]:
    def read(value: object) -> Mapping[date, str]:
        return book(value.strip()) if isinstance(value, str) else dict(each(_holiday)(value))

    return read


def _holiday(value: object) -> tuple[date, str]:
    match value:
        case str():
            day, _, name = value.strip().partition(" ")
        case {"date": str(day), "name": str(name), **rest} if not rest:
            pass
        case _:
            day = name = ""
    try:
        return date.fromisoformat(day), text(name)
    except ValueError:
        raise ValueError(f"“{value}” is no day; write “2026-12-24 Christmas Eve”") from None


# Departments beside each other


def _refuse_doubles(entries: Sequence[Entry]) -> None:
    keys: dict[str, int] = {}
    channels: dict[str, int] = {}
    for number, (table, department) in enumerate(entries, start=1):
        for field, value, seen in (
            ("key", department.key, keys),
            ("channel", department.channel, channels),
        ):
            first = seen.setdefault(value, number)
            if value and first != number:
                table.fault(field, f"“{value}” is department {first} already; write another")


def _check_covers(
    entries: Sequence[Entry],
    departments: Sequence[Department],
    gone: Collection[DepartmentKey],
) -> None:
    covers = {department.key: department.cover for department in departments}
    may_cover = queue_among(departments, gone)
    for table, department in entries:
        if department.cover is None:
            continue
        table.attempt("cover", partial(may_cover, department.cover), None)
        way = list(_way(department.key, covers))
        if way[-1] == department.key == min(way):  # a circle is told once
            table.fault("cover", f"{' → '.join(way)} is a circle; leave one cover out")


def _way(
    start: DepartmentKey, covers: Mapping[DepartmentKey, DepartmentKey | None]
) -> Iterator[DepartmentKey]:
    """From a department to its cover and on, until nobody covers or one comes again."""
    seen: set[DepartmentKey] = set()
    at: DepartmentKey | None = start
    while at is not None:
        yield at
        if at in seen:
            return
        seen.add(at)
        at = covers.get(at)
