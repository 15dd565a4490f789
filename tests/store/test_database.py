"""One database, many threads, two processes: nothing is lost, nobody is told "it is locked"."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import StoreIsNewer, StoreUnavailable
from bot.store.database import PATIENCE, Database, numbered
from bot.store.engines import open_database
from bot.store.schema import MIGRATIONS
from bot.store.sqlite import SqliteDatabase
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


def test_a_snapshot_does_not_see_what_is_written_meanwhile(store: Store, database_url: str) -> None:
    second = open_database(database_url, durable=False)
    other = Store(second)
    with store.reading() as tx:
        assert tx.setup.get("admins") is None
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_put_admins, other).result()
        assert tx.setup.get("admins") is None
    with store.reading() as tx:
        assert tx.setup.get("admins") == ["UEVE"]
    second.close()


def test_a_desk_that_was_stopped_is_whole_in_its_one_file(tmp_path: Path) -> None:
    """Whoever stops it to copy `desk.db` need not know of `desk.db-wal`."""
    store = Store(SqliteDatabase(tmp_path / "desk.db"))
    store.migrate()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_put_admins, store).result()
        store.close()  # as in a desk, the other threads have not let go yet
        copy = shutil.copy(tmp_path / "desk.db", tmp_path / "copy.db")
    with Store(SqliteDatabase(Path(copy))).reading() as tx:
        assert tx.setup.get("admins") == ["UEVE"]


def _put_admins(store: Store) -> None:
    with store.transaction() as tx:
        tx.setup.put("admins", ["UEVE"])


def test_a_commit_that_fails_leaves_the_connection_ready(empty_url: str) -> None:
    """A commit is refused by what a deferred foreign key forbids."""
    db = open_database(empty_url)
    db.run("create table mothers (id integer primary key)")
    db.run(
        """create table children (
            mother integer references mothers(id) deferrable initially deferred)"""
    )

    with pytest.raises(Exception, match=r"(?i)foreign key"), db.writing():
        db.run("insert into children values (7)")

    with db.writing():
        db.run("insert into mothers values (1)")
    assert db.rows("select * from children") == []
    db.close()


def test_eight_threads_that_read_and_write_never_meet_a_locked_file(store: Store) -> None:
    def number(_: int) -> int:
        with store.transaction() as tx:
            return tx.cases.next_id()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(number, range(200)))

    assert sorted(numbers) == list(range(1001, 1201))


def test_who_waits_behind_our_own_writer_waits_no_longer_for_that_of_another_process(
    store: Store, database_url: str
) -> None:
    other = open_database(database_url, durable=False)
    waits: list[float] = []

    def ask() -> None:
        asked = monotonic()
        with pytest.raises(StoreUnavailable), store.transaction():
            pass
        waits.append(monotonic() - asked)

    first, second = threading.Thread(target=ask), threading.Timer(PATIENCE / 4, ask)
    with other.writing():
        first.start()
        second.start()
        first.join()
        second.join()
    other.close()

    assert len(waits) == 2
    assert max(waits) < PATIENCE * 1.5  # Slack waits three seconds, and no more


def test_two_processes_that_write_at_once_wait_for_one_another(
    store: Store, database_url: str
) -> None:
    assert both(number_cases, database_url) == [0, 0]

    with store.transaction() as tx:
        assert tx.cases.next_id() == 1001 + 2 * WRITES


def test_two_processes_that_start_at_once_migrate_an_empty_database_once(empty_url: str) -> None:
    assert both(migrate, empty_url) == [0, 0]

    db = open_database(empty_url)
    assert applied(db) == sorted(name for name, _ in MIGRATIONS)
    db.close()


def test_migrations_applied_twice_change_nothing(store: Store, db: Database) -> None:
    with store.transaction() as tx:
        tx.cases.next_id()
    before = applied(db)

    store.migrate()

    assert applied(db) == before
    with store.transaction() as tx:
        assert tx.cases.next_id() == 1002


def test_a_migration_that_fails_half_way_keeps_nothing(empty_url: str) -> None:
    db = open_database(empty_url)
    with pytest.raises((StoreUnavailable, psycopg.ProgrammingError)):
        db.migrate([("m001", ("create table kept (id integer)", "create nonsense"))])

    db.migrate([("m001", ("create table kept (id integer)",))])
    assert db.rows("select * from kept") == []
    db.close()


def test_an_older_program_refuses_what_a_newer_one_has_changed(empty_url: str) -> None:
    db = open_database(empty_url)
    db.migrate([("m001", ("create table kept (id integer)",)), ("m002", ())])

    with pytest.raises(StoreIsNewer, match="m002"):
        db.migrate([("m001", ("create table kept (id integer)",)), ("m003", ("drop table kept",))])

    assert db.rows("select * from kept") == []
    db.close()


def test_an_older_program_that_runs_keeps_nothing_from_then_on(empty_url: str) -> None:
    db, newer = open_database(empty_url), open_database(empty_url)
    store = Store(db)
    store.migrate()
    assert number(store) == 1001
    newer.migrate([*MIGRATIONS, ("m999_later", ("create table later (id integer)",))])
    newer.close()

    with pytest.raises(StoreIsNewer, match="m999_later"):
        number(store)
    with pytest.raises(StoreIsNewer, match="m999_later"):
        store.must_take_writes()
    with store.reading() as tx:
        assert tx.setup.get("admins") is None
    db.close()


def test_a_file_that_is_no_database_is_named_as_the_store_s_fault(path: Path) -> None:
    path.write_text("These are notes, not a desk. " * 200)

    with pytest.raises(StoreUnavailable, match="not a database"):
        Store(SqliteDatabase(path)).migrate()


def test_a_folder_that_is_missing_is_named_as_the_store_s_fault(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        Store(SqliteDatabase(path / "nowhere" / "desk.db")).migrate()


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """Under which a new file is readable by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_a_new_file_and_what_stands_beside_it_are_for_its_owner_alone(path: Path) -> None:
    db = open_database(f"sqlite:///{path}")
    store = Store(db)
    store.migrate()
    with store.transaction() as tx:
        tx.cases.next_id()
    beside = {one.name: f"{one.stat().st_mode & 0o777:o}" for one in path.parent.iterdir()}
    db.close()

    assert beside == dict.fromkeys(
        ("desk.db", "desk.db-wal", "desk.db-shm", "desk.db.pulse"), "600"
    )


@pytest.mark.usefixtures("usual_umask")
def test_the_mode_of_a_file_that_is_there_is_the_operator_s(path: Path) -> None:
    path.touch()
    path.chmod(0o640)
    db = open_database(f"sqlite:///{path}")
    Store(db).migrate()
    db.close()

    assert f"{path.stat().st_mode & 0o777:o}" == "640"


def test_a_file_that_was_moved_away_takes_nothing_until_it_is_back(path: Path) -> None:
    """An open file can be written to whatever its name is, and be gone with the process."""
    store = Store(SqliteDatabase(path, synchronous="OFF"))
    store.migrate()
    away = path.rename(path.with_name("away.db"))

    with pytest.raises(StoreUnavailable, match=r"desk\.db is gone"):
        number(store)
    with ThreadPoolExecutor(1) as another_thread:
        asked = another_thread.submit(number, store)
        with pytest.raises(StoreUnavailable, match=r"desk\.db is gone"):
            asked.result()
    assert not path.exists()

    away.rename(path)
    assert number(store) == 1001


def test_a_file_that_was_replaced_while_the_desk_runs_takes_nothing(path: Path) -> None:
    store = Store(SqliteDatabase(path, synchronous="OFF"))
    store.migrate()
    copy = path.with_name("backup.db")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)

    with pytest.raises(StoreUnavailable, match="not the file it was at the start"):
        number(store)


def number(store: Store) -> int:
    with store.transaction() as tx:
        return int(tx.cases.next_id())


def applied(db: Database) -> list[str]:
    """The names of what has changed the tables, in order."""
    table = "_sqlite_migrations" if isinstance(db, SqliteDatabase) else "samepage_migrations"
    return [row["name"] for row in db.rows(f"select name from {table} order by name")]


@given(st.lists(st.integers(), max_size=70))
def test_an_engine_is_asked_for_these_values_and_no_others(values: list[int]) -> None:
    assert set(numbered("v", values).values()) == set(values)


def test_a_thousand_numbers_of_values_are_a_handful_of_texts() -> None:
    texts = {", ".join(numbered("v", range(many))) for many in range(1_001)}

    assert len(texts) == 12


def test_threads_that_take_turns_share_a_connection(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "desk.db")
    with ThreadPoolExecutor(1) as first:
        first.submit(database.run, "create temporary table mine (id integer)").result()

    with ThreadPoolExecutor(1) as second:
        assert second.submit(database.rows, "select * from temp.mine").result() == []


def test_a_transaction_has_its_connection_to_itself(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "desk.db")
    database.run("create table notes (id integer)")
    with ThreadPoolExecutor(1) as beside, database.writing():
        database.run("insert into notes values (1)")
        assert beside.submit(database.rows, "select * from notes").result() == []

    assert len(database.rows("select * from notes")) == 1
