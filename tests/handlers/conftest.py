"""Every story begins with a desk of its own behind Slack's door."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import TestDesk
from tests.handlers.house import House, Mailbox, mailbox
from tests.handlers.test_through_slack import office, pool, slack  # noqa: F401 - for the others


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def story(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path / "desk.db")


@pytest.fixture
def house(story: TestDesk, box: Mailbox) -> House:
    return House(story, box)
