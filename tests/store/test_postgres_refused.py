"""PostgreSQL that cannot be used: each reason is one clear sentence, without a password."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from bot.domain.errors import StoreUnavailable
from bot.store.database import refuse_old
from bot.store.engines import open_database
from bot.store.postgres import PostgresDatabase
from bot.store.store import Store
from tests.engines import Databases

pytestmark = pytest.mark.skipif(
    "TEST_DATABASE_URL" in os.environ, reason="somebody else's server has rules of its own"
)


@pytest.fixture
def url(postgres: Databases) -> Iterator[str]:
    with postgres.lent() as url:
        yield url


def named(url: str, *, user: str = "samepage", database: str | None = None) -> str:
    parts = urlsplit(url)
    path = f"/{database}" if database else parts.path
    return urlunsplit(parts._replace(netloc=f"{user}@", path=path))


SHUT_OUT = "password authentication failed"
UNFIT: dict[str, tuple[Callable[[str], str], str]] = {
    "wrong password": (
        lambda url: named(url, user="guest:wrong"),
        SHUT_OUT,
    ),
    "no such user": (lambda url: named(url, user="nobody:hush"), SHUT_OUT),
    "no such database": (lambda url: named(url, database="moon"), '"moon" does not exist'),
    "no server": (lambda _: "postgresql://me:hush@127.0.0.1:1/desk", "Connection refused"),
    "no such host": (lambda _: "postgresql://me:hush@nowhere.invalid/desk", "nowhere.invalid"),
    "no such word": (lambda url: f"{url}&colour=hush", "not one that PostgreSQL understands"),
}


@pytest.fixture(scope="module")
def guests(postgres: Databases) -> Iterator[None]:
    """A role that may log in, and nothing else."""
    with psycopg.connect(postgres.fresh(), autocommit=True) as admin:
        admin.execute("create role guest login password 'hush'")
        yield
        admin.execute("drop role guest")


@pytest.mark.parametrize("why", UNFIT)
def test_what_keeps_the_desk_out_is_said_without_a_password(
    url: str, guests: None, why: str
) -> None:
    wrong, said = UNFIT[why]
    with pytest.raises(StoreUnavailable, match=said) as told:
        open_database(wrong(url)).rows("select 1")
    assert "hush" not in str(told.value)


def test_a_server_that_never_answers_is_told_from_one_with_no_connection_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = PostgresDatabase(
            f"postgresql://me:hush@127.0.0.1:{silent.getsockname()[1]}/desk"
        )
        for ask in (Store(database).must_be_whole, Store(database).migrate):
            with pytest.raises(StoreUnavailable, match="timeout expired"):
                ask()
        database.close()
        gc.collect()  # psycopg leaves the socket of a connection that was never made to it


def test_an_engine_that_is_too_old_is_named() -> None:
    with pytest.raises(StoreUnavailable, match=r"PostgreSQL 12 is too old, 13 or newer is needed"):
        refuse_old("PostgreSQL", (12,), (13,))
    with pytest.raises(StoreUnavailable, match=r"SQLite 3.31.1 is too old, 3.35 or newer"):
        refuse_old("SQLite", (3, 31, 1), (3, 35))
    refuse_old("SQLite", (3, 35), (3, 35))


def test_who_may_not_make_tables_is_told(postgres: Databases, guests: None) -> None:
    database = PostgresDatabase(named(postgres.empty(), user="guest:hush"))
    with pytest.raises(StoreUnavailable, match="permission denied"):
        Store(database).migrate()
    database.close()


def test_who_may_use_no_schema_is_told(postgres: Databases, guests: None) -> None:
    url = postgres.empty()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("revoke all on schema public from public")
    database = PostgresDatabase(named(url, user="guest:hush"))
    with pytest.raises(StoreUnavailable, match="no schema has been selected"):
        Store(database).migrate()
    database.close()


def test_who_may_not_write_into_every_table_is_told_at_the_start(
    postgres: Databases, guests: None
) -> None:
    url = postgres.fresh()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("grant usage, create on schema public to guest")
        admin.execute("grant select, update, delete on all tables in schema public to guest")
        admin.execute("grant insert on cases to guest")
    database = PostgresDatabase(named(url, user="guest:hush"))
    with pytest.raises(StoreUnavailable) as told:
        Store(database).migrate()
    database.close()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("drop owned by guest")

    assert "guest may not read and write its tables (acknowledgements, " in str(told.value)
    assert 'reassign owned by "samepage" to "guest"' in str(told.value)


def test_a_database_that_cannot_hold_every_language_is_refused(postgres: Databases) -> None:
    url = postgres.empty()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("create database latin template template0 encoding 'LATIN1' locale 'C'")
    with pytest.raises(StoreUnavailable, match="createdb --encoding UTF8"):
        open_database(named(url, database="latin")).rows("select 1")


def test_a_database_that_takes_no_writing_is_named_and_can_be_read(postgres: Databases) -> None:
    url = postgres.fresh()
    with psycopg.connect(url, autocommit=True) as admin:
        [(name,)] = admin.execute("select current_database()")
        admin.execute(f'alter database "{name}" set default_transaction_read_only = on'.encode())
    db = PostgresDatabase(url)

    with pytest.raises(StoreUnavailable, match="read-only transaction"):
        db.run("create table notes (words text)")

    with Store(db).reading() as tx:
        assert tx.setup.get("admins") is None
    db.close()


def test_a_fault_of_ours_shows_nobody_a_customer_s_words(postgres: Databases) -> None:
    db = PostgresDatabase(postgres.empty())
    db.run("create table notes (words text check (length(words) < 9))")
    with pytest.raises(psycopg.IntegrityError) as told:
        db.run("insert into notes (words) values (:words)", {"words": "my card is 4111 1111"})
    assert "4111" not in str(told.value)
    db.close()
