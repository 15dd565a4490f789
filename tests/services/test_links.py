"""A follower's card leads to wherever its case stands in the owner's channel."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.facts import CardFacts
from bot.domain.ids import CaseId
from tests.company import ANN
from tests.desk import TestDesk
from tests.room import LOST_BUT_SAID, Office, Standing, office_of


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    desk.rules({"department": "service", "when": "words:battery", "also": ["technical"]})
    with desk.work() as work:
        work.tx.setup.put("workspace", {"url": "https://northwind.slack.com/"})
    with office_of(desk) as office:
        yield office


def the_link(office: Office, case: CaseId) -> str:
    """To the owner's card, as the follower's shows it."""
    (card,) = office.room.of(f"card:{case}:technical")
    assert isinstance(card.content, CardFacts)
    return card.content.link or ""


def leads_to(standing: Standing, link: str) -> bool:
    return standing.ts.replace(".", "") in link.partition("?")[0].rpartition("/p")[2]


def test_where_the_case_is_a_line_it_leads_to_the_digest(desk: TestDesk, office: Office):
    case = in_a_storm(desk, office)
    (digest,) = [one for one in office.room.standing if one.key.startswith("digest:")]
    assert leads_to(digest, the_link(office, case))


def test_when_it_leaves_the_digest_it_leads_to_its_card(desk: TestDesk, office: Office):
    case = in_a_storm(desk, office)
    desk.casework.claim(case, by=ANN)
    office.pass_time("5s")
    (card,) = office.room.of(f"card:{case}:service")
    assert leads_to(card, the_link(office, case))


def test_it_leads_to_a_card_that_had_to_be_looked_for(desk: TestDesk, office: Office):
    office.room.faults.append(LOST_BUT_SAID)
    case = desk.post("the battery is dead")
    office.pass_time("5s")
    (card,) = office.room.of(f"card:{case}:service")
    assert leads_to(card, the_link(office, case))


def in_a_storm(desk: TestDesk, office: Office) -> CaseId:
    office.room.pace = timedelta(seconds=1)
    case = desk.post("the battery is dead")
    for number in range(20):
        desk.post(f"post {number}", by=f"@jane{number}")
    office.pass_time("8s")
    assert office.room.of(f"card:{case}:service") == []
    return case
