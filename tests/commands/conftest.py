"""The command line as somebody types it, with a desk of its own."""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from config.files import SHIPPED
from tests.own_log import a_log_of_its_own


class Terminal:
    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = {
            "DATABASE_URL": f"sqlite:///{folder}/desk.db",
            "CONFIG_DIR": str(SHIPPED),
            "LOG_LEVEL": "ERROR",
        }

    def type(self, *words: str, **settings: str) -> Result:
        """Results and progress apart, as a shell has them."""
        nothing_of_ours = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "INTAKE_SECRET"))
        env = {**nothing_of_ours, **self.environment, **settings}
        return CliRunner().invoke(main, words, env=env)

    def type_at_a_screen(self, *words: str, answer: str = "") -> str:
        """All that a terminal is sent; what is asked for secretly is typed."""
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [sys.executable, "-m", "bot", *words], stdin=theirs, stdout=theirs, stderr=theirs,
            env={**os.environ, **self.environment}, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        said = b""
        with closing(os.fdopen(ours, "r+b", buffering=0)) as line, child:
            while piece := _read(line):
                said += piece
                if b"Password for" in piece:
                    line.write(answer.encode() + b"\n")
        return said.decode()

    def write(self, name: str, *lines: str) -> str:
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)


def _read(line: io.FileIO) -> bytes:
    """Nothing where the other end is closed, which Linux calls an error."""
    try:
        return line.read(4096)
    except OSError:
        return b""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    with a_log_of_its_own():
        yield
