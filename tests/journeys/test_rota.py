"""The rota, typed by an admin and felt by who is on duty."""

from datetime import UTC, datetime, timedelta

from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House, read
from tests.journeys.test_clock import called, late, named, pings


def test_who_stands_in_gets_the_ping_and_the_undo_gives_it_back(house: House) -> None:
    ben, cem, eve = house.ben, house.cem, house.eve
    board = house.told(house.ann, "/rota", "care-technical")
    assert f"On duty now*: <@{cem.id}> all week" in board
    assert "Only admins" in house.told(house.ann, "/rota override @ben now to 23:00")

    house.told(eve, f"/rota override <@{ben.id}> now to tomorrow")
    answer = house.shown_to(eve, "covers from")
    assert "is not in #rapid-response" in read(answer)
    assert f"On duty now*: <@{ben.id}> until" in house.told(eve, "/rota")
    assert named(late(house)) == {ben.id}
    assert called(house.said_to(ben, "*#1001*")) == {ben.id}  # he is not in #rapid-response

    eve.press(answer, "Undo")
    house.shown_to(eve, "Undone: ")
    assert f"On duty now*: <@{cem.id}> all week" in house.told(eve, "/rota")
    house.post("Where is my other bag?", author={"handle": "@joe"})
    house.card(1002)
    house.pass_time("64m")
    house.wait(lambda: cem.id in called(pings(house)[-1]), "a ping for Cem")
    assert ben.id not in named(pings(house)[-1])


def test_a_hole_is_said_a_day_before_to_the_channel_and_a_lead(open_house: OpenHouse) -> None:
    begins = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=20)
    override = {
        "person": "cem@example.com",
        "from": (begins - timedelta(days=1)).isoformat(),
        "until": begins.isoformat(),
    }
    house = open_house(documents={"on_call": {"override": [override]}})
    notice = house.said_in("rapid-response", "Nobody is on duty from")
    assert called(notice) == set()
    house.said_to(house.ann, "Nobody is on duty from")
    house.told(house.eve, "/rota add @dora daily 00:00-24:00")
    board = house.told(house.eve, "/rota")
    assert f"On duty now*: <@{house.cem.id}> until" in board
    assert f"then <@{house.dora.id}>" in board
    assert len(pings(house)) == 1
