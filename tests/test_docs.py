"""The documents say what the code does: compared, not believed."""

import re
from pathlib import Path

import pytest

from bot.domain.conditions import compile_query
from bot.domain.search import parse
from tests.documents import README, written

ROOT = README.parent
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_has_the_settings_commands_and_scopes_of_the_code():
    text = README.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m tests.documents"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_between_our_pages_leads_nowhere(page: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+)", page.read_text(encoding="utf-8")))
    assert {
        name for name in named if name in ("demo", "test", "check", "bench", "golden")
    } <= targets


def test_the_conditions_that_the_readme_uses_can_be_parsed():
    text = README.read_text(encoding="utf-8")
    examples = re.findall(r"`(?:find|close|add service) ([^`…]+)`", text)
    assert examples
    for example in examples:
        compile_query(parse(example))
