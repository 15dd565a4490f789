"""Whom an incident concerns: who is called for it, who may act in it, who comes and who goes."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import effects
from bot.domain.errors import NotIncidentLead, NotInRoom
from bot.domain.ids import CLOCK, RAPID_RESPONSE, ChannelId, DepartmentKey, IncidentId, MemberId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.domain.incident_facts import Entry, Happened
from bot.services.kernel import Work
from bot.store.times import stamp

PR, LEGAL = DepartmentKey("pr"), DepartmentKey("legal")
LATE = timedelta(minutes=2)  # who comes later than that after the opening has missed something

_LEVELS = {Severity.SEV1: (1, 2), Severity.SEV2: (1,), Severity.SEV3: (1,)}
_DEPARTMENTS = {Severity.SEV1: (PR, LEGAL), Severity.SEV2: (PR,), Severity.SEV3: ()}


def called_for(work: Work, severity: Severity) -> tuple[MemberId, ...]:
    """Who is on duty, and the departments that such an incident needs; nobody who is gone."""
    on_duty = [member for level in _LEVELS[severity] for member in work.on_duty(level)]
    others = [member for key in _DEPARTMENTS[severity] for member in _of_department(work, key)]
    return tuple(dict.fromkeys([*on_duty, *others]))


def must_be_in(work: Work, incident: Incident, by: MemberId) -> None:
    if not is_in(work, incident, by):
        raise NotInRoom(incident.name if _knows_of(work, by) else "")


def is_in(work: Work, incident: Incident, by: MemberId) -> bool:
    """Members of its channel, and admins; until they are let in, who declared or leads it.

    Slack lets people in a moment before the desk knows of it.
    """
    rights = work.standing(by)
    there = incident.channel and work.tx.people.is_in(incident.channel, by)
    first = (incident.declared_by, incident.lead)
    is_first = by in first and _is_awaited(work, incident, by)
    return rights.is_admin or bool((there or is_first) and rights.is_welcome)


def is_asked_in(work: Work, incident: Incident, by: MemberId) -> bool:
    """In it, or called for it and not in yet; who was in and left is not."""
    guests = work.tx.rooms.guests(incident.id)
    awaited = any(one.member == by and not one.is_in for one in guests)
    return is_in(work, incident, by) or (awaited and work.standing(by).is_welcome)


def must_lead(work: Work, incident: Incident, by: MemberId) -> None:
    """The lead decides, or an admin; without a lead whoever is in it."""
    must_be_in(work, incident, by)
    if incident.lead not in (None, by) and not work.standing(by).is_admin:
        raise NotIncidentLead(incident.lead)


def visible(work: Work, incidents: Sequence[Incident], by: MemberId) -> list[Incident]:
    """Colleagues know of all; who is from outside, of those they are in."""
    return [one for one in incidents if _knows_of(work, by) or is_in(work, one, by)]


def _knows_of(work: Work, by: MemberId) -> bool:
    """Whether somebody may know which incidents there are."""
    rights = work.standing(by)
    is_outside = bool(rights.person and rights.person.is_outside)
    belongs = rights.is_responder or rights.is_admin or bool(rights.works_in)
    return belongs and not rights.is_gone and (rights.is_admin or not is_outside)


def _is_awaited(work: Work, incident: Incident, by: MemberId) -> bool:
    """Invited, and neither in nor refused so far."""
    guests = work.tx.rooms.guests(incident.id)
    return any(one.member == by and not one.is_in and not one.fault for one in guests)


def came(work: Work, channel: ChannelId, member: MemberId) -> None:
    """Who joins late gets what they have missed, in a message of their own."""
    incident = work.tx.incidents.at(channel)
    if incident is None or not incident.is_open or not _is_late(work, incident):
        return
    key = f"catch-up:{member}:{stamp(work.at)}"
    work.tell(effects.incident_word(key, incident.id, "catch_up", f"person:{member}"))


def went(work: Work, channel: ChannelId, member: MemberId) -> None:
    """Out of the channel of an incident: a role they had is free again."""
    incident = work.tx.incidents.at(channel)
    if incident and incident.is_open:
        _free(work, incident, member)


def gone(work: Work, member: MemberId) -> None:
    """Out of the workspace: the same, in every incident."""
    for incident in work.tx.incidents.open():
        _free(work, incident, member)


def rooms(work: Work) -> list[tuple[str, str]]:
    """The places of open incidents whose channels stand, each with its name."""
    return [
        (effects.incident_place(one.id), one.name)
        for one in work.tx.incidents.open()
        if one.channel
    ]


def room_changed(work: Work, place: str, fault: str | None) -> None:
    """Archived, opened again, or the desk was put out of it."""
    known = work.tx.people.channel_at(place)
    incident = work.tx.incidents.at(known.channel) if known and known.channel else None
    if known is None or incident is None or known.fault == fault:
        return
    if fault and incident.is_open:
        tell_fault(work, incident, fault)
    work.tx.rooms.want(incident.id, at=work.at)


def tell_of_room(work: Work, place: str, why: str) -> None:
    """What is said there waits; until the channel stands that is as it should be."""
    incident = work.tx.incidents.get(IncidentId(int(place.partition(":")[2])))
    if incident.channel and incident.is_open:
        tell_fault(work, incident, why)


def tell_fault(work: Work, incident: Incident, why: str) -> None:
    """To who leads it and to rapid response: nobody in the room would hear of it."""
    hour = work.at.strftime("%Y-%m-%dT%H")
    person = incident.lead or incident.declared_by
    for place in (f"person:{person}", RAPID_RESPONSE):
        key = f"room-fault:{hour}:{place}"
        work.tell(effects.incident_word(key, incident.id, "room_fault", place, why=why))


def refresh(work: Work, incident: Incident) -> None:
    """The pinned card, and the line that rapid response has of it."""
    if incident.channel:
        work.tell(effects.incident_facts(incident.id))
    declared = work.tx.outbox.get(f"incident:{incident.id}:declared")
    if declared:
        work.tell(declared.again())


def _free(work: Work, incident: Incident, member: MemberId) -> None:
    for role in IncidentRole:
        if incident.who(role) == member:
            incident = incident.given(role, None)
            work.tx.incidents.save(incident)
            _tell_it_is_free(work, incident, role, member)


def _tell_it_is_free(work: Work, incident: Incident, role: IncidentRole, member: MemberId) -> None:
    """The room is asked for a new lead; where nobody may be left in it, rapid response too."""
    text = f"<@{member}> left and was the {role}"
    work.tx.incidents.record(Entry(incident.id, work.at, Happened.LEAD_LEFT, CLOCK, text))
    key = f"free:{role}:{member}:{stamp(work.at)}"
    places = ["", RAPID_RESPONSE] if role is IncidentRole.LEAD else [""]
    for place in places:
        word = effects.incident_word(
            f"{key}:{place}", incident.id, "role_free", place, member=member, role=role
        )
        work.tell(word)
    refresh(work, incident)


def _is_late(work: Work, incident: Incident) -> bool:
    opened = [one.at for one in work.tx.incidents.entries(incident.id) if one.what is Happened.ROOM]
    return bool(opened) and work.at - opened[0] > LATE


def _of_department(work: Work, key: DepartmentKey) -> list[MemberId]:
    department = work.setup.departments.get(key)
    if department is None:
        return []
    lead = work.lead_of(department)
    named = [*([lead] if lead else []), *work.setup.named_in(key)]
    people = [work.tx.people.get(one) for one in dict.fromkeys([*named, *work.members_in(key)])]
    return [
        one.id
        for one in people
        if one and not one.is_gone and (not one.is_outside or one.id in named)
    ]
