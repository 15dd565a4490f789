"""The driver of SQLite, through sqlite-utils: WAL, `synchronous=FULL`.

A connection, with its megabytes of pages and statements, is lent to one thread at a time. Write
transactions are `BEGIN IMMEDIATE` behind one process lock: a deferred one fails at once when two
read and then write, and SQLite's own busy back-off sleeps far longer than a lock waits.
"""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import sqlite_utils

from bot.domain.errors import StoreUnavailable
from bot.store.by_words import FTS5
from bot.store.database import (
    PATIENCE,
    Migrations,
    Row,
    gathered,
    in_turn,
    refuse_newer,
    refuse_old,
)
from bot.store.lineage import FileLineage, Lineage
from bot.store.mending import FIRST, mends
from bot.store.upgrade_copy import keep_copy

log = logging.getLogger(__name__)

OLDEST = (3, 35)  # the first with `returning`


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
        self._idle: list[sqlite_utils.Database] = []  # the one used last is the warmest
        self._mine = _Mine()
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

    def columns(self) -> Mapping[str, frozenset[str]]:
        return gathered(
            self.rows(
                """select one.name as "table", its.name as "column"
                   from sqlite_master as one, pragma_table_info(one.name) as its
                   where one.type = 'table'"""
            )
        )

    def migrate(self, migrations: Migrations) -> None:
        """Apply what is missing; two processes that start together wait for one another."""
        known = sqlite_utils.Migrations("samepage")
        for name, statements in migrations:
            known(name=name)(_runner([text.format(**self._words) for text in statements]))
        with self.writing(), self._connection() as db, _as_our_error():
            applied = self.applied()
            refuse_newer(applied, migrations)
            missing = [name for name, _ in migrations if name not in applied]
            to_mend = mends(self) if FIRST in applied else ()
            if applied and (missing or to_mend):
                copy = keep_copy(self.path, [*missing, "mending"][0])
                log.warning("upgrading; the file as it was is kept", extra={"copy": str(copy)})
            for statement in to_mend:
                self.run(statement)
            known.apply(db)

    def wall(self) -> datetime | None:
        """A file has no clock of its own."""
        return None

    def listen(self, heard: Callable[[], None]) -> None:
        """Nobody would say anything: the only other writers are commands, and short ones."""

    def close(self) -> None:
        """Those that are lent now may outlive this, and SQLite would not see the last one go.

        It would leave the newest beside the file; it is brought in here, for those who stop a desk
        and copy the file alone.
        """
        while self._idle:
            db = self._idle.pop()
            if not self._read_only:
                with suppress(sqlite3.Error):  # a full disk keeps it where it is, and safe
                    db.conn.execute("pragma wal_checkpoint(passive)")
            db.conn.close()

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
        self._must_be_there()
        try:
            db = self._idle.pop()
        except IndexError:
            with _as_our_error():
                db = self._open()
            self._file = self._file or self._identity()
        try:
            yield db
        finally:
            if db.conn.in_transaction:  # it could not even be rolled back
                db.conn.close()
            else:
                self._idle.append(db)

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
