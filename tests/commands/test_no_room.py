"""A disk that is full, under the database or under what a command says: a sentence, and an end."""

import os
import resource
import signal
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import StoreUnavailable
from bot.store.engines import open_database
from bot.store.single_run import refuse_moved
from bot.store.store import Store
from bot.views.terminal import in_terminal
from tests.commands.conftest import Terminal

FULL = Path("/dev/full")
POST = '{"id": "%d", "text": "Where is my bag? %s", "author": {"handle": "@jane"}}'

if not FULL.exists():
    pytest.skip("no file here that is always full", allow_module_level=True)


def ended(terminal: Terminal, *words: str, largest: int | None = None) -> tuple[int, str]:
    """How a command ends whose results go to a full disk, or whose files may not grow beyond."""

    def narrow() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env={**os.environ, **terminal.environment},
            stdout=full if largest is None else subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, preexec_fn=narrow,
        )  # fmt: skip
    return done.returncode, done.stderr


def test_a_result_that_cannot_be_written_is_a_sentence_and_no_success(terminal: Terminal):
    code, said = ended(terminal, "report")

    assert code == 1
    assert said == (
        "The output is incomplete: No space left on device. Free some space, and run the same"
        " command again.\n"
    )


def test_a_desk_runs_on_where_nobody_can_be_told_that_it_runs(terminal: Terminal):
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "LOG_LEVEL": "INFO"}
    nowhere = {"SLACK_API_URL": "http://127.0.0.1:1/", "PORT": "0"}
    with (
        FULL.open("w") as full,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env={**os.environ, **terminal.environment, **tokens, **nowhere},
            stdout=full, stderr=subprocess.PIPE, text=True,
        ) as desk,
    ):  # fmt: skip
        assert desk.stderr
        said = next((line for line in desk.stderr if "desk started" in line), "it ended")
        desk.send_signal(signal.SIGTERM)
        rest = desk.stderr.read()

    assert "desk started" in said
    assert desk.returncode == 0, rest


def test_an_import_that_meets_a_full_disk_says_how_far_it_came(terminal: Terminal):
    terminal.type("report")
    posts = terminal.write("posts.jsonl", *(POST % (n, "x" * 9_000) for n in range(200)))
    size = (terminal.folder / "desk.db").stat().st_size

    code, said = ended(terminal, "import", posts, largest=size + 400_000)

    assert code == 1
    assert " accepted, 0 duplicate, 0 refused. Run the same command again" in said
    assert "The desk cannot use its database: " in said
    with closing(open_database(terminal.environment["DATABASE_URL"])) as database:
        [row] = database.rows("select count(*) as kept from posts")
    assert f"Stopped after {row['kept']} of 200 posts: {row['kept']} accepted" in said
    assert row["kept"] > 0


@pytest.mark.parametrize(
    "why", ["database or disk is full", 'could not extend file "base/1": No space left on device']
)
def test_a_full_disk_is_no_matter_of_the_settings(why: str):
    said = in_terminal(StoreUnavailable(why))

    assert said.startswith(f"The desk cannot use its database: {why}. Free some space")
    assert "DATABASE_URL" not in said


def test_a_move_that_cannot_mark_the_old_file_says_so(terminal: Terminal):
    old, new = f"sqlite:///{terminal.folder}/old.db", f"sqlite:///{terminal.folder}/new.db"
    with closing(open_database(old)) as database:
        Store(database).migrate()
    mark = terminal.folder / "old.db.moved"
    mark.mkdir()

    stopped = terminal.type("move", old, new)

    assert stopped.exit_code == 1
    assert "The move has stopped: " in stopped.stderr
    assert "old.db.moved: Is a directory" in stopped.stderr
    mark.rmdir()
    assert terminal.type("move", old, new).exit_code == 0


def test_an_empty_mark_is_what_a_full_disk_left_of_one(tmp_path: Path):
    (tmp_path / "desk.db.moved").write_text("")

    refuse_moved(f"sqlite:///{tmp_path}/desk.db")


def test_figures_are_their_owners_alone_unless_others_could_read_the_file_before(
    terminal: Terminal,
):
    mine, ours = terminal.folder / "mine.txt", terminal.folder / "ours.txt"
    ours.write_text("last week")
    ours.chmod(0o644)

    for file in (mine, ours):
        assert terminal.type("report", "-o", str(file)).exit_code == 0

    assert [stat.S_IMODE(file.stat().st_mode) for file in (mine, ours)] == [0o600, 0o644]
    assert "last week" not in ours.read_text()
