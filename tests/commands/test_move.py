"""A desk goes from one database to another: whole, once, and refused with a reason otherwise."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from click.testing import Result

from bot.domain.errors import MovedAway
from bot.store.database import Database
from bot.store.engines import known_as, open_database
from bot.store.moving import PAGE, Copy, Moving
from bot.store.schema import MIGRATIONS
from bot.store.single_run import only_run, refuse_moved
from bot.store.store import Store
from tests.commands.conftest import Terminal
from tests.engines import Databases
from tests.proof.cases import lay_down

CASES = 3  # a page and a bit of timers would make each story slow


@pytest.fixture
def old(terminal: Terminal) -> str:
    """A desk with some cases, which nobody runs."""
    return a_desk(f"sqlite:///{terminal.folder}/old.db")


@pytest.fixture(params=["sqlite", "postgres"])
def new(request: pytest.FixtureRequest, terminal: Terminal) -> str:
    """Where there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{terminal.folder}/new.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres.empty()


def a_desk(url: str, cases: int = CASES) -> str:
    with closing(open_database(url, durable=False)) as database:
        Store(database).migrate()
        lay_down(database, cases)
    return url


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    with closing(open_database(url)) as database:
        return [tuple(row[name] for name in row.keys()) for row in database.rows(sql)]  # noqa: SIM118


def moved(terminal: Terminal, old: str, new: str) -> Result:
    return terminal.type("move", old, new)


# The move


def test_a_desk_is_moved_there_and_back_and_is_the_same(terminal: Terminal, old: str, new: str):
    there = moved(terminal, old, new)
    assert there.exit_code == 0, there.output
    assert "All is equal" in there.stdout

    back = moved(terminal, new, f"sqlite:///{terminal.folder}/back.db")

    assert back.exit_code == 0, back.output
    for table in ("cases", "posts", "events", "timers", "promises", "conversation_keys"):
        assert digest_of(table, there) == digest_of(table, back)


def digest_of(table: str, result: Result) -> list[str]:
    """Its count and its hash, as they are said."""
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(f"{table} "))
    assert line.endswith("equal")
    return line.split()


def test_words_are_found_in_the_new_database(terminal: Terminal, old: str, new: str):
    moved(terminal, old, new)

    assert rows(new, "select count(*) as n from case_words") == [(CASES,)]


def test_numbers_go_on_where_they_were(terminal: Terminal, old: str, new: str):
    moved(terminal, old, new)

    with closing(open_database(new)) as database, Store(database).transaction() as tx:
        assert tx.cases.next_id() == 1001 + CASES
    newest = rows(old, "select max(id) as id from events")[0][0]
    add = "insert into events (case_id, at, what, actor, data) values (1, 1, 'note', 'U', '{}')"
    assert isinstance(newest, int)
    assert rows(new, f"{add} returning id") == [(newest + 1,)]


def test_the_old_file_is_not_changed_in_a_single_byte(terminal: Terminal, old: str, new: str):
    file = Path(old.removeprefix("sqlite:///"))
    before = file.read_bytes()

    moved(terminal, old, new)

    assert file.read_bytes() == before


def test_replies_wait_in_the_new_desk_and_the_old_one_runs_no_more(
    terminal: Terminal, old: str, new: str
):
    moved(terminal, old, new)

    assert rows(new, "select cause, released_at from epochs") == [("moved", None)]
    again = terminal.type(
        "run", DATABASE_URL=old, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1"
    )
    assert again.exit_code == 1
    assert "This desk was moved to" in again.stderr


def test_where_a_desk_went_is_said_as_its_operator_wrote_it(
    terminal: Terminal, old: str, postgres: Databases
):
    new = postgres.empty()
    moved(terminal, old, new)

    with pytest.raises(MovedAway) as away:
        refuse_moved(old)

    database = urlsplit(new).path.removeprefix("/")
    assert away.value.place.startswith(f"{database} at ")
    assert re.search(r" \(postgresql:\d+:\d+\)$", away.value.place)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://ann:hush@db.example/desk", "desk at db.example"),
        ("postgresql://ann:h%40u%2Fsh@db.example:5433/desk?sslmode=require",
         "desk at db.example:5433"),
        ("postgresql:///desk?host=/run/pg&user=ann&password=hush", "desk at /run/pg"),
    ],
)  # fmt: skip
def test_a_database_is_known_without_who_may_enter_it(url: str, name: str):
    assert known_as(url) == name


def test_nothing_is_done_at_a_desk_that_was_moved_away(terminal: Terminal, old: str, new: str):
    """What an old desk took in would never be seen by the new one."""
    moved(terminal, old, new)
    post = terminal.write("posts.jsonl", '{"id": "1", "text": "hi", "author": {"handle": "@jane"}}')
    before = rows(old, "select count(*) as posts from posts")

    for words in (("import", post), ("config", "apply"), ("restored",)):
        refused = terminal.type(*words, DATABASE_URL=old)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "This desk was moved to" in refused.stderr

    assert rows(old, "select count(*) as posts from posts") == before


# Interrupted


def half_copied(old: str, new: str) -> None:
    """The process ends after some pages."""
    with closing(open_database(old)) as source, closing(open_database(new)) as target:
        copy = Copy(source, target, MIGRATIONS)
        copy.begin()
        pages = copy.pages()
        for _ in range(len(copy.tables) // 2):
            next(pages)


def test_a_move_that_was_interrupted_goes_on(terminal: Terminal, old: str, new: str):
    half_copied(old, new)
    assert "half moved" in terminal.type("import", os.devnull, DATABASE_URL=new).stderr

    result = moved(terminal, old, new)

    assert (result.exit_code, "All is equal" in result.stdout) == (0, True)


def test_a_table_of_many_pages_goes_on_within_it(terminal: Terminal):
    old = a_desk(f"sqlite:///{terminal.folder}/old.db", cases=PAGE // 5)
    new = f"sqlite:///{terminal.folder}/new.db"
    with closing(open_database(old)) as source, closing(open_database(new)) as target:
        copy = Copy(source, target, MIGRATIONS)
        copy.begin()
        timers = next(table for table in copy.tables if table.name == "timers")
        copied_until_full(copy, target, timers.name)

    assert moved(terminal, old, new).exit_code == 0


def copied_until_full(copy: Copy, target: Database, table: str) -> None:
    for _ in copy.pages():
        if target.rows(f"select 1 from {table}"):
            return


def test_a_source_that_was_written_to_meanwhile_is_not_called_equal(
    terminal: Terminal, old: str, new: str
):
    half_copied(old, new)
    with closing(open_database(old)) as database, Store(database).transaction() as tx:
        tx.cases.next_id()

    result = moved(terminal, old, new)

    assert result.exit_code == 1
    assert "differs from what is in the source now, in counters" in result.stderr
    assert "half moved" in terminal.type("import", os.devnull, DATABASE_URL=new).stderr


def test_a_source_that_ran_on_after_the_check_is_not_given_up(
    terminal: Terminal, old: str, new: str
):
    with closing(open_database(old)) as source, closing(open_database(new)) as target:
        copy = Copy(source, target, MIGRATIONS)
        copy.begin()
        list(copy.pages())
        with target.writing():
            Moving(target).check({one.name: copy.there(one).value for one in copy.tables})
    with closing(open_database(old)) as database, Store(database).transaction() as tx:
        tx.cases.next_id()

    result = moved(terminal, old, new)

    assert (result.exit_code, "in counters" in result.stderr) == (1, True)


def test_a_desk_may_come_back_to_where_it_was(terminal: Terminal, old: str):
    new = f"sqlite:///{terminal.folder}/new.db"
    moved(terminal, old, new)
    Path(old.removeprefix("sqlite:///")).unlink()

    assert moved(terminal, new, old).exit_code == 0

    refuse_moved(old)
    with pytest.raises(MovedAway):
        refuse_moved(new)


# Refused


def test_a_database_that_holds_something_is_no_target(terminal: Terminal, old: str, new: str):
    with closing(open_database(new)) as database:
        database.run("create table recipes (name text primary key)")

    result = moved(terminal, old, new)

    assert result.exit_code == 1
    assert "not empty, it has 1 table (recipes)" in result.stderr
    assert not Path(f"{old.removeprefix('sqlite:///')}.moved").exists()


def test_a_target_half_moved_from_elsewhere_is_named(terminal: Terminal, old: str, new: str):
    half_copied(a_desk(f"sqlite:///{terminal.folder}/other.db"), new)

    result = moved(terminal, old, new)

    assert (result.exit_code, "other.db" in result.stderr) == (1, True)


def test_a_desk_that_runs_is_not_moved(terminal: Terminal, old: str):
    with only_run(old):
        result = moved(terminal, old, f"sqlite:///{terminal.folder}/new.db")

    assert result.exit_code == 1
    assert "Another process runs this desk already" in result.stderr


def test_a_desk_on_a_server_that_somebody_uses_is_not_moved(
    terminal: Terminal, postgres: Databases
):
    url = a_desk(postgres.empty())
    with closing(open_database(url)) as used:
        used.rows("select 1")
        result = moved(terminal, url, f"sqlite:///{terminal.folder}/new.db")

    assert result.exit_code == 1
    assert "A desk runs on the database to move from" in result.stderr


def test_what_is_no_desk_is_not_moved(terminal: Terminal, new: str):
    assert "There is no desk" in moved(terminal, f"sqlite:///{terminal.folder}/no.db", new).stderr
    empty = Path(terminal.folder) / "empty.db"
    empty.touch()
    assert "There is no desk" in moved(terminal, f"sqlite:///{empty}", new).stderr


OUT_OF_REACH = {
    "postgresql://desk:hush@127.0.0.1:1/desk": "Connection refused",
    "sqlite:////proc/nowhere/desk.db": "/proc/nowhere",
}


@pytest.mark.parametrize("url", OUT_OF_REACH)
def test_a_database_out_of_reach_is_named_with_its_reason(
    terminal: Terminal, old: str, url: str
) -> None:
    result = terminal.type("move", old, "env:NEW", NEW=url)

    assert result.exit_code == 1
    assert result.stderr.startswith("The desk cannot be moved: TO_URL cannot be used: ")
    assert OUT_OF_REACH[url] in result.stderr
    assert "hush" not in result.output


def test_a_file_that_is_no_database_is_named_as_the_one_to_move_from(
    terminal: Terminal, new: str
) -> None:
    notes = terminal.write("notes.txt", "call the airport " * 99)

    result = moved(terminal, f"sqlite:///{notes}", new)

    assert result.exit_code == 1
    assert "FROM_URL cannot be used: file is not a database" in result.stderr


def test_a_target_that_takes_no_more_says_so_and_that_it_goes_on(
    terminal: Terminal, old: str, postgres: Databases
) -> None:
    url = postgres.empty()
    name = url.partition("?")[0].rpartition("/")[2]
    with closing(open_database(url)) as db:
        db.run(f'alter database "{name}" set default_transaction_read_only = on')
    stopped = moved(terminal, old, url)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("set default_transaction_read_only = off")
        admin.execute(f'alter database "{name}" reset default_transaction_read_only'.encode())

    assert stopped.exit_code == 1
    assert "The move has stopped: cannot execute" in stopped.stderr
    assert "run the same command again" in stopped.stderr
    assert moved(terminal, old, url).exit_code == 0


def test_a_desk_is_not_moved_onto_itself(terminal: Terminal, old: str):
    roundabout = f"sqlite:///{terminal.folder}/../{terminal.folder.name}/old.db"
    assert "the same database" in moved(terminal, old, roundabout).stderr


def test_a_newer_desk_is_refused(terminal: Terminal, old: str, new: str):
    with closing(open_database(old)) as database:
        database.migrate([*MIGRATIONS, ("m999_of_tomorrow", ("create table dreams (id integer)",))])

    result = moved(terminal, old, new)

    assert (result.exit_code, "m999_of_tomorrow" in result.stderr) == (1, True)


def test_an_older_desk_is_brought_up_to_date_in_the_new_database_only(terminal: Terminal, new: str):
    old = f"sqlite:///{terminal.folder}/older.db"
    with closing(open_database(old, durable=False)) as database:
        database.migrate(MIGRATIONS[:3])
        lay_down(database, CASES, is_older=True)

    result = moved(terminal, old, new)

    assert result.exit_code == 0, result.output
    with closing(open_database(new)) as here, closing(open_database(old)) as there:
        assert here.applied() == {name for name, _ in MIGRATIONS}
        assert there.applied() == {name for name, _ in MIGRATIONS[:3]}


@pytest.mark.parametrize(
    "url",
    ["postgresql://ann:hush@localhost:1/desk", "postgresql://ann@localhost:1/desk?password=hush",
     "postgres://ann:h%40ush@localhost:1/desk"],
    ids=["before the host", "as a parameter", "in the other spelling"],
)  # fmt: skip
def test_a_password_is_not_taken_from_the_command_line(terminal: Terminal, old: str, url: str):
    for words in ((old, url), (url, old)):
        result = terminal.type("move", *words)

        assert result.exit_code == 2
        assert "everybody on this machine can read" in result.stderr
        assert "~/.pgpass" in result.stderr
        assert "env:NAME" in result.stderr
        assert "ush" not in result.output


def test_what_was_typed_too_much_is_repeated_without_its_password(terminal: Terminal):
    for words in (("move", "a", "b"), ("check",), ()):
        result = terminal.type(*words, "postgresql://ann:h@ush@localhost/desk")

        assert result.exit_code == 2
        assert "postgresql://ann:…@localhost/desk" in result.stderr


def test_a_url_may_stand_where_nobody_else_reads_it(terminal: Terminal, old: str):
    new = f"sqlite:///{terminal.folder}/new.db"

    result = terminal.type("move", "env:OLD", "env:NEW", OLD=old, NEW=new)

    assert (result.exit_code, "All is equal" in result.stdout) == (0, True)


def test_a_name_that_is_set_nowhere_is_told(terminal: Terminal, old: str):
    result = terminal.type("move", old, "env:NOWHERE")

    assert result.exit_code == 2
    assert "NOWHERE is set neither in .env nor in the environment" in result.stderr


@pytest.fixture
def locked(postgres: Databases) -> Iterator[str]:
    """An empty database whose owner has a password, which stands nowhere."""
    url = postgres.empty()
    name = urlsplit(url).path.removeprefix("/")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("create role ann login password 'hush'")
        admin.execute(f'alter database "{name}" owner to ann'.encode())
        yield urlunsplit(urlsplit(url)._replace(netloc="ann@"))
        admin.execute(f'alter database "{name}" owner to current_user'.encode())
        admin.execute("drop owned by ann")
        admin.execute("drop role ann")


def test_where_nobody_can_be_asked_for_a_password_it_is_said_how_to_give_it(
    terminal: Terminal, old: str, locked: str
):
    result = terminal.type("move", old, locked)

    assert result.exit_code == 1
    assert "TO_URL cannot be used: it asks for a password; leave it out" in result.stderr
    assert "env:NAME" in result.stderr


def test_somebody_at_a_terminal_is_asked_for_the_password(
    terminal: Terminal, old: str, locked: str
):
    said = terminal.type_at_a_screen("move", old, locked, answer="hush")

    assert "Password for" in said
    assert "All is equal" in said
    assert "hush" not in said


def test_a_scheme_that_nobody_knows_is_wrong_usage(terminal: Terminal, old: str):
    result = moved(terminal, old, "mysql://root:secret@localhost/desk")

    assert result.exit_code == 2
    assert "TO_URL" in result.stderr
    assert "secret" not in result.output
