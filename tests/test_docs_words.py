"""What the pages tell people to type, press, set and watch is there, and is understood."""

import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from bot.cli import main
from bot.domain.conditions import compile_query
from bot.domain.search import parse
from bot.metrics import Metrics
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from config.settings import settings_table
from handlers.commands import registry
from handlers.commands.incident import TypedIncident
from handlers.commands.routing import TypedRule
from handlers.listeners import SHORTCUTS
from tests.company import EVE
from tests.desk import TestDesk
from tests.documents import PAGES, README, ROOT
from tests.engines import ADDRESS

DOCS = ROOT / "docs"
FOR_PEOPLE = [
    README,
    DOCS / "settings.md",
    DOCS / "your_own_slack.md",
    *sorted(DOCS.glob("for_*.md")),
]
PLACEHOLDER = re.compile(r"[\[…|]|\b[A-Z]+\b")
CODE = re.compile(r"^```\w*\n(?P<block>.*?)^```$|`(?P<span>[^`\n]+)`", re.MULTILINE | re.DOTALL)
SLASH = re.compile(rf"/(?P<noun>{'|'.join(registry.BARE)})(?:\s+(?P<words>.*))?")
IN_SLACK = {"Samepage", "Home", "App Manifest"}  # names of things that Slack or people have

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
every_page_for_people = pytest.mark.parametrize("page", FOR_PEOPLE, ids=lambda page: page.name)


def code(page: Path) -> Iterator[str]:
    """Everything set as code, line by line."""
    for found in CODE.finditer(page.read_text("utf-8")):
        yield from (found["block"] or found["span"]).splitlines()


@every_page
def test_every_slash_command_is_one_and_is_read(page: Path) -> None:
    for noun, words in (found.groups("") for line in code(page) if (found := read(line))):
        command, rest = registry.find(noun, words)
        assert command, f"/{noun} {words}"
        if not PLACEHOLDER.search(rest):
            searched(command.name, command.takes(rest))


def read(line: str) -> re.Match[str] | None:
    return SLASH.fullmatch(line.strip())


def searched(name: str, taken: object) -> None:
    """A search in it is one that this desk can do."""
    if isinstance(taken, TypedRule):
        compile_query(parse(taken.conditions))
    if isinstance(taken, TypedIncident):
        compile_query(parse(taken.search))
    if name in ("case find", "case close"):
        compile_query(parse(str(taken)))


@every_page
def test_what_is_said_to_samepage_in_a_thread_is_understood_there(page: Path) -> None:
    for words in re.findall(r"`@Samepage ([^`]+)`", page.read_text("utf-8")):
        command, _ = registry.find("case", words)
        assert command, words
        assert command.wants_case
        assert not command.opens_form


@every_page
def test_every_command_of_the_terminal_is_there_and_takes_what_it_is_given(page: Path) -> None:
    text = " \n".join(code(page))
    for module, words in re.findall(r"python -m ([\w.]+)([^\n|;,>]*)", text):
        if module == "bot":
            taken(main, shlex.split(words.replace("…", "")))
        else:
            assert importlib.util.find_spec(module), module


def taken(command: click.Command, words: list[str]) -> None:
    while isinstance(command, click.Group) and words:
        command = command.commands[words.pop(0)]
    given, left, _ = command.make_parser(click.Context(command)).parse_args(words)
    assert left == []
    for one in command.params:
        if isinstance(one.type, click.Choice) and isinstance(given.get(one.name), str):
            one.type.convert(given[one.name], one, None)


@every_page_for_people
def test_every_setting_that_is_named_is_one(page: Path) -> None:
    """Or the secret of a door, which a networks.toml on that page names."""
    written = "\n".join(code(page))
    named = re.findall(r"\b[A-Z]{2,}(?:_[A-Z]{2,})+\b", written)
    secrets = re.findall(r'^secret = "(\w+)"', written, re.MULTILINE)
    assert set(named) <= {name for name, _, _ in settings_table()} | {ADDRESS, *secrets}


def test_the_operators_page_has_every_metric_and_no_other(tmp_path: Path) -> None:
    store = Store(SqliteDatabase(tmp_path / "desk.db"))
    store.migrate()
    metrics = Metrics(store)
    metrics.received(duplicate=False)
    told = re.findall(r"^# TYPE (\w+)", metrics.text().decode(), re.MULTILINE)
    page = (DOCS / "for_operators.md").read_text("utf-8")
    assert set(re.findall(r"samepage_\w+", page)) == {
        name for name in told if not name.endswith("_created")
    }


def test_the_admins_page_has_the_steps_of_the_set_up(tmp_path: Path) -> None:
    steps = TestDesk(tmp_path / "desk.db").administration.setup_steps(by=EVE)
    page = (DOCS / "for_admins.md").read_text("utf-8")
    assert re.findall(r"^\d+\. \*\*([^*]+?)\.?\*\*", page, re.MULTILINE) == [
        step.title for step in steps
    ]


@pytest.mark.parametrize("name", ["for_agents.md", "for_admins.md"])
def test_every_button_and_form_that_is_named_is_drawn(name: str) -> None:
    """On these pages a name in italics or bold that begins with a capital is on the screen."""
    text = re.sub(
        r"^\d+\..*", "", CODE.sub("", (DOCS / name).read_text("utf-8")), flags=re.MULTILINE
    )
    named = re.findall(r"(?<!\*)\*{1,2}([A-Z][^*.:]{1,24})\*{1,2}(?!\*)", text)
    assert len(named) > 4
    assert {one for one in named if len(one.split()) < 4} <= on_screen() | IN_SLACK


def on_screen() -> set[str]:
    """Buttons and choices of every view, and what the menu of a message offers."""
    words = {shortcut.name for shortcut in SHORTCUTS.values()}
    for file in (ROOT / "bot" / "views" / "golden").glob("*.json"):
        words |= set(plain(json.loads(file.read_text("utf-8"))))
    return words


def plain(drawn: Any) -> Iterator[str]:
    if isinstance(drawn, dict):
        if drawn.get("type") == "plain_text":
            yield drawn["text"]
        drawn = list(drawn.values())
    if isinstance(drawn, list):
        for part in drawn:
            yield from plain(part)
