"""One desk whose parts are processes of their own, or of which there are several."""

from dataclasses import replace

from bot.parts.share import CLOCK, DELIVERY, SLACK, WEB
from bot.running import RunningDesk
from tests.journeys.conftest import OpenHouse
from tests.journeys.house import House

QUARTERS = (WEB, SLACK, CLOCK, DELIVERY)


def all_ready(house: House) -> bool:
    return all(fault is None for desk in house.desks for fault in desk.ready().values())


def split(open_house: OpenHouse, **facts: object) -> tuple[House, dict[str, RunningDesk]]:
    """Each part alone; who is asked to be ready is, when all of them run."""
    house = open_house(parts=frozenset({WEB}), **facts)
    parts = {WEB: house.desk, **{part: house.beside(part) for part in QUARTERS[1:]}}
    house.wait(lambda: all_ready(house), "four processes that are one desk")
    return house, parts


def test_a_case_goes_its_way_through_four_processes(open_house: OpenHouse):
    house, _ = split(open_house)
    house.wait(house.slack.server.socket_mode.is_open, "a Slack that tells the desk what happens")
    house.post("Where is my bag?")
    house.answer(house.ann, "It is on the next flight.")
    house.card(1001, says="goes out at")
    house.pass_time("1m")
    house.card(1001, says="answer was sent")
    assert house.network.texts == ["It is on the next flight."]

    house.post("And where is my bag?", author={"handle": "@jim"})
    house.card(1002)
    house.pass_time("3h")
    house.said_in("rapid-response", "1002")


def test_a_process_says_of_the_whole_desk_what_nobody_does(open_house: OpenHouse):
    house = open_house(parts=frozenset({WEB, SLACK}))
    house.wait(lambda: house.desk.ready()["store"] is None, "a desk with a store")
    assert house.desk.ready()["clock"] == "the clock stands still"
    other = house.beside(CLOCK)
    house.wait(lambda: house.desk.ready()["clock"] is None, "a clock somewhere")
    house.wait(lambda: house.desk.ready()["slack"] == "nobody delivers", "all but one part")
    assert "intake" not in other.ready()
    house.beside(DELIVERY)
    house.wait(lambda: all_ready(house), "a desk with all its parts")


def test_who_stood_by_goes_on_when_the_one_before_ends(open_house: OpenHouse):
    house = open_house(parts=frozenset(QUARTERS))
    spare = house.beside(*QUARTERS)
    house.wait(lambda: all_ready(house), "two processes with all parts")
    house.post("Where is my bag?")
    house.card(1001)

    first = house.desk
    house.desk = spare
    first.stop()
    house.post("And where is my bag?", author={"handle": "@jim"})
    house.ann.press(house.card(1002), "Claim")
    house.card(1002, says="has it")
    house.card(1001)
    house.wait(lambda: not any(spare.ready().values()), "a desk of one process")


def test_over_http_clicks_come_in_by_the_web(open_house: OpenHouse):
    house = open_house(parts=frozenset({WEB}), over_http=True)
    house.settings = replace(house.settings, port=0)
    house.beside(CLOCK, DELIVERY)
    house.wait(lambda: all_ready(house), "two processes that are one desk")
    house.post("Where is my bag?")
    house.ann.press(house.card(1001), "Claim")
    house.card(1001, says="has it")
