"""PostgreSQL on a bad day: sessions end, a server restarts, a writer hangs, a right is missing."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from bot.domain.errors import StoreUnavailable
from bot.store.database import PATIENCE
from bot.store.postgres import MOST_CONNECTIONS, PostgresDatabase
from bot.store.store import Store, Transaction
from tests.engines import Databases
from tests.server import Server, running_server
from tests.store.processes import NOON
from tests.store.sessions import end_sessions, holding_the_lock

pytestmark = pytest.mark.skipif(
    "TEST_DATABASE_URL" in os.environ, reason="somebody else's server is not ours to restart"
)

SOON = 60.0  # seconds; a test that waits for so long has failed


@pytest.fixture
def url(postgres: Databases) -> Iterator[str]:
    with postgres.lent() as url:
        yield url


@pytest.fixture
def db(url: str) -> Iterator[PostgresDatabase]:
    database = PostgresDatabase(url)
    yield database
    database.close()


@pytest.fixture
def store(db: PostgresDatabase) -> Store:
    return Store(db)


def write(store: Store, act: Callable[[Transaction], object]) -> None:
    with store.transaction() as tx:
        act(tx)


def count_one(store: Store) -> int:
    with store.transaction() as tx:
        return int(tx.cases.next_id())


# A server that goes and comes back


def test_while_the_server_is_away_each_who_asks_hears_why_at_once(server: Server) -> None:
    database = PostgresDatabase(server.url("postgres"))
    store = Store(database)
    store.migrate()
    server.stop()

    def ask(_: int) -> float:
        asked = monotonic()
        with pytest.raises(StoreUnavailable, match="connection to server"), store.reading():
            pass
        return monotonic() - asked

    with ThreadPoolExecutor(MOST_CONNECTIONS) as pool:
        waits = list(pool.map(ask, range(3 * MOST_CONNECTIONS)))
    server.start()

    assert sorted(waits)[len(waits) // 2] < PATIENCE
    with store.reading() as tx:
        assert tx.setup.get("admins") is None
    database.close()


def test_sessions_that_were_ended_while_they_lay_idle_are_noticed_by_nobody(
    store: Store, url: str
) -> None:
    gate = threading.Barrier(4)

    def read() -> None:
        with store.reading():
            gate.wait(SOON)

    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(read) for _ in range(4)]:
            one.result()
    assert end_sessions(url) == 4

    assert count_one(store) == 1001


def test_a_session_ended_in_the_middle_keeps_nothing_and_the_next_goes_on(
    store: Store, url: str
) -> None:
    def half(tx: Transaction) -> None:
        tx.cases.next_id()
        end_sessions(url)
        tx.seen.first("half", NOON)

    with pytest.raises(StoreUnavailable, match="terminating connection"):
        write(store, half)

    assert count_one(store) == 1001


def test_a_session_ended_before_its_commit_keeps_nothing(store: Store, url: str) -> None:
    def whole(tx: Transaction) -> None:
        tx.cases.next_id()
        end_sessions(url)

    with pytest.raises(StoreUnavailable):
        write(store, whole)

    assert count_one(store) == 1001


@pytest.fixture
def server() -> Iterator[Server]:
    """One of its own, since it is restarted: a new process, that ends with its test."""
    with running_server(durable=True) as server:
        yield server


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["in order", "a crash"])
def test_a_server_that_was_restarted_between_two_calls_is_noticed_by_nobody(
    server: Server, how: signal.Signals
) -> None:
    database = PostgresDatabase(server.url("postgres"))
    store = Store(database)
    store.migrate()
    first = count_one(store)

    server.stop(how)
    with pytest.raises(StoreUnavailable, match="connection to server"):
        count_one(store)
    server.start()

    assert count_one(store) == first + 1
    database.close()


# A writer that hangs


def test_a_writer_waits_two_seconds_for_another_and_says_so(store: Store, url: str) -> None:
    with holding_the_lock(url), pytest.raises(StoreUnavailable, match="lock timeout"):
        count_one(store)

    assert count_one(store) == 1001


def test_readers_wait_for_no_writer(store: Store, url: str) -> None:
    with holding_the_lock(url), store.reading() as tx:
        assert tx.setup.get("admins") is None


def test_more_threads_than_connections_wait_for_one_another(store: Store) -> None:
    with ThreadPoolExecutor(3 * MOST_CONNECTIONS) as pool:
        found = list(pool.map(lambda _: count_one(store), range(100)))

    assert sorted(found) == list(range(1001, 1101))


# What one process says, the others hear


def test_a_transaction_that_wrote_is_heard_of_by_the_others_once(store: Store, url: str) -> None:
    heard = threading.Semaphore(0)
    other = PostgresDatabase(url)
    other.listen(heard.release)
    assert heard.acquire(timeout=SOON)  # whatever was said before it listened

    count_one(store)
    assert heard.acquire(timeout=SOON)
    with store.transaction() as tx:
        tx.setup.get("admins")
    with store.reading() as tx:
        tx.setup.get("admins")
    count_one(Store(other))  # one's own words are no news
    count_one(store)
    assert heard.acquire(timeout=SOON)

    assert not heard.acquire(blocking=False)
    other.close()


def test_who_listens_goes_on_after_its_session_was_ended(store: Store, url: str) -> None:
    heard = threading.Semaphore(0)
    other = PostgresDatabase(url)
    other.listen(heard.release)
    assert heard.acquire(timeout=SOON)

    end_sessions(url)
    assert heard.acquire(timeout=SOON)  # it listens again
    count_one(store)

    assert heard.acquire(timeout=SOON)
    other.close()
