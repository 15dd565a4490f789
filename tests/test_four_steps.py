"""docs/your_own_slack.md, walked: what stands there is typed against a Slack of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from socket import socket
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from handlers.manifest import manifest
from slack_sandbox import Sandbox
from tests.journeys.house import read

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "your_own_slack.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
CHECKOUT = ("bot", "handlers", "config", "slack_sandbox", ".env.example")
RUN = ".venv/bin/python -m bot run\n"

_direct = build_opener(ProxyHandler({}))


class Walk:
    """One who reads the page, in a checkout and a workspace nobody has touched before."""

    def __init__(self, folder: Path, slack: Sandbox):
        self.folder = folder
        self.slack = slack
        self.you = slack.person("you", email="you@example.com")
        self.ann = slack.person("ann")
        self.port = _free_port()
        self.seen = ""
        self.desk: subprocess.Popen[str] | None = None
        for name in CHECKOUT:
            (folder / name).symlink_to(ROOT / name)
        (folder / ".venv").symlink_to(sys.prefix)
        self._keys = {"xoxb-": slack.bot_token, "xapp-": slack.app_token}

    def do(self, kind: str, text: str) -> None:
        ways = {"sh": self._terminal, "ini": self._fill_in, "slack": self._in_slack}
        ways.get(kind, self._see)(text)

    def stop(self) -> None:
        if self.desk:
            self.desk.terminate()
            self.desk.communicate(timeout=60)

    def _terminal(self, text: str) -> None:
        if text == RUN:
            self._start()
            return
        done = subprocess.run(
            ["sh", "-c", self._here(text)], cwd=self.folder, env=_bare(), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.stderr == ""
        self.seen = done.stdout
        if made := re.search(r"INTAKE_SECRET=(whsec_\S+)", done.stdout):
            self._keys["whsec_"] = made[1]

    def _start(self) -> None:
        with (self.folder / "run.log").open("w") as log:
            self.desk = subprocess.Popen(
                [".venv/bin/python", "-m", "bot", "run"], cwd=self.folder, env=_bare(),
                stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.desk.stdout is not None
        self.seen = self.desk.stdout.readline()
        self.slack.wait(self._is_ready, what="a desk that is ready")

    def _is_ready(self) -> bool:
        try:
            with _direct.open(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return True
        except HTTPError as refused:
            refused.close()
            return False

    def _fill_in(self, text: str) -> None:
        """Into the lines that are there; beside them only where this Slack is, and a free port."""
        env = self.folder / ".env"
        given = dict(line.split("=", 1) for line in text.splitlines())
        given = {name: self._key(value) for name, value in given.items()}
        given |= {"SLACK_API_URL": self.slack.api_url, "PORT": str(self.port)}
        lines = [line.partition("=") for line in env.read_text("utf-8").splitlines()]
        assert given.keys() <= {name for name, _, _ in lines}
        filled = [f"{name}{sign}{given.get(name, value)}" for name, sign, value in lines]
        env.write_text("\n".join(filled), "utf-8")

    def _key(self, value: str) -> str:
        return self._keys[value[:-1]] if value.endswith("…") else value

    def _in_slack(self, text: str) -> None:
        before = len(self.slack.ephemerals(self.you))
        for line in text.splitlines():
            command, _, words = line.partition(" ")
            if command == "/invite":  # Slack's own
                self.slack.join(self.slack.person(words.removeprefix("@")), "care-service")
            else:
                assert self.you.command(command, words, "care-service").error is None, line
        answers = self.slack.ephemerals(self.you)[before:]
        self.seen = "\n".join(read(answer) for answer in answers)

    def _see(self, text: str) -> None:
        """Every line stands there, in this order; … is anything."""
        lines = [re.escape(line).replace("…", "[^\n]*") for line in self._here(text).splitlines()]
        assert re.search(".*\n?".join(lines), self.seen.replace("`", ""), re.DOTALL), self.seen

    def _here(self, text: str) -> str:
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
        return re.sub(r"^(⚠ )?@ann ", rf"\1<@{self.ann.id}> ", text, flags=re.MULTILINE)


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    app = json.loads((ROOT / "config" / "slack_manifest.json").read_text("utf-8"))
    with ExitStack() as end:
        slack = end.enter_context(Sandbox.start(manifest=app, rate_limits=True))
        walk = Walk(tmp_path, slack)
        end.callback(walk.stop)
        yield walk
        assert slack.violations == []


def test_the_page_leads_from_nothing_to_the_first_claimed_card(walk: Walk) -> None:
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        walk.do(block["kind"], block["text"])

    channels = [one for one in walk.slack.workspace.channels.values() if not one.is_direct]
    assert len(channels) == 7
    assert all(one.is_private and walk.you.id in one.members for one in channels)
    card = walk.slack.wait(lambda: walk.slack.find("Stuck at gate B12", "care-service"))
    assert "rule 1 (words stuck)" in read(card)
    walk.ann.press(card, "Claim")
    has_it = f"<@{walk.ann.id}> has it"
    assert walk.slack.wait(lambda: walk.slack.find(has_it, "care-service")).ts == card.ts


def test_the_manifest_for_commands_with_a_prefix_is_printed_as_the_page_says(walk: Walk) -> None:
    commands = re.findall(
        r"`(\.venv/bin/python -m handlers\.manifest \S+)`", PAGE.read_text("utf-8")
    )
    assert len(commands) == 1
    walk.do("sh", commands[0])
    assert json.loads(walk.seen) == manifest("sp-")


def _bare() -> dict[str, str]:
    """Nothing but `.env` tells the desk its settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _free_port() -> int:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
