"""`python -m bot run` in a process of its own, and what its memory comes to."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import tomli_w

from benchmarks.desks import CONFIG, INTAKE_SECRET
from benchmarks.machine import memory_of
from slack_sandbox import Sandbox

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds until the desk must be ready

Documents = Mapping[str, Mapping[str, object]]


class RunBeside:
    """`memory` is looked at once a second, from the moment it was ready."""

    def __init__(self, url: str, pid: int):
        self.url = url
        self.memory: list[int] = []
        self._pid = pid
        self._done = threading.Event()
        self._looking = threading.Thread(target=self._look, name="memory")
        self._looking.start()

    def stop(self) -> None:
        self._done.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._done.wait(1.0):
            self.memory.append(memory_of(self._pid))


@contextmanager
def run_beside(place: Path, slack_url: str, documents: Documents) -> Iterator[RunBeside]:
    """With these files of its set-up, and nothing of this machine's own settings."""
    port = _free_port()
    url, log = f"http://127.0.0.1:{port}", place / "run.log"
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    settings = _settings(place, slack_url, port, _written(place / "config", documents))
    with log.open("wb") as written:
        child = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, stdout=written, stderr=written,
            env=kept | settings,
        )  # fmt: skip
    try:
        _await_ready(f"{url}/readyz", log)
        desk = RunBeside(url, child.pid)
        try:
            yield desk
        finally:
            desk.stop()
    finally:
        child.terminate()
        child.wait(PATIENCE)


def _settings(place: Path, slack_url: str, port: int, config: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": Sandbox.bot_token,
        "SLACK_APP_TOKEN": Sandbox.app_token,
        "SLACK_API_URL": slack_url,
        "SLACK_PACE": "1",  # as against the real Slack
        "INTAKE_SECRET": INTAKE_SECRET,
        "DATABASE_URL": f"sqlite:///{place}/desk.db",
        "CONFIG_DIR": str(config),
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }


def _written(target: Path, documents: Documents) -> Path:
    target.mkdir()
    (target / "departments.toml").write_text((CONFIG / "departments.toml").read_text())
    for name, document in documents.items():
        (target / f"{name}.toml").write_text(tomli_w.dumps(document))
    return target


def _await_ready(url: str, log: Path) -> None:
    given_up = time.monotonic() + PATIENCE
    while not _is_ready(url):
        if time.monotonic() > given_up:
            raise TimeoutError(f"the desk is not ready: {log.read_text()[-2000:]}")
        time.sleep(0.2)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
