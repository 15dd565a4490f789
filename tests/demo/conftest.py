"""A demo for each story; it closes beside the next one, since its socket takes its time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from bot.demo.house import Demo, open_demo


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
