"""A warning is in the present tense only while there is something to be done about it."""

from collections.abc import Iterator

import pytest

from bot.domain.effects import Kind
from bot.domain.facts import WarningFacts, WarningsFacts
from bot.domain.ids import CaseId
from tests.company import ANN, channel_of
from tests.desk import TestDesk
from tests.room import NOT_SENT, Office, office_of

SERVICE_CHANNEL = channel_of("service")


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def warned(office: Office) -> CaseId:
    """A case whose first answer is due in a quarter of an hour."""
    case = office.desk.post()
    office.settle()
    office.desk.pass_time("45m", sweep=True)
    office.settle()
    return case


def became(office: Office) -> str:
    office.settle()
    [facts] = [one.content for one in office.room.standing if isinstance(one.content, WarningFacts)]
    return facts.became


def test_it_warns_and_then_says_that_it_was_answered(office: Office):
    case = warned(office)
    assert became(office) == ""
    office.desk.answer(case)
    assert became(office) == "answered"
    assert len(office.desk.messages(case, Kind.WARNING)) == 1


def test_it_says_that_the_deadline_was_missed(office: Office):
    warned(office)
    office.desk.pass_time("15m", sweep=True)
    assert became(office) == "missed"


def test_it_says_how_the_case_was_closed_and_takes_that_back(office: Office):
    case = warned(office)
    office.desk.closings.no_reply(case, by=ANN)
    assert became(office) == "no reply needed"
    office.desk.pass_time("1m")
    office.desk.closings.reopen(case, by=ANN)
    assert became(office) == ""


def test_one_that_is_over_before_slack_takes_it_is_not_said(office: Office):
    case = office.desk.post()
    office.settle()
    office.desk.pass_time("45m", sweep=True)
    office.desk.answer(case)
    office.settle()
    assert not any(isinstance(one.content, WarningFacts) for one in office.room.standing)
    assert office.desk.messages(case, Kind.WARNING) == []


def test_nor_is_one_that_came_true_while_slack_was_away(office: Office):
    case = office.desk.post()
    office.settle()
    office.room.faults = [NOT_SENT] * 200
    for _ in range(20):
        office.desk.pass_time("5m", sweep=True)
        office.settle()
    office.room.faults = []
    office.pass_time("3m", every="10s")
    assert office.desk.messages(case, Kind.WARNING) == []


def test_many_together_say_of_each_what_became_of_it(office: Office):
    cases = [office.desk.post(by=f"@c{n}") for n in range(7)]
    office.settle()
    office.desk.pass_time("45m", sweep=True)
    office.settle()
    office.desk.answer(cases[0])
    office.settle()
    assert [one.became for one in together(office)] == ["answered", *[""] * 6]
    office.desk.pass_time("15m", sweep=True)
    office.settle()
    assert [one.became for one in together(office)] == ["answered", *["missed"] * 6]


def together(office: Office) -> tuple[WarningFacts, ...]:
    [facts] = [
        one.content for one in office.room.standing if isinstance(one.content, WarningsFacts)
    ]
    return facts.warnings
