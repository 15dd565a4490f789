"""The database is locked, or its server stops: senders are asked to come again, and all goes on."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot.store.engines import open_database
from tests.journeys.house import House
from tests.server import Server, running_server

JOE = {"handle": "@joe"}


def refused(send: Callable[[], object]) -> HTTPError:
    with pytest.raises(HTTPError) as answer:
        send()
    answer.value.close()
    return answer.value


def faults(house: House) -> dict[str, str]:
    """What `/readyz` names; nothing where the desk is ready."""
    try:
        with urlopen(f"{house.desk.url}/readyz", timeout=60) as answer:
            return dict(json.load(answer)["faults"])
    except HTTPError as not_ready:
        with closing(not_ready):
            return dict(json.load(not_ready)["faults"])


def test_while_another_writer_holds_it_posts_are_to_come_again(
    open_house: Callable[..., House], caplog: pytest.LogCaptureFixture
):
    house = open_house()
    other = open_database(house.url)
    with other.writing():
        answer = refused(lambda: house.post("Where is my bag?", id="p100"))
        assert (answer.code, answer.headers["Retry-After"]) == (503, "5")
        assert "store" in faults(house)
    other.close()

    house.post("Where is my bag?", id="p100")

    assert house.card(1001)
    assert faults(house) == {}
    caplog.clear()  # its loops have complained, rightly


@pytest.fixture
def server() -> Iterator[Server]:
    """One of our own, to be stopped."""
    with running_server() as server:
        yield server


@pytest.fixture
def house_on_it(server: Server) -> Iterator[House]:
    house = House.open(server.url("postgres"))
    yield house
    house.close()


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="a server is not ours to stop")
def test_a_server_that_stops_and_starts_again_loses_and_doubles_nothing(
    house_on_it: House, server: Server
):
    house = house_on_it
    house.post("Where is my bag?")
    house.answer(house.ann, "We look for it.")

    server.stop()
    answer = refused(lambda: house.post("Where is my bag now?", id="p200", author=JOE))
    assert (answer.code, answer.headers["Retry-After"]) == (503, "5")
    assert "store" in faults(house)
    house.pass_time("15s")
    assert house.network.texts == []
    server.start()

    house.wait(lambda: not faults(house), "a desk that is ready again")
    house.post("Where is my bag now?", id="p200", author=JOE)
    assert house.card(1002)
    house.wait(lambda: house.network.texts == ["We look for it."], "an answer that is sent")
    house.card(1001, says="answer was sent")
