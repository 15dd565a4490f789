"""Every view of an incident; with the same words everywhere, whatever foreign words can reach."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import CaseId, ChannelId, IncidentId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.domain.incident_facts import (
    Admission,
    Entry,
    Guest,
    Happened,
    IncidentFacts,
    IncidentNote,
    LinkedCase,
)
from bot.views import incident_forms
from bot.views.drawn import Drawn
from bot.views.incident import incidents, panel
from bot.views.incident_notes import INCIDENT_NOTES, incident_note
from bot.views.limits import Block
from tests.views.made import ANN, BEN, CEM, LINK, NOW, ago

SEVEN = IncidentId(7)
CALLED = {Severity.SEV1: (ANN, BEN, CEM), Severity.SEV2: (CEM,), Severity.SEV3: ()}


def incident(words: str = "Ash, hundreds stranded") -> Incident:
    return Incident(
        SEVEN, words, f"inc-2025-11-20-{words}", Severity.SEV1, ANN, ago(50), ANN,
        NOW + timedelta(minutes=20), voice=BEN, channel=ChannelId("C077"), last_update=words,
        updated_by=ANN, updated_at=ago(10),
    )  # fmt: skip


def entries(words: str) -> tuple[Entry, ...]:
    told = {
        Happened.DECLARED: words, Happened.ROOM: words, Happened.LINKED: "#1042",
        Happened.UPDATE: words, Happened.LET_IN: "<@U1>", Happened.ROLE: "<@U1> is the voice",
        Happened.SEVERITY: "SEV2 → SEV1", Happened.REMINDED: "the room",
        Happened.LEAD_LEFT: "<@U1> left and was the lead", Happened.STOOD_DOWN: "",
    }  # fmt: skip
    marked = [Entry(SEVEN, ago(30), Happened.ADDED, CEM, text, "1.1") for text in (words, None)]
    return (*(Entry(SEVEN, ago(40), what, ANN, text) for what, text in told.items()), *marked)


def facts_of(words: str = "Ash, hundreds stranded") -> IncidentFacts:
    cases = (
        LinkedCase(CaseId(1042), True, False, LINK),
        LinkedCase(CaseId(1043), True, True),
        LinkedCase(CaseId(1044), False, False),
    )
    guests = (Guest(ANN, True), Guest(CEM, False, words))
    asked = tuple(
        Admission(number, SEVEN, BEN, Severity.SEV2, ago(5), *decided)
        for number, decided in enumerate(
            [((CaseId(1050), CaseId(1051)),), ((), ANN, ago(1), True), ((), ANN, ago(1))], start=1
        )
    )
    return IncidentFacts(incident(words), NOW, cases, entries(words), guests, asked)


def over(words: str = "Ash, hundreds stranded") -> IncidentFacts:
    facts = facts_of(words)
    ended = facts.incident.stood_down(words, ANN, NOW)
    return replace(facts, incident=ended)


def bare() -> IncidentFacts:
    """Just declared: no channel, nobody, nothing."""
    began = replace(
        incident(), channel=None, lead=None, voice=None, updated_by=None, updated_at=None,
        update_due=ago(1),
    )  # fmt: skip
    return IncidentFacts(began, NOW)


def notes(words: str = "Ash, hundreds stranded") -> dict[str, Drawn]:
    args = {
        "text": words,
        "by": BEN,
        "role": "lead",
        "member": BEN,
        "why": words,
        "last": True,
        "called": [CEM, BEN],
        "asked": 1,
        "to": f"person:{ANN}",
    }
    facts = facts_of(words)
    shown = {say: incident_note(IncidentNote(say, facts, args)) for say in INCIDENT_NOTES}
    leaderless = replace(facts, incident=replace(facts.incident, lead=None))
    return shown | {
        "summary": incident_note(IncidentNote("summary", over(words))),
        "facts_bare": incident_note(IncidentNote("facts", bare())),
        "declared_one_of_many": incident_note(
            IncidentNote("declared", facts, args | {"calm": True})
        ),
        "asks_in_led_by_another": incident_note(
            IncidentNote("asks_in", facts, args | {"to": f"person:{CEM}"})
        ),
        "asks_in_let_in": incident_note(IncidentNote("asks_in", facts, args | {"asked": 2})),
        "asks_in_not_now": incident_note(IncidentNote("asks_in", facts, args | {"asked": 3})),
        "not_let_in_over": incident_note(IncidentNote("not_let_in", over(words))),
        "lead_wanted": incident_note(IncidentNote("role_free", leaderless, args)),
    }


def lists(words: str = "Ash, hundreds stranded") -> dict[str, Drawn]:
    return {
        "incident": panel(facts_of(words)),
        "incidents": incidents((facts_of(words), bare(), over(words))),
        "incidents_none": incidents(()),
    }


def forms(words: str = "Ash, hundreds stranded") -> dict[str, Block]:
    one = incident(words)
    return {
        "declare": incident_forms.declare_form(CALLED),
        "incident_update": incident_forms.update_form(one),
        "incident_role": incident_forms.role_form(one),
        "incident_link": incident_forms.link_form(one),
        "incident_severity": incident_forms.severity_form(one, CALLED),
        "incident_stand_down": incident_forms.stand_down_form(one),
    }


ROLES = {
    f"role_{role}": incident_note(IncidentNote("role", facts_of(), {"role": role}))
    for role in IncidentRole
}
