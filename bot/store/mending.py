"""Databases that are not what their migrations say: mended where that is safe, else named.

The first migration was changed after it had landed, so desks of those days lack what came into it
later. What is added here changes nothing that such a desk has written.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from bot.domain.errors import StoreUnavailable

Columns = Mapping[str, frozenset[str]]  # of each table

FIRST = "m001_desk"

_LATER = (
    "create index if not exists cases_by_post on cases (post)",
    "create index if not exists cases_on_their_way on cases (id) where hand_off is not null",
    """create index if not exists promises_broken on promises (case_id)
        where stopped_at is null and breached_at is not null""",
    """create index if not exists replies_unsettled on replies (state)
        where state not in ('sent', 'dropped')""",
    "create index if not exists members_by_member on members (member)",
    """insert into counters (name, value) select 'revision', 1
        where not exists (select 1 from counters where name = 'revision')""",
)
_NO_REPOSTS = (
    "alter table outbox add column reposts bigint not null default 0",
    "drop index if exists outbox_unsettled",
    "create index outbox_unsettled on outbox (state, due_at) where state <> 'shown'",
    "drop index if exists outbox_by_message",
    "create index outbox_by_message on outbox (channel, ts) where ts is not null",
)
_WITH_DATA = ("alter table timers drop column data",)  # nothing was ever read from it


class Mended(Protocol):
    def columns(self) -> Columns: ...

    def rows(self, sql: str) -> object: ...

    def run(self, sql: str) -> int: ...


class Shape(Protocol):
    """What a table is to have."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...


def mends(db: Mended) -> tuple[str, ...]:
    """The statements that make the first tables of a desk what they are for everybody else."""
    there = db.columns()
    if "counters" not in there or "outbox" not in there:
        return ()
    is_whole = bool(db.rows("select 1 from counters where name = 'revision'"))
    return (
        *(() if "reposts" in there["outbox"] else _NO_REPOSTS),
        *(_WITH_DATA if "data" in there.get("timers", ()) else ()),
        *(() if is_whole else _LATER),
    )


def must_have(there: Columns, tables: Iterable[Shape]) -> None:
    """Raises StoreUnavailable with what is missing, where a table or a column is."""
    if missing := list(_missing(there, tables)):
        more = ", …" * (len(missing) > 5)
        raise StoreUnavailable(
            f"it lacks {', '.join(missing[:5])}{more}, which a desk's database has at this point;"
            " restore a backup of it, or name another database"
        )


def _missing(there: Columns, tables: Iterable[Shape]) -> Iterator[str]:
    for table in tables:
        if table.name not in there:
            yield f"the table {table.name}"
        else:
            gone = (one for one in table.columns if one not in there[table.name])
            yield from (f"{table.name}.{one}" for one in gone)
