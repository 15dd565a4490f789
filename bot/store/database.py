"""The database seam: portable SQL with `:name` parameters, and the driver of SQLite.

PostgreSQL's stands in `postgres.py`, and `engines.py` opens either. SQLite is opened through
sqlite-utils, one connection a thread, WAL, `synchronous=FULL`. Write transactions are `BEGIN
IMMEDIATE` behind one process lock: a deferred one fails at once when two read and then write, and
SQLite's own busy back-off sleeps far longer than a lock waits.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, Protocol

import sqlite_utils

from bot.domain.errors import StoreIsNewer, StoreUnavailable
from bot.store.by_words import FTS5, ByWords
from bot.store.lineage import FileLineage, Lineage

Row = Mapping[str, Any]
Migrations = Sequence[tuple[str, tuple[str, ...]]]  # name, statements

OLDEST = (3, 35)  # the first with `returning`
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

    def migrate(self, migrations: Migrations) -> None: ...

    def listen(self, heard: Callable[[], None]) -> None: ...

    def close(self) -> None: ...


class SqliteDatabase:
    """One SQLite file; threads share it, another process may write beside it."""

    _words: ClassVar = {
        "id": "id integer primary key",
        "serial": "id integer primary key autoincrement",
        "case_words": FTS5.table,
        "case_words_lookup": FTS5.lookup,
    }
    by_words: ClassVar = FTS5
    migrated: ClassVar = "_sqlite_migrations"

    def __init__(self, path: Path, *, synchronous: str = "FULL", read_only: bool = False):
        self.path = path
        self.lineage: Lineage = FileLineage(self, path)
        self._read_only = read_only
        self._synchronous = synchronous
        self._local = threading.local()
        self._writer = threading.Lock()
        self._file: tuple[int, int] | None = None  # which it is, once it was opened

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction: all of it is kept, or nothing."""
        with in_turn(self._writer) as patience, self._transaction("begin immediate", patience):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot: what is read in it belongs together."""
        with self._transaction("begin"):
            yield

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        with _as_our_error():
            return self._db.conn.execute(sql, params or {}).fetchall()

    def run(self, sql: str, params: Mapping[str, object] | None = None) -> int:
        """The number of rows it changed."""
        with _as_our_error():
            return int(self._db.conn.execute(sql, params or {}).rowcount)

    def run_many(self, sql: str, params: Iterable[Mapping[str, object]]) -> None:
        with _as_our_error():
            self._db.conn.executemany(sql, params)

    def applied(self) -> frozenset[str]:
        """The names of the migrations that have made it what it is."""
        if "_sqlite_migrations" not in self.tables():
            return frozenset()
        return frozenset(row["name"] for row in self.rows("select name from _sqlite_migrations"))

    def tables(self) -> frozenset[str]:
        rows = self.rows("select name from sqlite_master where type = 'table'")
        return frozenset(row["name"] for row in rows)

    def migrate(self, migrations: Migrations) -> None:
        """Apply what is missing; two processes that start together wait for one another."""
        known = sqlite_utils.Migrations("samepage")
        for name, statements in migrations:
            known(name=name)(_runner([text.format(**self._words) for text in statements]))
        with self.writing(), _as_our_error():
            refuse_newer(self.applied(), migrations)
            known.apply(self._db)

    def listen(self, heard: Callable[[], None]) -> None:
        """Nobody would say anything: the only other writers are commands, and short ones."""

    def close(self) -> None:
        """This thread's connection; the others' end with their threads."""
        if db := getattr(self._local, "db", None):
            db.conn.close()
            self._local.db = None

    @property
    def _db(self) -> sqlite_utils.Database:
        db: sqlite_utils.Database | None = getattr(self._local, "db", None)
        if db is None:
            self._must_be_there()
            with _as_our_error():
                db = self._local.db = self._open()
            self._file = self._file or self._identity()
        return db

    def _must_be_there(self) -> None:
        """An open file outlives its name: what is kept in it then would end with this process."""
        if self._file and self._identity() != self._file:
            raise StoreUnavailable(f"{self.path} is gone, or is not the file it was at the start")

    def _identity(self) -> tuple[int, int] | None:
        try:
            file = os.stat(self.path)
        except OSError:
            return None
        return file.st_dev, file.st_ino

    def _open(self) -> sqlite_utils.Database:
        refuse_old("SQLite", sqlite3.sqlite_version_info, OLDEST)
        # isolation_level None: sqlite3 opens no transactions behind our back.
        where = f"{self.path.absolute().as_uri()}?mode=ro" if self._read_only else str(self.path)
        connection = sqlite3.connect(
            where, uri=self._read_only, isolation_level=None, timeout=PATIENCE,
            cached_statements=512,
        )  # fmt: skip
        connection.row_factory = sqlite3.Row
        for pragma in (
            *(() if self._read_only else ("journal_mode=wal",)),
            f"synchronous={self._synchronous}",
            "foreign_keys=on",
            "secure_delete=on",
            "trusted_schema=off",
        ):
            connection.execute(f"pragma {pragma}")
        return sqlite_utils.Database(connection)

    @contextmanager
    def _transaction(self, begin: str, patience: float = PATIENCE) -> Iterator[None]:
        db = self._db
        self._must_be_there()
        with _as_our_error():
            db.conn.execute(f"pragma busy_timeout={round(patience * 1000)}")
            db.conn.execute(begin)
        try:
            yield
            with _as_our_error():
                db.conn.execute("commit")
        except BaseException:
            if db.conn.in_transaction:  # a full disk has rolled back already
                db.conn.execute("rollback")
            raise


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


def refuse_old(engine: str, version: tuple[int, ...], oldest: tuple[int, ...]) -> None:
    if version < oldest:
        has, needs = (".".join(map(str, one)) for one in (version, oldest))
        raise StoreUnavailable(f"{engine} {has} is too old, {needs} or newer is needed")


def numbered(prefix: str, values: Iterable[object]) -> dict[str, object]:
    """Names for the values of an `in (…)`: portable, and never spliced into the text."""
    return {f"{prefix}{number}": value for number, value in enumerate(values)}


@contextmanager
def _as_our_error() -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        raise StoreUnavailable(str(error)) from error


def _runner(statements: list[str]) -> Callable[[sqlite_utils.Database], None]:
    def migrate(db: sqlite_utils.Database) -> None:
        for statement in filter(None, statements):  # some engines need no such thing
            db.execute(statement)

    return migrate
