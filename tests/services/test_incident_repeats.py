"""The same form or command, sent again because nobody answered, is one act."""

import pytest

from bot.domain.incident import Severity
from bot.domain.incident_facts import Happened
from bot.domain.timeline import What
from tests.company import ANN, EVE
from tests.desk import TestDesk


def test_a_crisis_that_is_sent_again_is_one(desk: TestDesk) -> None:
    number = desk.post("fire at gate B")
    for _ in range(2):
        desk.incidents.escalate(number, "Fire at gate B", by=ANN)
    assert desk.whats(number).count(What.ESCALATED) == 1


def test_an_update_that_is_sent_again_is_one_and_the_same_words_later_are_another(
    desk: TestDesk,
) -> None:
    incident = desk.incidents.declare("Ash cloud", Severity.SEV2, by=ANN).incident
    for form in ("V1", "V1", "V2"):
        desk.incidents.update(incident.id, "Still ash", by=ANN, once=form)
    entries = desk.incidents.facts(incident.id, by=EVE).entries
    assert [one.what for one in entries].count(Happened.UPDATE) == 2


def test_two_fires_in_a_script_without_letters_of_ours_are_two(desk: TestDesk) -> None:
    power = desk.incidents.declare("停電", Severity.SEV3, by=ANN)
    blast = desk.incidents.declare("爆発", Severity.SEV1, by=EVE)

    assert (power.is_new, blast.is_new) == (True, True)
    assert blast.incident.severity is Severity.SEV1
    assert power.incident.name == "inc-2026-03-02-停電"
    assert blast.incident.name == "inc-2026-03-02-爆発"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("Пожар у выхода Б", "Пожар у выхода В"),
        ("🔥", "💥"),
        ("The new booking page shows a price of nothing for children in Leeds",
         "The new booking page shows a price of nothing for children in York"),
        (f"{'a very long title ' * 9}in Leeds", f"{'a very long title ' * 9}in York"),
    ],
)  # fmt: skip
def test_what_is_shortened_or_cleaned_makes_no_two_incidents_one(
    desk: TestDesk, one: str, other: str
) -> None:
    first = desk.incidents.declare(one, Severity.SEV2, by=ANN)
    second = desk.incidents.declare(other, Severity.SEV2, by=ANN)

    assert second.is_new
    assert first.incident.name != second.incident.name


def test_the_same_declared_as_something_worse_is_worse_from_then_on(desk: TestDesk) -> None:
    mild = desk.incidents.declare("停電", Severity.SEV3, by=ANN)
    again = desk.incidents.declare("停電", Severity.SEV1, by=EVE)
    milder = desk.incidents.declare("停電", Severity.SEV3, by=ANN)

    assert not again.is_new
    assert again.incident.id == mild.incident.id == milder.incident.id
    assert milder.incident.severity is Severity.SEV1
