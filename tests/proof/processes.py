"""A desk as processes of its own beside a sandbox in this one; killed and started again."""

import atexit
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from slack_sandbox import Sandbox

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


def environment(slack: Sandbox, folder: Path, port: int, **more: str) -> dict[str, str]:
    return {
        **bare_environment(),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/desk.db",
        "PORT": str(port),
        **more,
    }


def bare_environment() -> dict[str, str]:
    """Nothing of this machine's own settings reaches the desk."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, "CONFIG_DIR": str(ROOT / "config"), "LOG_LEVEL": "WARNING"}


class Process:
    """One command of the desk; `kill` is SIGKILL, with no chance to tidy up."""

    def __init__(self, env: dict[str, str], log: Path, *command: str):
        self._env, self._log, self._command = env, log, command
        self._child: subprocess.Popen[bytes] | None = None
        atexit.register(self._end)

    def start(self) -> "Process":
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "bot", *self._command],
                cwd=ROOT, env=self._env, stdout=log, stderr=log,
            )  # fmt: skip
        return self

    def kill(self) -> None:
        child = self._running()
        child.kill()
        child.wait()

    def signal(self, number: int) -> None:
        """SIGSTOP and SIGCONT: paused, as by a machine that is busy with something else."""
        self._running().send_signal(number)

    def stop(self) -> int:
        child = self._running()
        child.terminate()
        return child.wait(timeout=60)

    def wait(self) -> int:
        return self._running().wait()

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def _end(self) -> None:
        """A proof that fails leaves no desk behind, which would hold its port."""
        if self.is_running:
            self.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._child is not None
        return self._child


def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Looks ten times a second; a proof may wait in real time, the suite never does."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(0.1)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
