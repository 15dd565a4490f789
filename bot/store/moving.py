"""A desk on its way from one database to another: what is copied so far, and whether it is equal.

The table `moving` stands in the target from the first page to the end, outside of the migrations:
the target has the source's tables until everything is copied, and a desk refuses to run on it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from bot.domain.errors import MovedByAnother
from bot.store.database import Database, Migrations, Row, listed
from bot.store.tables import Table, tables_of
from bot.store.times import from_json, to_json

PAGE = 1000  # rows that are read, and written in one transaction
# Who does what just now, what Slack said a moment ago, and which database this is.
LEFT_BEHIND = frozenset({"leases", "silences", "lineage"})

_TABLE = "moving"
_SOURCE = "source"
_CHECKED = "checked"
_BASE = 1 << 128


class Moving:
    """What the target knows of its move."""

    def __init__(self, db: Database):
        self._db = db

    def source(self) -> str | None:
        """Where a move that has not ended comes from; None where none has begun."""
        return self._value(_SOURCE) if _TABLE in self._db.tables() else None

    def begin(self, source: str) -> None:
        self._db.run(
            f"create table if not exists {_TABLE} (name text primary key, value text not null)"
        )
        self._put(_SOURCE, source)

    def end(self) -> None:
        self._db.run(f"drop table {_TABLE}")

    def checked(self) -> dict[str, str] | None:
        """The source's hashes when all was equal; from then on the target is the desk's own."""
        value = self._value(_CHECKED)
        return dict(from_json(value)) if value else None

    def check(self, hashes: Mapping[str, str]) -> None:
        self._put(_CHECKED, to_json(hashes))

    def reached(self, table: Table) -> "Reached":
        value = self._value(table.name)
        return Reached(**from_json(value)) if value else Reached()

    def advance(self, table: Table, before: "Reached", now: "Reached") -> None:
        """Raises MovedByAnother where it is not where this move has left it."""
        if self.reached(table) != before:
            raise MovedByAnother()
        self._put(table.name, to_json({"last": now.last, "is_whole": now.is_whole}))

    def _value(self, name: str) -> str | None:
        rows = self._db.rows(f"select value from {_TABLE} where name = :name", {"name": name})
        return str(rows[0]["value"]) if rows else None

    def _put(self, name: str, value: str) -> None:
        self._db.run(
            f"""insert into {_TABLE} (name, value) values (:name, :value)
                on conflict (name) do update set value = excluded.value""",
            {"name": name, "value": value},
        )


@dataclass(frozen=True)
class Reached:
    """How far a table is copied: up to the row with the key `last`."""

    last: list[Any] | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Digest:
    """Of all rows of a table, whatever their order: two that differ in one row are different."""

    rows: int
    value: str


class Copy:
    """The tables that the source has, page by page; whoever begins again goes on."""

    def __init__(self, source: Database, target: Database, migrations: Migrations):
        applied = source.applied()
        self.migrations = [one for one in migrations if one[0] in applied]
        self.tables = [t for t in tables_of(self.migrations) if t.name not in LEFT_BEHIND]
        self._source = source
        self._target = target
        self._moving = Moving(target)

    def begin(self) -> None:
        """The target gets the source's tables; the record of the move is older than they are."""
        if self._moving.source() is None:
            with self._target.writing():
                self._moving.begin(self._source.lineage.place())
        self._target.migrate(self.migrations)

    def rows(self) -> int:
        return sum(_count(self._source, table) for table in self.tables)

    def copied(self) -> int:
        """What an earlier attempt has brought."""
        begun = [one for one in self.tables if self._moving.reached(one) != Reached()]
        return sum(_count(self._target, table) for table in begun)

    def pages(self) -> Iterator[int]:
        """Copies on; after each page the number of its rows."""
        for table in self.tables:
            reached = self._moving.reached(table)
            while not reached.is_whole:
                page = _page(self._source, table, reached.last)
                before, reached = reached, _after(table, page)
                with self._target.writing():
                    self._write(table, page, before, reached)
                yield len(page)

    def there(self, table: Table) -> Digest:
        """Of the source, by the same code as of the target."""
        return _digest(self._source, table)

    def here(self, table: Table) -> Digest:
        return _digest(self._target, table)

    def _write(self, table: Table, page: list[Row], before: Reached, now: Reached) -> None:
        if before.last is None:  # a migration may have put rows of its own there
            self._target.run(f"delete from {table.name}")
        columns = ", ".join(table.columns)
        marks = ", ".join(f":{column}" for column in table.columns)
        self._target.run_many(
            f"insert into {table.name} ({columns}) values ({marks})", map(_named, page)
        )
        self._moving.advance(table, before, now)


def _count(db: Database, table: Table) -> int:
    return int(db.rows(f"select count(*) as n from {table.name}")[0]["n"])


def _named(row: Row) -> Mapping[str, object]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row of SQLite needs it


def _after(table: Table, page: list[Row]) -> Reached:
    if len(page) < PAGE:
        return Reached(is_whole=True)
    return Reached([page[-1][column] for column in table.key])


def _page(db: Database, table: Table, last: list[Any] | None) -> list[Row]:
    """The rows that follow; each engine orders texts in its own way, and sticks to it."""
    key = ", ".join(table.key)
    marks = {f"k{number}": value for number, value in enumerate(last or [])}
    onwards = f"where ({key}) > ({listed(marks)})" if last else ""
    columns = ", ".join(table.columns)
    return db.rows(
        f"select {columns} from {table.name} {onwards} order by {key} limit {PAGE}", marks
    )


def _digest(db: Database, table: Table) -> Digest:
    """Sums of hashes do not depend on an order, and tell two equal rows from none."""
    rows, total, last = 0, 0, None
    while page := _page(db, table, last):
        for row in page:
            canonical = orjson.dumps([row[column] for column in table.columns])
            total += int.from_bytes(hashlib.sha256(canonical).digest()[:16])
        rows += len(page)
        last = [page[-1][column] for column in table.key]
    return Digest(rows, f"{total % _BASE:032x}")
