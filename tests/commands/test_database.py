"""Where the database cannot be used, every command says so in one sentence and ends with 1."""

from pathlib import Path

import pytest

from bot.store.engines import open_database
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


def test_a_desk_of_a_newer_program_is_left_alone(terminal: Terminal, tmp_path: Path) -> None:
    newer = open_database(f"sqlite:///{tmp_path}/desk.db")
    newer.migrate([("m999_later", ("create table later (id integer)",))])

    result = terminal.type("report")

    assert result.exit_code == 1
    assert "A newer version of this program has set up the database (m999_later)" in result.stderr
    assert [row["n"] for row in newer.rows("select count(*) as n from later")] == [0]


def test_a_command_works_on_either_engine(terminal: Terminal, postgres: Databases) -> None:
    post = '{"id": "1", "text": "where is my bag?", "author": {"handle": "@jane"}}'
    for url in (postgres.fresh(), terminal.environment["DATABASE_URL"]):
        took = terminal.type("import", terminal.write("posts.jsonl", post), DATABASE_URL=url)
        told = terminal.type("export", "1001", DATABASE_URL=url)
        assert took.stdout == "1 accepted, 0 duplicate, 0 refused\n"
        assert "where is my bag?" in told.stdout
