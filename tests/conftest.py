"""For all tests: nothing is reached but this machine, and Hypothesis takes its time."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.engines import ENGINES, Databases, databases
from tests.left_behind import kept_for_all, nothing_left_behind

MEMORY = Path("/dev/shm")  # where Linux keeps files without a disk
ENOUGH = 4 * 1024**3  # bytes, for the folders of two workers and a PostgreSQL each


def _keep_files_in_memory() -> None:
    """Where there is room: thousands of desks are made and removed, and no disk is that fast."""
    if {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} & os.environ.keys() or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)
        tempfile.tempdir = None  # asked for anew


_keep_files_in_memory()

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


@pytest.fixture(autouse=True, scope="session")
def _whole_run() -> Iterator[None]:
    with nothing_left_behind("this run"):
        yield


@pytest.fixture(autouse=True, scope="module")
def _whole_module(request: pytest.FixtureRequest) -> Iterator[None]:
    with nothing_left_behind(f"{request.node.name} as a whole"):
        yield


@pytest.fixture(autouse=True)
def _each_test(_whole_module: None) -> Iterator[None]:
    with nothing_left_behind("this test"):
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Started when the first story asks for it."""
    with ExitStack() as until_the_end:
        with kept_for_all():
            found = until_the_end.enter_context(databases())
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
