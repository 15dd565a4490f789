"""The same form or command, sent again because nobody answered, is one act."""

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
