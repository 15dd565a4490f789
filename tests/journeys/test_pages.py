"""What the admins' page says to type, typed by an admin one line after the other."""

import re
from collections.abc import Iterator

from tests.documents import ROOT
from tests.journeys.house import House

PAGE = ROOT / "docs" / "for_admins.md"
REFUSED = re.compile(r"Usage: |There is no|Only |Something went wrong|You are not|belongs to")
ROOM = "inc-"


def lines() -> Iterator[str]:
    for block in re.findall(r"^```slack\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.M):
        yield from block.replace("1042", "1001").splitlines()


def test_every_line_of_the_admins_page_does_something(house: House) -> None:
    house.slack.person("gast", guest=True)
    house.slack.join(house.eve, "care-service")
    house.post("Stuck at gate B12")
    house.card(1001)
    place, typed = "care-service", list(lines())
    assert len(typed) > 20
    for line in typed:
        answer = house.told(house.eve, line, place)
        assert answer, line
        assert not REFUSED.search(answer), (line, answer)
        if line.startswith("/incident declare"):
            place = house.wait(lambda: room(house), "the incident's channel")


def room(house: House) -> str:
    """The channel of the incident as soon as its facts stand there."""
    names = [name for name in house.slack.workspace.channel_ids if name.startswith(ROOM)]
    return names[0] if names and house.slack.messages(names[0]) else ""
