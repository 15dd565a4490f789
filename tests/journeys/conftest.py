"""A house for each journey; at its end neither Slack nor the log has anything to complain of."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tests.engines import ENGINES, Databases
from tests.journeys.house import House

AHEAD = 3  # houses

OpenHouse = Callable[..., House]

# Where the desk's own faults would stand; what Slack or a person did wrong is said elsewhere.
FAULTS = ("bot.jobs", "bot.services.delivery", "bot.slack.speaker", "handlers.guard")


@pytest.fixture(scope="session")
def farewells() -> Iterator[ThreadPoolExecutor]:
    """Where houses close: a socket takes up to ten seconds over it, and no journey waits for it."""
    with ThreadPoolExecutor(64, "farewell") as farewells:
        yield farewells


@pytest.fixture(params=ENGINES, scope="session")
def new_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Where the next desk is kept: all journeys go on one engine, and then on the other."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('desk')}/desk.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres.fresh


@pytest.fixture
def open_house(
    new_url: Callable[[], str],
    farewells: ThreadPoolExecutor,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[OpenHouse]:
    """`open_house(prefix="sp-", PUBLIC_REPLIES="hold")`."""
    opened: list[House] = []

    def open_house(**facts: Any) -> House:
        opened.append(House.open(new_url(), **facts))
        return opened[-1]

    yield open_house
    for house in opened:
        farewells.submit(house.close)
        assert house.slack.violations == []
    assert [one for one in caplog.get_records("call") if one.name in FAULTS] == []


@pytest.fixture(scope="session")
def next_house(
    new_url: Callable[[], str], farewells: ThreadPoolExecutor
) -> Iterator[Callable[[], House]]:
    """Built while the journeys before it run, since its socket takes half a second to open."""
    with ThreadPoolExecutor(AHEAD, "builder") as builder:

        def build() -> Future[House]:
            return builder.submit(lambda: House.open(new_url()))

        waiting = deque(build() for _ in range(AHEAD))

        def next_house() -> House:
            waiting.append(build())
            return waiting.popleft().result()

        yield next_house
        for built in waiting:
            farewells.submit(built.result().close)


@pytest.fixture
def house(
    next_house: Callable[[], House], farewells: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> Iterator[House]:
    house = next_house()
    yield house
    farewells.submit(house.close)
    assert house.slack.violations == []
    assert [one for one in caplog.get_records("call") if one.name in FAULTS] == []
