"""What tables a desk has: read from the migrations themselves, so that none can be forgotten."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.store.database import Migrations
from bot.store.sqlite import SqliteDatabase


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def tables_of(migrations: Migrations) -> tuple[Table, ...]:
    """In the order of their names; indexes of words are none."""
    return _tables_of(tuple(migrations))


@cache
def _tables_of(migrations: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Table, ...]:
    memory = SqliteDatabase(Path(":memory:"))
    memory.migrate(migrations)
    rows = memory.rows(
        """select name from pragma_table_list where schema = 'main' and type = 'table'
           and substr(name, 1, 1) <> '_' and substr(name, 1, 7) <> 'sqlite_' order by name"""
    )
    found = tuple(_table(memory, row["name"]) for row in rows)
    memory.close()
    return found


def _table(db: SqliteDatabase, name: str) -> Table:
    columns = db.rows("select name, pk from pragma_table_info(:name)", {"name": name})
    key = sorted((row["pk"], row["name"]) for row in columns if row["pk"])
    return Table(name, tuple(row["name"] for row in columns), tuple(column for _, column in key))
