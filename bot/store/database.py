"""The database seam: portable SQL with `:name` parameters, and the driver of SQLite.

PostgreSQL's stands in `postgres.py`, and `engines.py` opens either. SQLite is opened through
sqlite-utils, WAL, `synchronous=FULL`; a connection, with its megabytes of pages and statements, is
lent to one thread at a time. Write transactions are `BEGIN IMMEDIATE` behind one process lock: a
deferred one fails at once when two read and then write, and SQLite's own busy back-off sleeps far
longer than a lock waits.
"""

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
    """What the store asks of an engine."""

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

    def __init__(self, path: Path, *, synchronous: str = "FULL", read_only: bool = False):
        self.path = path
        self.lineage: Lineage = FileLineage(self, path)
        self._read_only = read_only
        self._synchronous = synchronous
        self._idle: list[sqlite_utils.Database] = []  # the one used last is the warmest
        self._mine = _Mine()
        self._writer = threading.Lock()

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
        with self._connection() as db, _as_our_error():
            return db.conn.execute(sql, params or {}).fetchall()

    def run(self, sql: str, params: Mapping[str, object] | None = None) -> int:
        """The number of rows it changed."""
        with self._connection() as db, _as_our_error():
            return int(db.conn.execute(sql, params or {}).rowcount)

    def run_many(self, sql: str, params: Iterable[Mapping[str, object]]) -> None:
        with self._connection() as db, _as_our_error():
            db.conn.executemany(sql, params)

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
        with self.writing(), self._connection() as db, _as_our_error():
            refuse_newer(self.applied(), migrations)
            known.apply(db)

    def listen(self, heard: Callable[[], None]) -> None:
        """Nobody would say anything: the only other writers are commands, and short ones."""

    def close(self) -> None:
        """Those that are lent now are closed by nobody but the end of the process."""
        while self._idle:
            self._idle.pop().conn.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite_utils.Database]:
        """That of this thread's transaction, or one for a single statement."""
        if self._mine.connection:
            yield self._mine.connection
        else:
            with self._lent() as db:
                yield db

    @contextmanager
    def _lent(self) -> Iterator[sqlite_utils.Database]:
        try:
            db = self._idle.pop()
        except IndexError:
            with _as_our_error():
                db = self._open()
        try:
            yield db
        finally:
            if db.conn.in_transaction:  # it could not even be rolled back
                db.conn.close()
            else:
                self._idle.append(db)

    def _open(self) -> sqlite_utils.Database:
        refuse_old("SQLite", sqlite3.sqlite_version_info, OLDEST)
        # isolation_level None: sqlite3 opens no transactions behind our back.
        where = f"{self.path.absolute().as_uri()}?mode=ro" if self._read_only else str(self.path)
        connection = sqlite3.connect(
            where, uri=self._read_only, isolation_level=None, timeout=PATIENCE,
            cached_statements=512, check_same_thread=False,
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
        assert self._mine.connection is None, "a transaction within a transaction"
        with self._lent() as db:
            with _as_our_error():
                db.conn.execute(f"pragma busy_timeout={round(patience * 1000)}")
                db.conn.execute(begin)
            self._mine.connection = db
            try:
                yield
                with _as_our_error():
                    db.conn.execute("commit")
            except BaseException:
                if db.conn.in_transaction:  # a full disk has rolled back already
                    db.conn.execute("rollback")
                raise
            finally:
                self._mine.connection = None


class _Mine(threading.local):
    """The connection that this thread has a transaction on."""

    connection: sqlite_utils.Database | None = None


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
