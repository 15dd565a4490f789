"""Real Chromium before the demo; where there is none, nothing here is collected.

`PICTURES=docs/pictures` keeps what the documents show, `LOOKS=FOLDER` every look at the page.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest

from bot.demo.house import Demo, open_demo
from tests.left_behind import kept_for_all

CHROMIUM = shutil.which("chromium")
IS_THERE = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
collect_ignore_glob = [] if IS_THERE else ["test_*.py"]

HEIGHTS = {1440: 900, 1024: 768, 390: 844}
DOCUMENTED = {
    1440: {name: name for name in ("start", "preview", "thanks", "late", "rule")}
    | {"updated": "room", "home-of-an-admin": "home", "cloud-thread": "cloud"},
    390: {"start": "narrow", "phone": "narrow-phone"},
}

if IS_THERE:
    from playwright.sync_api import Browser, sync_playwright

    from tests.browser.visitor import Album, Visitor

    Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    manager = sync_playwright()
    with all_there() as pool:
        with kept_for_all():
            playwright = manager.__enter__()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        manager._loop.set_default_executor(pool)
        yield browser
        manager.__exit__()


@contextmanager
def all_there() -> Iterator[ThreadPoolExecutor]:
    """A pool whose threads are there from the beginning: none is new behind a test."""
    with ThreadPoolExecutor(2, "browser") as pool:
        meet = Barrier(2)
        for done in [pool.submit(meet.wait) for _ in range(2)]:
            done.result()
        yield pool


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with open_demo(folder, port=0, scenario="day", speed="still") as demo:
        yield demo
    assert demo.slack.violations == []


@pytest.fixture
def visit(demo: Demo, browser: "Browser") -> "Iterator[Visit]":
    """`visit(390, dark=True)`: somebody opens the page; at the end nobody saw an error."""
    visitors: list[Visitor] = []

    def visit(width: int = 1440, *, dark: bool = False) -> "Visitor":
        size = {"width": width, "height": HEIGHTS[width]}
        scheme = "dark" if dark else "light"
        page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        visitors.append(Visitor(page, demo.slack.url, _album(width, dark)))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.close()
        assert visitor.errors == []


def _album(width: int, dark: bool) -> "Album":
    documents, looks = (os.environ.get(name) for name in ("PICTURES", "LOOKS"))
    names = {} if dark else DOCUMENTED.get(width, {})
    return Album(
        Path(documents) if documents else None, names,
        Path(looks) if looks else None, f"{width}-{'dark' if dark else 'light'}",
    )  # fmt: skip
