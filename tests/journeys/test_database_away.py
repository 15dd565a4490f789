"""The database server goes and comes back under a running desk: nothing is lost or restarted."""

from collections.abc import Iterator
from urllib.error import HTTPError

import pytest

from tests.journeys.house import House
from tests.server import Server, running_server


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server(durable=True) as server:
        yield server


@pytest.fixture
def house(server: Server) -> Iterator[House]:
    house = House.open(server.url("postgres"))
    yield house
    house.close()


def test_a_desk_whose_server_is_restarted_goes_on_by_itself(house: House, server: Server) -> None:
    house.post("where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.card(1001, says="has it")

    server.stop()
    with pytest.raises(HTTPError, match="503"):
        house.post("my bag is gone", id="p7")
    told = house.told(house.cem, "/case claim 1001")
    house.wait(lambda: house.desk.ready()["store"], "a desk that says its store is away")
    server.start()

    assert "Couldn't save that" in told
    house.post("my bag is gone", id="p7")
    house.card(1002, says="my bag is gone")
    house.wait(lambda: house.desk.ready()["store"] is None, "a desk whose store is back")
    assert "was first and has this case" in house.told(house.cem, "/case claim 1001")
    assert house.slack.violations == []
