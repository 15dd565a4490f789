"""For all tests: nothing is reached but this machine, and Hypothesis takes its time."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.engines import ENGINES, Databases, databases

settings.register_profile(
    "samepage", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("samepage")

LOOPBACK = ("127.", "::1", "localhost")


class _Outside(Exception):
    """A test has tried to leave the machine."""


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Every connection is looked at where it is made, in the one place all of them pass."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
            raise _Outside(f"a test may only reach this machine, not {host}")
        connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Started when the first story asks for it."""
    with databases() as found:
        yield found


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a desk may be kept: the story is told once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/desk.db"
        return
    with request.getfixturevalue("postgres").lent() as url:
        yield url


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a table, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres.empty()
