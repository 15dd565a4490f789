"""Into an incident from outside: asked for by declaring the same, decided by who leads it.

Who asks hears only that they were asked about, and later what was decided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import effects
from bot.domain.errors import NothingToChange, Tampered
from bot.domain.ids import CaseId, MemberId
from bot.domain.incident import Incident, Severity
from bot.domain.incident_facts import Admission, Entry, Happened
from bot.services.incident_links import link_cases, must_have_to_do_with
from bot.services.incident_people import is_in, must_lead, refresh
from bot.services.kernel import Work

AGAIN_AFTER = timedelta(hours=1)  # after a no


def ask(
    work: Work, incident: Incident, severity: Severity, cases: Sequence[CaseId], by: MemberId
) -> None:
    """Asked again while nobody has decided, it only adds: nobody is disturbed twice."""
    for case in cases:
        must_have_to_do_with(work, case, by)
    theirs = [one for one in work.tx.admissions.of(incident.id) if one.member == by]
    if waiting := next((one for one in theirs if one.is_open), None):
        worst, brought = min(severity, waiting.severity), dict.fromkeys([*waiting.cases, *cases])
        asked = replace(waiting, severity=worst, cases=tuple(brought))
        work.tx.admissions.save(asked)
        _redraw(work, asked)
        return
    _not_refused_just_now(work, theirs)
    new = Admission(0, incident.id, by, severity, work.at, tuple(dict.fromkeys(cases)))
    _put(work, incident, work.tx.admissions.add(new))


def decide(work: Work, number: int, by: MemberId, *, is_in: bool) -> Incident:
    """They come in with their cases, or stay outside; they hear which."""
    asked = work.tx.admissions.get(number)
    if asked is None:
        raise Tampered("admission")
    incident = work.tx.incidents.get(asked.incident)
    must_lead(work, incident, by)
    if (asked.decided_by, asked.is_in) == (by, is_in):
        return incident  # the same press, heard twice
    if asked.decided_by:
        raise NothingToChange(f"<@{asked.decided_by}> has decided it already")
    incident.must_be_open()
    _decide(work, asked, by, is_in=is_in)
    if is_in:
        work.tx.rooms.ask_in(incident.id, [asked.member])
        text = f"<@{asked.member}>"
        work.tx.incidents.record(Entry(incident.id, work.at, Happened.LET_IN, by, text))
        link_cases(work, incident, list(_free(work, asked)), asked.member)
        work.tx.rooms.want(incident.id, at=work.at)
        refresh(work, incident)
    return incident


def ask_new_lead(work: Work, incident: Incident) -> None:
    """Who leads from now on is asked about everybody who waits."""
    for asked in _waiting(work, incident):
        _put(work, incident, asked)
        _redraw(work, asked)


def end(work: Work, incident: Incident, by: MemberId) -> None:
    """It is over: nobody has to be let in, and who waits hears of it."""
    for asked in _waiting(work, incident):
        _decide(work, asked, by, is_in=False)


def _decide(work: Work, asked: Admission, by: MemberId, *, is_in: bool) -> None:
    work.tx.admissions.decide(asked.id, is_in=is_in, by=by, at=work.at)
    _redraw(work, asked)
    outcome = "let_in" if is_in else "not_let_in"
    place = f"person:{asked.member}"
    work.tell(effects.incident_word(f"admitted:{asked.id}", asked.incident, outcome, place))


def _put(work: Work, incident: Incident, asked: Admission) -> None:
    places = list(_deciding(work, incident))
    work.tx.admissions.save(replace(asked, told=tuple(dict.fromkeys([*asked.told, *places]))))
    for place in places:
        key = _key(asked, place)
        work.tell(
            effects.incident_word(key, incident.id, "asks_in", place, asked=asked.id, to=place)
        )


def _deciding(work: Work, incident: Incident) -> Iterator[str]:
    """Who leads it; without a lead the room; where nobody is in it, the admins."""
    if incident.lead and not work.is_gone(incident.lead):
        yield f"person:{incident.lead}"
        return
    there = work.tx.people.members(incident.channel) if incident.channel else []
    admins = work.standing(incident.declared_by).admins
    if not admins or any(is_in(work, incident, one) for one in there):
        yield effects.incident_place(incident.id)
        return
    yield from (f"person:{one}" for one in admins)


def _redraw(work: Work, asked: Admission) -> None:
    keys = (f"incident:{asked.incident}:{_key(asked, place)}" for place in asked.told)
    work.tell(*(one.again() for one in map(work.tx.outbox.get, keys) if one))


def _key(asked: Admission, place: str) -> str:
    return f"admission:{asked.id}:{place}"


def _waiting(work: Work, incident: Incident) -> list[Admission]:
    return [one for one in work.tx.admissions.of(incident.id) if one.is_open]


def _free(work: Work, asked: Admission) -> Iterator[CaseId]:
    """Those of their cases that are part of no other incident, and still theirs."""
    rights = work.standing(asked.member)
    for number in asked.cases:
        before = work.tx.incidents.of_case(number)
        owner = work.setup.owner(work.case(number).department)
        is_theirs = rights.is_responder or owner.key in rights.works_in
        if is_theirs and not (before and before.is_open):
            yield number


def _not_refused_just_now(work: Work, theirs: Sequence[Admission]) -> None:
    for one in theirs:
        refused = None if one.is_in else one.decided_at
        if refused and work.at - refused < AGAIN_AFTER:
            minutes = int((work.at - refused).total_seconds() // 60)
            raise NothingToChange(f"you were not let in {minutes} min ago; ask its lead directly")
