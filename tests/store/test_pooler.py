"""A desk reached through PgBouncer in transaction mode: its sessions change behind its back."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.domain.errors import StoreUnavailable
from bot.store.postgres import PostgresDatabase
from bot.store.store import Store
from tests.engines import Databases
from tests.pooler import FEW, Pooler, is_there, running_pooler
from tests.store.sessions import holding_the_lock

pytestmark = [
    pytest.mark.skipif(
        not is_there(), reason="PgBouncer is not installed: apt-get install pgbouncer"
    ),
    pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="it may be at another machine"),
]

AT_ONCE = 4 * FEW  # threads, so that each session serves several


@pytest.fixture(scope="module")
def pooler(postgres: Databases) -> Iterator[Pooler]:
    with running_pooler(_place_of(postgres)) as pooler:
        yield pooler


@pytest.fixture
def direct(postgres: Databases) -> Iterator[str]:
    with postgres.lent() as url:
        yield url


@pytest.fixture
def db(pooler: Pooler, direct: str) -> Iterator[PostgresDatabase]:
    name = str(conninfo_to_dict(direct)["dbname"])
    database = PostgresDatabase(pooler.url(name))
    yield database
    database.close()
    pooler.let_go(name)


@pytest.fixture
def store(db: PostgresDatabase) -> Store:
    return Store(db)


def by_many(act: Callable[[], object], times: int) -> list[object]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _: act(), range(times)))


def count_and_look(store: Store) -> int:
    """What comes again and again, so that a driver would like to prepare it."""
    with store.transaction() as tx:
        number = tx.cases.next_id()
        tx.setup.get("admins")
    with store.reading() as tx:
        tx.counts.now()
    return int(number)


def test_many_threads_on_few_sessions_disturb_one_another_in_nothing(store: Store) -> None:
    found = by_many(lambda: count_and_look(store), 120)

    assert sorted(found) == list(range(1001, 1121))


def test_sessions_that_are_changed_in_the_middle_are_noticed_by_nobody(
    store: Store, pooler: Pooler
) -> None:
    def sometimes_after_a_change() -> int:
        number = count_and_look(store)
        if number % 10 == 0:
            pooler.tell("reconnect")
        return number

    found = by_many(sometimes_after_a_change, 60)

    assert sorted(found) == list(range(1001, 1061))


def test_nothing_of_the_desk_stays_in_a_session_that_others_get(
    store: Store, pooler: Pooler, direct: str
) -> None:
    by_many(lambda: count_and_look(store), 60)

    name = str(conninfo_to_dict(direct)["dbname"])
    with psycopg.connect(pooler.url(name), prepare_threshold=None) as other:
        settings = other.execute(
            """select current_setting('lock_timeout'), current_setting('statement_timeout'),
               current_setting('idle_in_transaction_session_timeout')"""
        ).fetchone()
        prepared = other.execute("select count(*) from pg_prepared_statements").fetchone()
    assert settings == ("0", "0", "0")
    assert prepared == (0,)


def test_the_limits_of_a_transaction_hold_whatever_session_it_gets(
    store: Store, direct: str
) -> None:
    by_many(lambda: count_and_look(store), AT_ONCE)
    with holding_the_lock(direct), pytest.raises(StoreUnavailable, match="lock timeout"):
        count_and_look(store)

    assert count_and_look(store) == 1001 + AT_ONCE


def test_what_others_say_is_not_listened_for_where_it_would_reach_somebody_else(
    db: PostgresDatabase, store: Store, direct: str
) -> None:
    db.listen(lambda: None)
    for thread in [one for one in threading.enumerate() if one.name == "hints"]:
        thread.join(30)
        assert not thread.is_alive()

    count_and_look(store)
    with psycopg.connect(direct) as admin:
        listening = admin.execute(
            "select count(*) from pg_stat_activity where query ilike 'listen%'"
        ).fetchone()
    assert listening == (0,)


def _place_of(postgres: Databases) -> str:
    return str(conninfo_to_dict(postgres.url("postgres"))["host"])
