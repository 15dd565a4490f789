"""A PgBouncer of our own in front of a server of tests: in transaction mode, with few connections.

Debian's package `pgbouncer`, or any other in `PATH`.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.server import NOBODY

PORT = 6432  # of its socket's name; it listens at no address
FEW = 3
_STARTS_WITHIN = 30.0  # seconds

_SETTINGS = """
[databases]
* = host={server}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {port}
auth_type = trust
auth_file = {folder}/users
admin_users = samepage
pool_mode = {mode}
default_pool_size = {size}
max_client_conn = 200
server_login_retry = 1
"""


class Pooler:
    """One process; its own commands are typed by `tell`."""

    def __init__(self, folder: Path, mode: str, size: int):
        self.folder = folder
        self._mode, self._size = mode, size

    def url(self, database: str) -> str:
        return f"postgresql://samepage@/{database}?host={self.folder}&port={PORT}"

    def tell(self, command: str) -> None:
        """`reconnect` gives the clients other connections of the server, in their middle."""
        with psycopg.connect(self.url("pgbouncer"), autocommit=True) as console:
            console.execute(command.encode())

    def let_go(self, database: str) -> None:
        """Its sessions on the server end, so that the database may be dropped."""
        self.tell(f'kill "{database}"')
        self.tell(f'resume "{database}"')

    def turn_to(self, server: str | Path) -> None:
        """From now on that one is behind it; who is connected notices nothing."""
        self.write(server)
        self.tell("reload")

    def write(self, server: str | Path) -> Path:
        """`server` is the folder in which it has its socket; the file with the settings."""
        (self.folder / "users").write_text('"samepage" ""\n')
        settings = self.folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(
                server=server, folder=self.folder, port=PORT, mode=self._mode, size=self._size
            )
        )
        return settings


def is_there() -> bool:
    return _program() is not None


def _program() -> str | None:
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def running_pooler(
    server: str | Path, *, mode: str = "transaction", size: int = FEW
) -> Iterator[Pooler]:
    with tempfile.TemporaryDirectory(prefix="pool-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        pooler = Pooler(folder, mode, size)
        settings = pooler.write(server)
        nobody = NOBODY if os.geteuid() == 0 else {}  # it refuses to run as root
        if nobody:
            shutil.chown(folder, nobody["user"])
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen(
                [_program() or "pgbouncer", "--quiet", settings], stdout=log, stderr=log, **nobody
            )
        try:
            _wait_for(pooler, process)
            yield pooler
        finally:
            process.kill()
            process.wait()


def _wait_for(pooler: Pooler, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while True:
        with suppress(psycopg.OperationalError):
            return pooler.tell("show version")
        if time.monotonic() > deadline or process.poll() is not None:
            raise RuntimeError((pooler.folder / "log").read_text())
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
