"""Before a file is upgraded it is copied, and the version before runs on the copy."""

import stat
from pathlib import Path

import pytest

from bot.domain.errors import StoreIsNewer, StoreUnavailable
from bot.store.schema import MIGRATIONS
from bot.store.sqlite import SqliteDatabase

BEFORE = MIGRATIONS[:-1]
NEWEST = MIGRATIONS[-1][0]


def written_by(file: Path, version: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    db = SqliteDatabase(file)
    db.migrate(version)
    db.run("insert into setup (area, document) values ('outgoing', '\"on\"')")
    db.close()


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "before" in path.name)


def test_an_upgrade_keeps_the_file_as_it_was_for_the_version_before(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    written_by(file, BEFORE)

    newer = SqliteDatabase(file)
    newer.migrate(MIGRATIONS)
    newer.run("delete from setup")
    newer.close()

    assert copies(tmp_path) == [f"desk.db.before-{NEWEST}"]
    with pytest.raises(StoreIsNewer):
        SqliteDatabase(file).migrate(BEFORE)
    back = SqliteDatabase(tmp_path / f"desk.db.before-{NEWEST}")
    back.migrate(BEFORE)
    assert [row["document"] for row in back.rows("select document from setup")] == ['"on"']
    back.close()


def test_the_copy_is_its_owners_alone(tmp_path: Path) -> None:
    written_by(tmp_path / "desk.db", BEFORE)

    SqliteDatabase(tmp_path / "desk.db").migrate(MIGRATIONS)

    mode = (tmp_path / f"desk.db.before-{NEWEST}").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_neither_a_new_file_nor_a_start_without_changes_makes_a_copy(tmp_path: Path) -> None:
    for _ in range(2):
        db = SqliteDatabase(tmp_path / "desk.db")
        db.migrate(MIGRATIONS)
        db.close()

    assert copies(tmp_path) == []


def test_without_room_for_a_copy_nothing_is_upgraded(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    written_by(file, BEFORE)
    (tmp_path / f"desk.db.before-{NEWEST}").mkdir()  # something is in its place

    db = SqliteDatabase(file)
    with pytest.raises(StoreUnavailable, match="an upgrade needs a copy"):
        db.migrate(MIGRATIONS)
    assert NEWEST not in db.applied()
    db.close()


def test_a_second_attempt_takes_a_new_copy(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    written_by(file, BEFORE)
    (tmp_path / f"desk.db.before-{NEWEST}").write_text("of an attempt that was broken off")

    db = SqliteDatabase(file)
    db.migrate(MIGRATIONS)
    db.close()

    copy = SqliteDatabase(tmp_path / f"desk.db.before-{NEWEST}", read_only=True)
    assert copy.applied() == {name for name, _ in BEFORE}
    copy.close()
