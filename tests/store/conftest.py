from pathlib import Path

import pytest

from bot.store.database import SqliteDatabase
from bot.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def db(path: Path) -> SqliteDatabase:
    return SqliteDatabase(path, synchronous="OFF")


@pytest.fixture
def store(db: SqliteDatabase) -> Store:
    store = Store(db)
    store.migrate()
    return store
