"""The database seam: portable SQL with `:name` parameters, and what is alike in both engines.

SQLite's driver stands in `sqlite.py`, PostgreSQL's in `postgres.py`; `engines.py` opens either.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from time import monotonic
from typing import Any, ClassVar, Protocol

from bot.domain.errors import StoreIsNewer, StoreUnavailable
from bot.store.by_words import ByWords
from bot.store.lineage import Lineage

Row = Mapping[str, Any]
Migrations = Sequence[tuple[str, tuple[str, ...]]]  # name, statements

READ_TOGETHER = 5000  # values of one `in (…)`: an engine takes only so many
PATIENCE = 2.0  # seconds a writer waits for another: Slack waits three for an answer


class Database(Protocol):
    """What the store asks of an engine; `migrated` is the table of what has made it what it is."""

    migrated: ClassVar[str]

    @property
    def by_words(self) -> ByWords: ...

    @property
    def lineage(self) -> Lineage: ...

    def writing(self) -> AbstractContextManager[None]: ...

    def reading(self) -> AbstractContextManager[None]: ...

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]: ...

    def run(self, sql: str, params: Mapping[str, object] | None = None) -> int: ...

    def run_many(self, sql: str, params: Iterable[Mapping[str, object]]) -> None: ...

    def applied(self) -> frozenset[str]: ...

    def tables(self) -> frozenset[str]: ...

    def columns(self) -> Mapping[str, frozenset[str]]: ...

    def migrate(self, migrations: Migrations) -> None: ...

    def wall(self) -> datetime | None: ...

    def listen(self, heard: Callable[[], None]) -> None: ...

    def close(self) -> None: ...


@contextmanager
def in_turn(writer: threading.Lock) -> Iterator[float]:
    """One thread of this process at a time; what is left of its patience with other processes."""
    asked = monotonic()
    if not writer.acquire(timeout=PATIENCE):
        raise StoreUnavailable("another writer takes too long")
    try:
        yield max(0.0, asked + PATIENCE - monotonic())
    finally:
        writer.release()


def refuse_newer(applied: Collection[str], known: Migrations) -> None:
    """A program that does not know all of a database's tables must not write into them."""
    if unknown := sorted({*applied} - {name for name, _ in known}):
        raise StoreIsNewer(unknown)


def gathered(rows: Iterable[Row]) -> Mapping[str, frozenset[str]]:
    """Columns by their tables."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["table"], set()).add(row["column"])
    return {table: frozenset(columns) for table, columns in found.items()}


def refuse_old(engine: str, version: tuple[int, ...], oldest: tuple[int, ...]) -> None:
    if version < oldest:
        has, needs = (".".join(map(str, one)) for one in (version, oldest))
        raise StoreUnavailable(f"{engine} {has} is too old, {needs} or newer is needed")


def numbered(prefix: str, values: Iterable[object]) -> dict[str, object]:
    """Names for the values of an `in (…)`: portable, and never spliced into the text.

    The last is repeated up to a power of two: an engine keeps what it has prepared by its text, and
    a text for every number of values would fill its memory.
    """
    given = list(values)
    width = 1 << max(0, len(given) - 1).bit_length()
    filled = given + given[-1:] * (width - len(given))
    return {f"{prefix}{number}": value for number, value in enumerate(filled)}


def listed(names: Iterable[str]) -> str:
    """What stands between the brackets of that `in (…)`; of nothing, what no value equals."""
    return ", ".join(f":{name}" for name in names) or "null"
