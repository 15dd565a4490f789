"""What the messages of an incident show, gathered when they are about to be said."""

from bot.domain.ids import CaseId, IncidentId
from bot.domain.incident import Incident
from bot.domain.incident_facts import IncidentFacts, IncidentNote, LinkedCase
from bot.domain.outbox import Message
from bot.services.kernel import Work
from bot.services.links import card_link


def facts_of(work: Work, incident: Incident) -> IncidentFacts:
    return IncidentFacts(
        incident,
        work.at,
        cases=tuple(_linked(work, case) for case in work.tx.incidents.cases(incident.id)),
        entries=tuple(work.tx.incidents.entries(incident.id)),
        guests=tuple(work.tx.rooms.guests(incident.id)),
        admissions=tuple(work.tx.admissions.of(incident.id)),
    )


def incident_content(work: Work, message: Message) -> IncidentNote:
    args = message.args
    incident = work.tx.incidents.get(IncidentId(int(str(args["incident"]))))
    return IncidentNote(str(args["say"]), facts_of(work, incident), args)


def banner_of(work: Work, case: CaseId) -> Incident | None:
    """The open incident that a case is part of."""
    incident = work.tx.incidents.of_case(case)
    return incident if incident and incident.is_open else None


def _linked(work: Work, number: CaseId) -> LinkedCase:
    case = work.case(number)
    is_answered = case.waiting_since is not None
    return LinkedCase(case.id, case.is_open, is_answered, card_link(work, case))
