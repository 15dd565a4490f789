from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.engines import open_database
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from tests.engines import Databases


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = open_database(database_url, durable=False)
    yield database
    database.close()


@pytest.fixture
def store(db: Database) -> Store:
    store = Store(db)
    store.migrate()
    return store


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a table, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres.empty()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def file(path: Path) -> SqliteDatabase:
    return SqliteDatabase(path, synchronous="OFF")
