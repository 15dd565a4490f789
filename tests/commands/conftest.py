"""The command line as somebody types it, with a desk of its own."""

from collections.abc import Iterator
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

    def write(self, name: str, *lines: str) -> str:
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    with a_log_of_its_own():
        yield
