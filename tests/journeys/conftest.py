"""A house for each journey; at its end neither Slack nor the log has anything to complain of."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.house import House

OpenHouse = Callable[..., House]

# Where the desk's own faults would stand; what Slack or a person did wrong is said elsewhere.
FAULTS = ("bot.jobs", "bot.services.delivery", "bot.slack.speaker", "handlers.guard")
OUTSIDE_IS_AWAY = "job has to wait"  # for Slack or the database: it comes again by itself


@pytest.fixture
def open_house(database_url: str, caplog: pytest.LogCaptureFixture) -> Iterator[OpenHouse]:
    """`open_house(prefix="sp-", PUBLIC_REPLIES="hold")`."""
    opened: list[House] = []

    def open_house(**facts: Any) -> House:
        opened.append(House.open(database_url, **facts))
        return opened[-1]

    yield open_house
    for house in reversed(opened):
        house.close()
    assert [house.slack.violations for house in opened] == [[]] * len(opened)
    faults = (one for one in caplog.get_records("call") if one.name in FAULTS)
    assert [one for one in faults if one.msg != OUTSIDE_IS_AWAY] == []


@pytest.fixture
def house(open_house: OpenHouse) -> House:
    return open_house()
