"""The rota, typed by an admin and felt by who is on duty."""

from datetime import timedelta

from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House, read
from tests.journeys.test_clock import called, late, pings


def test_who_stands_in_gets_the_ping_and_the_undo_gives_it_back(house: House) -> None:
    ben, cem, eve = house.ben, house.cem, house.eve
    board = house.told(house.ann, "/rota", "care-technical")
    assert f"On duty now*: <@{cem.id}> all week" in board
    assert "Only admins" in house.told(house.ann, "/rota override @ben now to 23:00")

    house.told(eve, f"/rota override <@{ben.id}> now to tomorrow")
    answer = house.shown_to(eve, "stands in from")
    assert "is not in #rapid-response" in read(answer)
    assert f"On duty now*: <@{ben.id}> until" in house.told(eve, "/rota")
    assert called(late(house)) == {ben.id}

    eve.press(answer, "Undo")
    house.shown_to(eve, "Taken back: ")
    assert f"On duty now*: <@{cem.id}> all week" in house.told(eve, "/rota")
    house.post("Where is my other bag?", author={"handle": "@joe"})
    house.card(1002)
    house.pass_time("64m")
    house.wait(lambda: called(pings(house)[-1]) == {cem.id}, "a ping for Cem")


def test_a_hole_is_said_a_day_before_and_the_user_group_is_who_is_on_duty(
    open_house: OpenHouse,
) -> None:
    house = open_house(documents={"on_call": {"user_group": "@on-call"}})
    eve, cem, dora = house.eve, house.cem, house.dora
    assert "Nobody is on the rota" in house.told(eve, "/rota")
    tomorrow = (house.time.now() + timedelta(hours=20)).strftime("%Y-%m-%d %H:%M")
    house.told(eve, "/rota add @cem daily 00:00-24:00")
    house.told(eve, f"/rota override {dora.id} now to {tomorrow}")
    assert f"<@{dora.id}>" in house.told(eve, "/rota")
    house.told(eve, "/rota remove 1")
    house.shown_to(eve, "Nobody is on duty from")
    assert f"<@{cem.id}>" not in house.told(eve, "/rota")
