"""The cases of an incident: what links them, and their cards that say so."""

from collections.abc import Sequence

from bot.domain.errors import LinkedAlready
from bot.domain.ids import CaseId, IncidentId, MemberId
from bot.domain.incident import Incident
from bot.domain.incident_facts import Entry, Happened
from bot.domain.timeline import What
from bot.services.kernel import Work

AT_ONCE = 20  # cards that are drawn anew in the transaction itself
REDRAW = "redraw"  # the timer of a case that has only to be shown anew
NAMED = 10  # cases in one line of the timeline


def link_cases(work: Work, incident: Incident, cases: Sequence[CaseId], by: MemberId) -> None:
    """Their cards carry the banner from now on; the timeline says it in one line."""
    incident.must_be_open()
    linked = [number for number in cases if _is_linked_now(work, incident, number, by)]
    if linked:
        rest = f" and {len(linked) - NAMED} more" if len(linked) > NAMED else ""
        text = ", ".join(f"#{number}" for number in linked[:NAMED]) + rest
        work.tx.incidents.record(Entry(incident.id, work.at, Happened.LINKED, by, text))


def _is_linked_now(work: Work, incident: Incident, number: CaseId, by: MemberId) -> bool:
    """False where it was before; what is part of another incident is refused."""
    case = work.case(number)
    must_have_to_do_with(work, number, by)
    before = work.tx.incidents.of_case(number)
    if before and before.id == incident.id:
        return False
    if before and before.is_open:
        raise LinkedAlready(before.title)
    work.tx.incidents.link(number, incident.id, by=by, at=work.at)
    work.keep(case.touched(), What.LINKED, by, incident=incident.id, title=incident.title)
    return True


def must_have_to_do_with(work: Work, number: CaseId, by: MemberId) -> None:
    """Rapid response with any case; others with those that they may see."""
    if not work.standing(by).is_responder:
        work.around(work.case(number), by)


def redraw_cards(work: Work, number: IncidentId) -> None:
    """Those of its cases; of very many the clock draws the others, some at a time."""
    cases = work.tx.incidents.cases(number)
    for case in cases[:AT_ONCE]:
        work.refresh(work.case(case))
    if len(cases) > AT_ONCE:
        work.tx.timers.set_for_incident(number, REDRAW, work.at)
