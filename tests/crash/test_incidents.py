"""The stories of incidents leave nothing out, and what must hold of them bites."""

from pathlib import Path

import pytest

from bot.domain.incident import IncidentRole
from bot.domain.incident_facts import Happened
from bot.domain.ports import SeenChannel
from tests.company import ANN, DORA, TOM
from tests.crash.fuse import Fuse
from tests.crash.incidents import faults_of_incidents
from tests.crash.stories import INCIDENT, ROOM, STORIES, in_room
from tests.crash.world import World


def in_peace(path: Path, name: str) -> World:
    world = World(path, Fuse())
    STORIES[name].before(world)
    STORIES[name].tell(world)
    return world


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "desk.db", Fuse())
    in_room(world)
    assert list(faults_of_incidents(world)) == []
    return world


def test_everything_that_can_happen_to_an_incident_happens_in_a_story(tmp_path: Path) -> None:
    happened = set()
    for number, name in enumerate(STORIES):
        desk = in_peace(tmp_path / f"{number}.db", name).desk
        happened |= {row["what"] for row in desk.db.rows("select what from incident_entries")}
    assert happened == set(Happened)


def test_a_second_channel_is_found_out(world: World) -> None:
    world.halls.made["again"] = SeenChannel(ROOM, "again", True, False, True)
    assert "opened were" in "".join(faults_of_incidents(world))


def test_somebody_who_is_missing_in_the_channel_is_found_out(world: World) -> None:
    world.halls.members[ROOM].remove(TOM)
    assert "UTOM" in "".join(faults_of_incidents(world))


def test_facts_that_are_pinned_twice_are_found_out(world: World) -> None:
    world.halls.pins *= 2
    assert "pinned are" in "".join(faults_of_incidents(world))


def test_facts_that_are_no_longer_so_are_found_out(world: World) -> None:
    world.desk.incidents.give_role(INCIDENT, IncidentRole.VOICE, DORA, by=TOM)
    assert "facts:1 says" in "".join(faults_of_incidents(world))


def test_a_banner_that_stays_is_found_out(world: World) -> None:
    world.desk.incidents.stand_down(INCIDENT, "It blew away", by=ANN)
    assert "card:1001:service says" in "".join(faults_of_incidents(world))


def test_a_role_that_nobody_was_told_of_is_found_out(world: World) -> None:
    world.desk.db.run("delete from outbox where key like 'incident:1:role:%'", {})
    assert "was not told once" in "".join(faults_of_incidents(world))
