"""One file, many threads, two processes: nothing is lost, nobody is told "database is locked"."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.domain.errors import StoreUnavailable
from bot.store.database import SqliteDatabase
from bot.store.schema import MIGRATIONS
from bot.store.store import Store, Transaction
from tests.store.processes import NOON, WRITES, both, migrate, number_cases


class Crash(BaseException):
    """Nobody catches it."""


def _crash_after(store: Store, work: Callable[[Transaction], object]) -> None:
    with store.transaction() as tx:
        work(tx)
        raise Crash


def test_what_was_written_before_a_crash_in_the_middle_is_not_kept(store: Store) -> None:
    with pytest.raises(Crash):
        _crash_after(store, lambda tx: tx.seen.first("half", NOON))

    with store.transaction() as tx:
        assert tx.seen.first("half", NOON)


def test_a_case_number_is_spent_only_with_its_transaction(store: Store) -> None:
    with pytest.raises(Crash):
        _crash_after(store, lambda tx: tx.cases.next_id())

    with store.transaction() as tx:
        assert tx.cases.next_id() == 1001
    with store.transaction() as tx:
        assert tx.cases.next_id() == 1002


def test_a_snapshot_does_not_see_what_is_written_meanwhile(store: Store, path: Path) -> None:
    other = Store(SqliteDatabase(path, synchronous="OFF"))
    with store.reading() as tx:
        assert tx.setup.get("admins") is None
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_put_admins, other).result()
        assert tx.setup.get("admins") is None
    with store.reading() as tx:
        assert tx.setup.get("admins") == ["UEVE"]


def _put_admins(store: Store) -> None:
    with store.transaction() as tx:
        tx.setup.put("admins", ["UEVE"])


def test_a_commit_that_fails_leaves_the_connection_ready(store: Store, db: SqliteDatabase) -> None:
    """SQLite refuses to commit what a deferred foreign key forbids."""
    db.run("create table mothers (id integer primary key)")
    db.run(
        """create table children (
            mother integer references mothers(id) deferrable initially deferred)"""
    )

    with pytest.raises(Exception, match="FOREIGN KEY"), db.writing():
        db.run("insert into children values (7)")

    with store.transaction() as tx:
        assert tx.seen.first("after", NOON)
    assert db.rows("select * from children") == []


def test_eight_threads_that_read_and_write_never_meet_a_locked_file(store: Store) -> None:
    def number(_: int) -> int:
        with store.transaction() as tx:
            return tx.cases.next_id()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(number, range(200)))

    assert sorted(numbers) == list(range(1001, 1201))


def test_two_processes_that_write_at_once_wait_for_one_another(store: Store, path: Path) -> None:
    assert both(number_cases, path) == [0, 0]

    with store.transaction() as tx:
        assert tx.cases.next_id() == 1001 + 2 * WRITES


def test_two_processes_that_start_at_once_migrate_an_empty_file_once(path: Path) -> None:
    assert both(migrate, path) == [0, 0]

    db = SqliteDatabase(path)
    applied = db.rows("select name from _sqlite_migrations")
    assert [row["name"] for row in applied] == [name for name, _ in MIGRATIONS]


def test_migrations_applied_twice_change_nothing(store: Store, db: SqliteDatabase) -> None:
    with store.transaction() as tx:
        tx.cases.next_id()
    before = db.rows("select sql from sqlite_master order by name")

    store.migrate()

    assert db.rows("select sql from sqlite_master order by name") == before
    with store.transaction() as tx:
        assert tx.cases.next_id() == 1002


def test_a_migration_that_fails_half_way_keeps_nothing(db: SqliteDatabase) -> None:
    with pytest.raises(StoreUnavailable):
        db.migrate([("m001", ("create table kept (id integer)", "create nonsense"))])

    assert db.rows("select * from sqlite_master where name = 'kept'") == []


def test_a_file_that_is_no_database_is_named_as_the_store_s_fault(path: Path) -> None:
    path.write_text("These are notes, not a desk. " * 200)

    with pytest.raises(StoreUnavailable, match="not a database"):
        Store(SqliteDatabase(path)).migrate()


def test_a_folder_that_is_missing_is_named_as_the_store_s_fault(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        Store(SqliteDatabase(path / "nowhere" / "desk.db")).migrate()
