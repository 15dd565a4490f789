"""A database that is not a desk's, or not whole, is told in one sentence, never in a traceback."""

from contextlib import closing

import pytest

from bot.domain.errors import StoreUnavailable
from bot.store.engines import open_database
from bot.store.store import Store
from tests.commands.conftest import Terminal


def test_what_a_database_lacks_is_told_in_a_sentence(empty_url: str, terminal: Terminal) -> None:
    with closing(open_database(empty_url, durable=False)) as database:
        Store(database).migrate()
        database.run("drop table storms")
        database.run("alter table people drop column time_zone")
        with pytest.raises(StoreUnavailable, match=r"it lacks people.time_zone, the table storms"):
            Store(database).migrate()

    told = terminal.type("report", DATABASE_URL=empty_url)
    checked = terminal.type("check", DATABASE_URL=empty_url).stdout

    assert told.exit_code == 1
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("The desk cannot use its database: it lacks people.time_zone")
    assert "✗ DATABASE_URL: the database cannot be used: it lacks people.time_zone" in checked


def test_a_database_of_another_program_is_told_in_a_sentence(
    empty_url: str, terminal: Terminal
) -> None:
    with closing(open_database(empty_url, durable=False)) as database:
        database.run("create table posts (words text)")

    told = terminal.type("report", DATABASE_URL=empty_url)

    assert told.exit_code == 1
    assert "posts" in told.stderr
    assert "already exists" in told.stderr
    assert told.stderr.count("\n") == 1
