"""Who may read what the desk keeps, whether there is room for it, and what SQLite does to it."""

import os
import stat
from contextlib import chdir
from pathlib import Path

import pytest

from bot.commands.check_files import no_room, of_release
from bot.store.engines import open_database
from bot.store.single_run import only_run
from tests.commands.conftest import Terminal


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_all_that_a_desk_makes_is_its_owners_alone(tmp_path: Path):
    before = os.umask(0o000)
    try:
        url = f"sqlite:///{tmp_path}/kept/desk.db"
        with only_run(url):
            database = open_database(url)
            database.run("create table posts (text text)")
            made = {one.name: mode(one) for one in (tmp_path / "kept").iterdir()}
            database.close()
    finally:
        os.umask(before)

    assert made.keys() >= {"desk.db", "desk.db.lock", "desk.db-wal"}
    assert set(made.values()) == {0o600}
    assert mode(tmp_path / "kept") == 0o700


def test_files_and_folders_that_others_may_read_are_named_with_what_closes_them(
    terminal: Terminal,
):
    with chdir(terminal.folder):
        Path(".env").write_text("PORT=8000\n")
        kept = Path("kept")
        kept.mkdir(mode=0o755)
        terminal.environment["DATABASE_URL"] = "sqlite:///kept/desk.db"
        terminal.type("report")
        Path("kept/desk.db").chmod(0o644)
        Path("kept/desk.db.before-m002").write_text("")
        told = terminal.type("check").stdout
        for one in (".env", "kept/desk.db", "kept/desk.db.before-m002"):
            Path(one).chmod(0o600)
        kept.chmod(0o700)
        closed = terminal.type("check").stdout

    assert "Paste: chmod 600 .env\n" in told
    assert "Paste: chmod 600 kept/desk.db kept/desk.db.before-m002\n" in told
    assert "Other users of this machine can look into kept. Paste: chmod 700 kept\n" in told
    assert "Other users" not in closed


def test_a_folder_in_which_others_may_write_is_told_without_a_command(terminal: Terminal):
    terminal.type("report")
    terminal.folder.chmod(0o777)

    told = terminal.type("check").stdout

    assert "can replace the database" in told
    assert "chmod 7" not in told


def test_a_disk_that_is_almost_full_is_a_fault():
    assert list(no_room(Path("desk.db"), 60 * 1024**2)) == []
    [fault] = no_room(Path("desk.db"), 3 * 1024**2)
    assert "the disk of desk.db has 3 MB left" in fault


@pytest.mark.parametrize(
    ("release", "faults"),
    [
        ((3, 40, 1), ["walresetbug", "3_45_2"]), ((3, 44, 6), ["3_45_2"]),
        ((3, 45, 1), ["walresetbug", "3_45_2"]), ((3, 45, 2), ["walresetbug"]),
        ((3, 50, 6), ["walresetbug"]), ((3, 50, 7), []), ((3, 51, 2), ["walresetbug"]),
        ((3, 51, 3), []), ((3, 53, 0), []),
    ],
)  # fmt: skip
def test_a_release_of_sqlite_that_may_damage_the_file_is_told_with_its_source(
    release: tuple[int, int, int], faults: list[str]
):
    told = list(of_release(release))

    assert len(told) == len(faults)
    for line, fault in zip(told, faults, strict=True):
        assert f"SQLite {'.'.join(map(str, release))}" in line
        assert fault in line
