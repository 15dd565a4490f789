"""Real Chromium before the demo; where there is none, nothing here is collected.

`PICTURES=docs/pictures` keeps what was seen.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.demo.house import Demo, open_demo

CHROMIUM = shutil.which("chromium")
IS_THERE = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
collect_ignore_glob = [] if IS_THERE else ["test_*.py"]

if IS_THERE:
    from playwright.sync_api import Browser, sync_playwright

    from tests.browser.visitor import Visitor

    Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def farewells() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16, "farewell") as farewells:
        yield farewells


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory, farewells: ThreadPoolExecutor) -> Iterator[Demo]:
    stack = ExitStack()
    folder = tmp_path_factory.mktemp("demo")
    demo = stack.enter_context(open_demo(folder, port=0, scenario="day", speed="still"))
    yield demo
    farewells.submit(stack.close)
    assert demo.slack.violations == []


@pytest.fixture
def visit(demo: Demo, browser: "Browser") -> "Iterator[Visit]":
    """`visit(390)`: somebody opens the page; at the end nobody saw an error."""
    pictures = os.environ.get("PICTURES")
    visitors: list[Visitor] = []

    def visit(width: int = 1440, height: int = 900) -> "Visitor":
        page = browser.new_page(viewport={"width": width, "height": height})
        visitors.append(Visitor(page, demo.slack.url, Path(pictures) if pictures else None))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.close()
        assert visitor.errors == []
