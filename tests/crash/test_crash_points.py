"""Wherever a process ends, the next one finds everything, and says nothing twice."""

from pathlib import Path

import pytest

from bot.domain.ids import CaseId
from bot.domain.timeline import Event, What
from tests.company import ANN, MONDAY
from tests.crash.invariants import faults_of
from tests.crash.legal import faults_of_timeline
from tests.crash.run import Theatre
from tests.crash.stories import FIRST, STORIES, one_card
from tests.crash.world import Fuse, World

PAIRS = 400  # of each story; `python -m tests.crash` plays all of them


@pytest.fixture
def theatre(tmp_path: Path) -> Theatre:
    return Theatre(tmp_path)


@pytest.mark.parametrize("name", STORIES)
def test_every_end_of_every_story_is_clean(theatre: Theatre, name: str) -> None:
    played = list(theatre.every_end(STORIES[name]))
    points = len(played) - 1
    print(f"{name}: {points} points, each ended once")  # noqa: T201
    assert {where: told.faults for where, told in played if told.faults} == {}
    assert sum(told.ends for _, told in played) == points > 0


@pytest.mark.parametrize("name", STORIES)
def test_an_end_while_the_last_one_is_mended_is_clean(theatre: Theatre, name: str) -> None:
    played = list(theatre.two_ends(STORIES[name], PAIRS))
    assert {where: told.faults for where, told in played if told.faults} == {}


# The invariants bite


@pytest.fixture
def world(theatre: Theatre, tmp_path: Path) -> World:
    world = World(tmp_path / "desk.db", Fuse())
    one_card(world)
    assert faults_of(world, {}) == []
    return world


def test_a_lost_post_is_found_out(world: World) -> None:
    world.sent["x:p9"] = world.sent["x:p1"]
    assert faults_of(world, {}) == ["lost: x:p9"]


def test_a_second_card_is_found_out(world: World) -> None:
    world.room.standing.append(world.room.standing[0])
    assert faults_of(world, {}) == ["2 live messages of card:1001:service"]


def test_a_stale_card_is_found_out(world: World) -> None:
    world.desk.casework.claim(FIRST, by=ANN)
    assert "card:1001:service shows 1 of 2" in faults_of(world, {})


def test_a_second_public_copy_is_found_out(world: World) -> None:
    reply = world.desk.answer(FIRST)
    world.rest()
    assert faults_of(world, {}) == []
    world.public.said *= 2
    assert faults_of(world, {}) == [f"{reply.key} is sent and visible 2 times"]


def test_an_illegal_way_of_a_case_is_found_out() -> None:
    events = [
        Event(FIRST, MONDAY, what, ANN)
        for what in (What.OPENED, What.CLAIMED, What.CLAIMED, What.ACCEPTED, What.REOPENED)
    ]
    assert len(list(faults_of_timeline(FIRST, events))) == 3


def test_a_stale_line_of_a_digest_is_found_out(theatre: Theatre, tmp_path: Path) -> None:
    world = World(tmp_path / "desk.db", Fuse())
    STORIES["storm to digest, claimed from it, to calm"].tell(world)
    assert faults_of(world, {}) == []
    [digest] = [one for one in world.room.standing if one.key.startswith("digest:")]
    assert {one.thread for one in world.room.of("card:1001:service")} == {digest.ts}
    assert any(one.key.startswith("note:storm:") for one in world.room.standing)
    world.desk.closings.no_reply(CaseId(FIRST + 2), by=ANN)
    assert f"{digest.key} shows 1 of 2 of #1003" in faults_of(world, {})
