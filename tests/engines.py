"""Both engines for a story: a file of SQLite, or a database of a PostgreSQL that tests share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from bot.store.engines import open_database
from bot.store.store import Store
from tests.server import running_server

ENGINES = ("sqlite", "postgres")

ADDRESS = "TEST_DATABASE_URL"  # of a server to use instead


class Databases:
    """Desks' databases on one server, copied from one that was migrated once."""

    def __init__(self, server: str):
        self._server = server
        self._prefix, self._numbers = f"desk_{uuid4().hex[:8]}", count()
        self._made: list[str] = []
        self._clean: list[str] = []
        self._template = self._create("template1")
        with _opened(self.url(self._template)) as store:
            store.migrate()
        with psycopg.connect(self.url(self._template)) as connection:
            self._wiping = _wiping(connection)

    def url(self, name: str) -> str:
        return urlunsplit(urlsplit(self._server)._replace(path=f"/{name}"))

    def fresh(self) -> str:
        """The URL of one that nobody has used, at its newest schema."""
        return self.url(self._create(self._template))

    def empty(self) -> str:
        """The URL of one without any table."""
        return self.url(self._create("template1"))

    @contextmanager
    def lent(self) -> Iterator[str]:
        """One that is wiped afterwards and lent again, which is ten times as fast as a new one."""
        url = self._clean.pop() if self._clean else self.fresh()
        yield url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(self._wiping)
        self._clean.append(url)

    def drop(self) -> None:
        with psycopg.connect(self._server, autocommit=True) as admin:
            for name in self._made:
                admin.execute(f'drop database "{name}" with (force)'.encode())

    def _create(self, template: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        with psycopg.connect(self._server, autocommit=True) as admin:
            admin.execute(f'create database "{name}" template "{template}"'.encode())
        self._made.append(name)
        return name


@contextmanager
def databases() -> Iterator[Databases]:
    if named := os.environ.get(ADDRESS):
        found = Databases(named)
        yield found
        found.drop()
    else:
        with running_server() as server:
            yield Databases(server.url("postgres"))


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    database = open_database(url)
    yield Store(database)
    database.close()


def _wiping(connection: psycopg.Connection) -> bytes:
    """Statements that put every table back to what the migrations have left in it."""
    tables = connection.execute(
        """select table_name from information_schema.tables
           where table_schema = 'public'
               and table_name not in ('counters', 'samepage_migrations')"""
    )
    counters = connection.execute("select name, value from counters").fetchall()
    sequences = connection.execute("select sequencename from pg_sequences")
    names = ", ".join(f"'{name}'" for name, _ in counters)
    return "; ".join(
        [
            *(f"delete from {table}" for (table,) in tables),
            *(f"alter sequence {sequence} restart" for (sequence,) in sequences),
            f"delete from counters where name not in ({names})",
            *(f"update counters set value = {n} where name = '{name}'" for name, n in counters),
        ]
    ).encode()
