"""A demo for each story."""

from collections.abc import Iterator

import pytest

from bot.demo.house import Demo, open_demo


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with open_demo(folder, port=0, scenario="day", speed="still") as demo:
        yield demo
    assert demo.slack.violations == []
