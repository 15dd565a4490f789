"""on_call.toml, read into the rota and written back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from bot.domain.local_time import DAYS, MIDNIGHT, parse_days, parse_times, time_written
from bot.domain.on_call import Event, Override, Rota, Shift, Swap
from bot.domain.setup_tables import Document, Table, sound
from bot.domain.setup_values import each, in_text, person, text, time_zone

_LEVELS = range(1, 10)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_SOMEBODY = '["ann@example.com", "ben@example.com"]'
_MOMENT = '"2026-12-24T18:00+01:00"'


def read_rota(document: Document, faults: list[str]) -> Rota:
    """The rota as far as it can be read; what is wrong is added to `faults`."""
    top = Table("on_call.toml", document, faults)
    rota = Rota(
        sound((table, _shift(table)) for table in top.tables("shift", "person")),
        sound((table, _override(table)) for table in top.tables("override", "person")),
        sound((table, _swap(table)) for table in top.tables("swap", "date")),
        sound((table, _event(table)) for table in top.tables("event", "name")),
        top.read("user_group", text, None),
    )
    top.refuse_unread()
    return rota


def rota_document(rota: Rota) -> dict[str, object]:
    """Only what there is, so that a rota of shifts reads as it always did."""
    tables: dict[str, list[Mapping[str, object]]] = {
        "shift": [_shift_table(shift) for shift in rota.shifts],
        "override": [
            {"person": one.person, **_span(one), "level": one.level} for one in rota.overrides
        ],
        "swap": [{"people": list(one.people), "date": str(one.day)} for one in rota.swaps],
        "event": [
            {"name": one.name, "people": list(one.people), **_span(one)} for one in rota.events
        ],
    }
    group = {"user_group": rota.user_group} if rota.user_group else {}
    return {**group, **{key: rows for key, rows in tables.items() if rows}}


def days_written(days: frozenset[int]) -> str:
    """`mon-fri`, `sat,sun`, `daily`: as they are typed."""
    if len(days) == len(DAYS):
        return "daily"
    ordered = sorted(days)
    is_run = len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1
    if is_run:
        return f"{DAYS[ordered[0]]}-{DAYS[ordered[-1]]}"
    return ",".join(DAYS[day] for day in ordered)


def hours_written(shift: Shift) -> str:
    return f"{time_written(shift.start_minute)}-{time_written(shift.end_minute)}"


def _shift(table: Table) -> Shift:
    start, end = table.read("hours", in_text(parse_times), (0, MIDNIGHT))
    return Shift(
        person=table.need("person", in_text(person), "", example='"ann@example.com"'),
        days=table.read("days", in_text(parse_days), frozenset(range(7))),
        start_minute=start,
        end_minute=end,
        time_zone=table.read("time_zone", in_text(time_zone), "UTC"),
        level=table.read("level", _level, 1),
    )


def _override(table: Table) -> Override:
    who = table.need("person", in_text(person), "", example='"ann@example.com"')
    start, end = _from_until(table)
    return Override(who, start, end, table.read("level", _level, 1))


def _swap(table: Table) -> Swap:
    people = table.need("people", each(in_text(person)), ["", ""], example=_SOMEBODY)
    if len(set(people)) != 2 and table.is_sound:
        table.fault("people", "write the two who swap")
    pair = (*people, "", "")
    return Swap((pair[0], pair[1]), table.need("date", _day, _NEVER.date(), example='"2026-12-24"'))


def _event(table: Table) -> Event:
    name = table.need("name", text, "", example='"Super Bowl"')
    people = table.need("people", each(in_text(person)), [], example=_SOMEBODY)
    start, end = _from_until(table)
    return Event(name, tuple(people), start, end)


def _from_until(table: Table) -> tuple[datetime, datetime]:
    start = table.need("from", in_text(_moment), _NEVER, example=_MOMENT)
    end = table.need("until", in_text(_moment), _NEVER, example=_MOMENT)
    if table.is_sound and end <= start:
        table.fault("until", "not after from; write a later moment")
    return start, end


def _moment(value: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"“{value}” is no moment with its offset, like 2026-12-24T18:00+01:00")


def _day(value: object) -> date:
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise ValueError("write a date in quotes, like 2026-12-24") from None


def _level(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in _LEVELS:
        raise ValueError("write 1 for who is called first, 2 for who comes second, up to 9")
    return value


def _shift_table(shift: Shift) -> dict[str, object]:
    return {
        "person": shift.person,
        "days": days_written(shift.days),
        "hours": hours_written(shift),
        "time_zone": shift.time_zone,
        "level": shift.level,
    }


def _span(entry: Override | Event) -> dict[str, str]:
    return {"from": entry.start.isoformat(), "until": entry.end.isoformat()}
