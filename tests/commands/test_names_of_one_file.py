"""One desk a file, whatever the file is called: a link, a second name, a lock that was removed."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import RunningAlready
from bot.store.engines import open_database
from bot.store.single_run import only_run
from bot.store.store import Store
from tests.commands.conftest import Terminal

POST = '{"id": "1", "text": "where is my bag?", "author": {"handle": "@jane"}}'


def linked(file: Path, other: Path) -> Path:
    other.symlink_to(file)
    return other


def named_twice(file: Path, other: Path) -> Path:
    os.link(file, other)
    return other


def without_its_lock(file: Path, _: Path) -> Path:
    Path(f"{file}.lock").unlink()
    return file


@pytest.fixture
def file(terminal: Terminal, tmp_path: Path) -> Path:
    assert terminal.type("report").exit_code == 0
    return tmp_path / "desk.db"


@pytest.mark.parametrize("also", [linked, named_twice, without_its_lock])
def test_a_second_run_on_one_file_is_refused_whatever_it_is_called(
    file: Path, tmp_path: Path, also: Callable[[Path, Path], Path]
) -> None:
    with only_run(f"sqlite:///{file}"):
        other = also(file, tmp_path / "other.db")
        with pytest.raises(RunningAlready), only_run(f"sqlite:///{other}"):
            pass


def test_whoever_runs_through_a_link_is_in_the_way_of_the_file_too(
    file: Path, tmp_path: Path
) -> None:
    link = linked(file, tmp_path / "link.db")
    with (
        only_run(f"sqlite:///{link}"),
        pytest.raises(RunningAlready),
        only_run(f"sqlite:///{file}"),
    ):
        pass


def test_a_command_beside_a_desk_takes_the_name_that_the_desk_has(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    posts = terminal.write("posts.jsonl", POST)
    other = named_twice(file, tmp_path / "other.db")
    with only_run(f"sqlite:///{file}"):
        refused = terminal.type("import", posts, DATABASE_URL=f"sqlite:///{other}")
        taken = terminal.type("import", posts, DATABASE_URL=f"sqlite:///{file}")

    assert refused.exit_code == 1
    assert "is a second name (a hard link) of a file on which a desk runs" in refused.stderr
    assert "name it in DATABASE_URL as that desk does" in refused.stderr
    assert taken.stdout == "1 accepted, 0 duplicate, 0 refused\n"


def test_what_stood_beside_a_link_is_found_beside_the_file(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    terminal.type("import", terminal.write("posts.jsonl", POST))
    link = linked(file, tmp_path / "link.db")
    Path(f"{file}.pulse").rename(f"{link}.pulse")  # as an earlier program has kept it

    told = terminal.type("report", DATABASE_URL=f"sqlite:///{link}")

    assert told.exit_code == 0
    with closing(open_database(f"sqlite:///{file}")) as database, Store(database).reading() as tx:
        assert tx.epochs.newest() is None
    assert Path(f"{file}.pulse").exists()


def test_a_desk_that_was_moved_away_is_refused_through_a_link_too(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    link = linked(file, tmp_path / "link.db")
    Path(f"{link}.moved").write_text("care at db.example\n")

    refused = terminal.type("report", DATABASE_URL=f"sqlite:///{link}")

    assert refused.exit_code == 1
    assert "care at db.example" in refused.stderr
