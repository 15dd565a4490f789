"""The database is locked, or its server stops: senders are asked to come again, and all goes on."""

import gc
import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from time import monotonic
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot.store.engines import open_database
from tests.journeys.house import House
from tests.server import Server, running_server

T = TypeVar("T")

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


def timed(act: Callable[[], T]) -> tuple[T, float]:
    began = monotonic()
    return act(), monotonic() - began


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


def test_a_file_that_another_holds_is_told_at_once_and_nobody_else_is_blamed(
    open_house: Callable[..., House], caplog: pytest.LogCaptureFixture
):
    house = open_house()
    other = open_database(house.url)
    with other.writing():
        told, took = timed(lambda: faults(house))
    other.close()

    assert took < 1
    assert list(told) == ["store"]
    house.wait(lambda: not faults(house), "a desk that is ready again")
    caplog.clear()


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
    gc.collect()  # psycopg leaves the socket of a connection that was never made to it


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


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="a server is not ours to freeze")
def test_a_server_that_is_frozen_is_told_at_once_and_holds_up_nobody_for_long(
    house_on_it: House, server: Server, caplog: pytest.LogCaptureFixture
):
    house = house_on_it
    house.post("Where is my bag?")
    house.card(1001)

    with server.frozen():
        looks = [timed(lambda: faults(house)) for _ in range(3)]
        answer, took = timed(
            lambda: refused(lambda: house.post("And my bag?", id="p300", author=JOE))
        )
        again = faults(house)

    assert [set(told) for told, _ in looks] == [{"store"}] * 3
    assert max(took for _, took in looks) < 1
    assert (answer.code, took < 10) == (503, True)
    assert set(again) == {"store"}
    house.wait(lambda: house.desk.ready()["store"] is None, "a store that answers")
    house.post("And my bag?", id="p300", author=JOE)
    assert house.card(1002)
    house.wait(lambda: not faults(house), "a desk that is ready again")
    caplog.clear()  # the pool's complaints hold what they complain of


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="a server is not ours to stop")
def test_whatever_only_follows_from_a_database_that_is_away_is_blamed_on_nobody_else(
    house_on_it: House, server: Server, caplog: pytest.LogCaptureFixture
):
    house = house_on_it
    server.stop()
    house.pass_time("1m")
    told = [faults(house) for _ in range(3)]
    server.start()

    assert [set(one) for one in told] == [{"store"}] * 3
    house.wait(lambda: not faults(house), "a desk that is ready again")
    caplog.clear()
