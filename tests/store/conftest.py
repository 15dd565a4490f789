from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.engines import open_database
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store


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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def file(path: Path) -> SqliteDatabase:
    return SqliteDatabase(path, synchronous="OFF")
