"""What `check` says of a pooler between the desk and its server."""

import os
from collections.abc import Iterator

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.commands.conftest import Terminal
from tests.engines import Databases
from tests.pooler import is_there, running_pooler

pytestmark = [
    pytest.mark.skipif(
        not is_there(), reason="PgBouncer is not installed: apt-get install pgbouncer"
    ),
    pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="it may be at another machine"),
]


@pytest.fixture(params=["transaction", "session", "statement"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pooled(postgres: Databases, mode: str) -> Iterator[str]:
    with postgres.lent() as url:
        place = conninfo_to_dict(url)
        with running_pooler(str(place["host"]), mode=mode) as pooler:
            yield pooler.url(str(place["dbname"]))


SAID = {
    "transaction": "· DATABASE_URL leads through a pooler in transaction mode. The desk works",
    "session": "· DATABASE_URL leads through a pooler in session mode. Each process",
    "statement": "; set pool_mode = transaction for this database in the pooler",
}


def test_check_says_what_kind_of_pooler_there_is(
    terminal: Terminal, pooled: str, mode: str
) -> None:
    told = terminal.type("check", DATABASE_URL=pooled).stdout

    assert SAID[mode] in told
    assert ("✗ DATABASE_URL" in told) == (mode == "statement")


@pytest.mark.parametrize("mode", ["transaction"], indirect=True)
def test_check_says_which_parameter_a_pooler_does_not_pass_on(
    terminal: Terminal, pooled: str
) -> None:
    told = terminal.type("check", DATABASE_URL=f"{pooled}&options=-cwork_mem%3D9MB").stdout

    assert "take that parameter out of DATABASE_URL" in told


def test_check_says_nothing_of_a_pooler_where_there_is_none(
    terminal: Terminal, postgres: Databases
) -> None:
    with postgres.lent() as url:
        assert "pooler" not in terminal.type("check", DATABASE_URL=url).stdout
