"""Where the database cannot be used, every command says so in one sentence and ends with 1."""

from pathlib import Path

import psycopg
import pytest

from bot.commands.check_database import _made, _ours
from bot.domain.errors import StoreUnavailable
from bot.store.engines import open_database
from bot.store.store import Store
from tests.commands.conftest import Terminal
from tests.engines import Databases


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://desk:hush@127.0.0.1:1/desk", "Connection refused"),
        ("postgresql://desk:hush@nowhere.invalid/desk", "nowhere.invalid"),
        ("postgresql://desk:hush@127.0.0.1/desk?color=red", "not one that PostgreSQL understands"),
        ("sqlite:////proc/desk.db", "unable to open"),
    ],
)
def test_a_database_that_is_not_there_is_told_in_a_sentence(
    terminal: Terminal, url: str, said: str
) -> None:
    result = terminal.type("report", DATABASE_URL=url)

    assert result.exit_code == 1
    assert result.stderr.startswith("The desk cannot use its database: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "hush" not in result.stderr


def test_a_folder_that_takes_not_even_the_lock_of_a_run_is_told_in_a_sentence(
    terminal: Terminal,
) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    result = terminal.type("run", DATABASE_URL="sqlite:////proc/desk.db", **tokens)

    assert result.exit_code == 1
    assert result.stderr == (
        "The desk cannot use its database: /proc/desk.db.lock cannot be made: "
        "No such file or directory. Look at DATABASE_URL.\n"
    )


def test_a_desk_of_a_newer_program_is_left_alone(terminal: Terminal, tmp_path: Path) -> None:
    newer = open_database(f"sqlite:///{tmp_path}/desk.db")
    newer.migrate([("m999_later", ("create table later (id integer)",))])

    result = terminal.type("report")

    assert result.exit_code == 1
    assert "A newer version of this program has set up the database (m999_later)" in result.stderr
    assert [row["n"] for row in newer.rows("select count(*) as n from later")] == [0]
    checked = terminal.type("check").stdout
    assert "✗ DATABASE_URL: a newer version of this program has changed it (m999_later)" in checked


def test_a_command_works_on_either_engine(terminal: Terminal, postgres: Databases) -> None:
    post = '{"id": "1", "text": "where is my bag?", "author": {"handle": "@jane"}}'
    for url in (postgres.fresh(), terminal.environment["DATABASE_URL"]):
        took = terminal.type("import", terminal.write("posts.jsonl", post), DATABASE_URL=url)
        told = terminal.type("export", "1001", DATABASE_URL=url)
        assert took.stdout == "1 accepted, 0 duplicate, 0 refused\n"
        assert "where is my bag?" in told.stdout


# What `check` says of it


def test_check_has_nothing_against_a_database_in_order_and_leaves_nothing_in_it(
    terminal: Terminal, postgres: Databases, tmp_path: Path
) -> None:
    new = f"sqlite:///{tmp_path}/made/later/desk.db"
    for url in (postgres.empty(), used(terminal.environment["DATABASE_URL"]), new):
        assert "DATABASE_URL" not in terminal.type("check", DATABASE_URL=url).stdout
        if url != new:
            assert_no_trial_is_left_in(url)
    assert not (tmp_path / "made").exists()


def test_check_says_what_to_paste_where_a_server_is_out_of_reach(terminal: Terminal) -> None:
    result = terminal.type("check", DATABASE_URL="postgresql://desk:hush@127.0.0.1:1/care")

    assert result.exit_code == 1
    assert "✗ DATABASE_URL: the database cannot be used: " in result.stdout
    assert "Connection refused" in result.stdout
    assert "createdb --owner desk --encoding UTF8 --template template0 care" in result.stdout
    assert "hush" not in result.stdout


def test_check_says_what_to_paste_where_a_server_takes_no_writing(
    terminal: Terminal, postgres: Databases
) -> None:
    url = postgres.empty()
    name = url.partition("?")[0].rpartition("/")[2]
    db = open_database(url)
    db.run(f'alter database "{name}" set default_transaction_read_only = on')
    db.close()

    told = terminal.type("check", DATABASE_URL=url).stdout

    assert "✗ DATABASE_URL: the database takes no writing: " in told
    assert f'alter database "{name}" owner to "samepage"' in told


def test_check_finds_a_file_that_is_no_database_and_a_folder_that_takes_none(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("call the airport " * 99)
    strange = terminal.type("check", DATABASE_URL=f"sqlite:///{tmp_path}/notes.txt").stdout
    closed = terminal.type("check", DATABASE_URL="sqlite:////proc/care/desk.db").stdout

    assert "✗ DATABASE_URL: the database cannot be used: file is not a database" in strange
    assert "✗ DATABASE_URL: nothing can be made in /proc: " in closed
    assert "name a file in a folder of the desk's own, like sqlite:///data/desk.db" in closed
    assert "sudo" not in strange + closed


@pytest.mark.parametrize(
    ("folder", "advice"),
    [
        ("/", "sqlite:///data/desk.db"),
        ("/proc", "sqlite:///data/desk.db"),
        ("/usr/lib", "sqlite:///data/desk.db"),
        ("..", "sqlite:///data/desk.db"),
        (".", "sqlite:///data/desk.db"),
        ("data", 'sudo chown -R "$(id -un)" data'),
    ],
)
def test_no_command_changes_more_than_a_folder_of_the_desk_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, advice: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = _ours(Path(folder))
    assert advice in told
    assert ("sudo" in told) == (folder == "data")


def test_a_folder_that_is_not_there_yet_is_made_alone(tmp_path: Path) -> None:
    assert _made(Path("/srv/samepage/data")).endswith(
        'sudo install -d -m 700 -o "$(id -un)" /srv/samepage/data'
    )
    assert "sudo" not in _made(Path("/proc/care"))


def used(url: str) -> str:
    database = open_database(url)
    Store(database).migrate()
    database.close()
    return url


def assert_no_trial_is_left_in(url: str) -> None:
    database = open_database(url)
    with pytest.raises((StoreUnavailable, psycopg.ProgrammingError), match="samepage_trial"):
        database.rows("select * from samepage_trial")
    database.close()
