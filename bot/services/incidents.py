"""What people do with an incident: declare it, link cases, say how it stands, stand it down."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import effects
from bot.domain.blank import is_blank, must_say
from bot.domain.errors import LeavesCompany, NeedsWords, NoIncidentHere, NoSuchPerson
from bot.domain.ids import RAPID_RESPONSE, CaseId, ChannelId, IncidentId, MemberId
from bot.domain.incident import (
    CRISIS,
    LONGEST_TITLE,
    Incident,
    IncidentRole,
    Severity,
    free_name,
    identity,
    room_name,
)
from bot.domain.incident_facts import Entry, Happened, IncidentFacts
from bot.domain.timeline import What
from bot.services import admissions
from bot.services.escalating import ring
from bot.services.incident_contents import banner_of, facts_of
from bot.services.incident_links import link_cases, redraw_cards
from bot.services.incident_people import (
    called_for,
    is_asked_in,
    is_in,
    must_be_in,
    must_lead,
    refresh,
    visible,
)
from bot.services.kernel import Kernel, Work
from bot.services.repeats import declares_much, is_given_much

LISTED = 20
_FIRST = IncidentId(0)  # until the store has numbered it


@dataclass(frozen=True)
class Declared:
    """`is_new`: False where another was first; then this is theirs.

    `is_asked`: its lead was asked whether to let them in, and that is all they hear of it.
    """

    incident: Incident
    is_new: bool
    called: tuple[MemberId, ...]
    is_asked: bool = False


class Incidents:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def declare(
        self, title: str, severity: Severity, cases: Sequence[CaseId] = (), *, by: MemberId
    ) -> Declared:
        """Its channel follows; the same title of the same day is the same incident."""
        with self._kernel.work() as work:
            _may_declare(work, by)
            return _declare(work, title, severity, cases, by)

    def escalate(self, case: CaseId, reason: str, *, by: MemberId) -> Declared:
        """The highest rung of *Escalate*: a channel for the case, and whom a crisis needs."""
        with self._kernel.work() as work:
            found = work.case(case)
            work.around(found, by)
            must_say(reason)
            if banner_of(work, case) is None:  # else it is in one: this one, or it is refused
                escalated = found.escalate(reason)
                found = work.keep(escalated, What.ESCALATED, by, reason=reason, to="crisis")
            made = _declare(work, reason, CRISIS, [case], by)
            if made.is_asked:  # nobody else has heard of the case yet
                ring(work, found, by)
            return made

    def decide(self, admission: int, *, is_in: bool, by: MemberId) -> None:
        """Whether somebody who declared the same is let in."""
        with self._kernel.work() as work:
            admissions.decide(work, admission, by, is_in=is_in)

    def link(self, number: IncidentId, case: CaseId, *, by: MemberId) -> Incident:
        with self._kernel.work() as work:
            incident = _of(work, number, by)
            link_cases(work, incident, [case], by)
            refresh(work, incident)
            return incident

    def update(self, number: IncidentId, text: str, *, by: MemberId, once: str = "") -> Incident:
        """How it stands, for the whole room; `once` tells the same form sent again from another."""
        with self._kernel.work() as work:
            incident = _of(work, number, by)
            text = _words(text, "update")
            if once and not work.tx.seen.first(f"update:{once}", work.at):
                return incident
            kept = _keep(work, incident.updated(text, by, work.at), Happened.UPDATE, by, text)
            key = f"update:{len(work.tx.incidents.entries(number))}"
            work.tell(effects.incident_word(key, number, "update", text=text, by=by))
            return kept

    def give_role(
        self, number: IncidentId, role: IncidentRole, to: MemberId, *, by: MemberId
    ) -> Incident:
        """They are told what to do first, and asked into the room."""
        with self._kernel.work() as work:
            incident = _of(work, number, by)
            if role is IncidentRole.LEAD:
                must_lead(work, incident, by)
            _may_come_in(work, to)
            text = f"<@{to}> is the {role}"
            kept = _keep(work, incident.given(role, to), Happened.ROLE, by, text)
            work.tx.rooms.ask_in(number, [to])
            if not is_given_much(work, number, text):
                tell_role(work, kept, role, to)
            if role is IncidentRole.LEAD:
                admissions.ask_new_lead(work, kept)
            return kept

    def grade(self, number: IncidentId, severity: Severity, *, by: MemberId) -> Incident:
        """Whom the new severity needs is asked in; nobody is sent away."""
        with self._kernel.work() as work:
            return _graded(work, _of(work, number, by), severity, by)

    def stand_down(self, number: IncidentId, words: str, *, by: MemberId) -> Incident:
        """Over, with a summary that is posted and kept; its cases stay what they are."""
        with self._kernel.work() as work:
            incident = _of(work, number, by)
            must_lead(work, incident, by)
            over = incident.stood_down(_words(words, "summary"), by, work.at)
            kept = _keep(work, over, Happened.STOOD_DOWN, by, "")
            work.tell(effects.incident_word("summary", number, "summary"))
            admissions.end(work, kept, by)
            redraw_cards(work, number)
            return kept

    def add(
        self, channel: ChannelId, message: str, text: str | None, *, by: MemberId
    ) -> Incident | None:
        """A message of the room goes into the timeline, once; None: it is no incident's room."""
        with self._kernel.work() as work:
            incident = work.tx.incidents.at(channel)
            if incident is None:
                return None
            must_be_in(work, incident, by)
            work.tx.incidents.record(Entry(incident.id, work.at, Happened.ADDED, by, text, message))
            return incident

    def mark(self, channel: ChannelId, message: str, *, by: MemberId) -> None:
        """The same by a reaction, whose words are read later; elsewhere it means nothing."""
        with self._kernel.look() as work:
            incident = work.tx.incidents.at(channel)
            if incident is None or not message or not is_in(work, incident, by):
                return
        self.add(channel, message, None, by=by)

    # Looking

    def here(self, channel: ChannelId) -> Incident | None:
        with self._kernel.look() as work:
            return work.tx.incidents.at(channel)

    def must_be_here(self, channel: ChannelId, *, by: MemberId) -> IncidentId:
        """Raises NoIncidentHere, which names the channels that they are in."""
        with self._kernel.look() as work:
            incident = work.tx.incidents.at(channel)
            if incident is None:
                theirs = (one.name for one in work.tx.incidents.open() if is_in(work, one, by))
                raise NoIncidentHere(tuple(theirs))
            return incident.id

    def facts(self, number: IncidentId, *, by: MemberId) -> IncidentFacts:
        with self._kernel.look() as work:
            return facts_of(work, _of(work, number, by))

    def all(self, *, by: MemberId) -> tuple[IncidentFacts, ...]:
        """The open ones, the worst first, and then the last that are over."""
        return self.listed(by=by)[0]

    def listed(self, *, by: MemberId) -> tuple[tuple[IncidentFacts, ...], int]:
        """The same, and how many there are besides."""
        with self._kernel.look() as work:
            _may_declare(work, by)
            still = work.tx.incidents.open()
            found = [*still, *work.tx.incidents.over(limit=max(LISTED - len(still), 0))]
            shown = visible(work, found, by)
            more = work.tx.incidents.count() - len(found) if len(shown) == len(found) else 0
            return tuple(facts_of(work, one) for one in shown), more

    def count(self) -> int:
        """All there have been."""
        with self._kernel.look() as work:
            return work.tx.incidents.count()

    def called_for(self, severity: Severity) -> tuple[MemberId, ...]:
        """Who would be asked in now."""
        with self._kernel.look() as work:
            return called_for(work, severity)

    def declaring(self, *, by: MemberId) -> dict[Severity, tuple[MemberId, ...]]:
        """Whom each severity asks in, for somebody who may declare."""
        with self._kernel.look() as work:
            _may_declare(work, by)
            return {one: called_for(work, one) for one in Severity}


def tell_role(work: Work, incident: Incident, role: IncidentRole, to: MemberId) -> None:
    """What the person with this role does first; once the room stands, so that it can be named."""
    if incident.channel:
        key = f"role:{role}:{to}:{len(work.tx.incidents.entries(incident.id))}"
        work.tell(effects.incident_word(key, incident.id, "role", f"person:{to}", role=role))


def _declare(
    work: Work, title: str, severity: Severity, cases: Sequence[CaseId], by: MemberId
) -> Declared:
    title = " ".join(_words(title, "title").split())
    wish = identity(title, work.at)
    first = work.tx.incidents.wished(wish)
    if first and not is_asked_in(work, first, by):
        admissions.ask(work, first, severity, cases, by)
        return Declared(first, False, (), is_asked=True)
    incident = first or _opened(work, title[:LONGEST_TITLE], wish, severity, by)
    if severity < incident.severity:  # 1 is the worst: what is worse now is never lost in it
        incident = _graded(work, incident, severity, by)
    link_cases(work, incident, cases, by)
    called = called_for(work, incident.severity)
    work.tx.rooms.ask_in(incident.id, [by] if first else dict.fromkeys([by, *called]))
    work.tx.rooms.want(incident.id, at=work.at)
    refresh(work, incident)
    return Declared(incident, first is None, called)


def _graded(work: Work, incident: Incident, severity: Severity, by: MemberId) -> Incident:
    number, text = incident.id, f"{incident.severity} → {severity}"
    kept = _keep(work, incident.graded(severity, work.at), Happened.SEVERITY, by, text)
    work.tx.rooms.ask_in(number, called_for(work, severity))
    key = f"severity:{len(work.tx.incidents.entries(number))}"
    work.tell(effects.incident_word(key, number, "severity", text=text, by=by))
    redraw_cards(work, number)
    return kept


def _opened(work: Work, title: str, wish: str, severity: Severity, by: MemberId) -> Incident:
    base = room_name(title, work.at)
    name = free_name(base, work.tx.incidents.names_like(base))
    due = work.at + severity.update_every
    new = Incident(_FIRST, title, name, severity, by, work.at, by, due)
    incident = work.tx.incidents.add(new, wish)
    work.tx.rooms.add(incident.id, name, at=work.at)
    work.tx.incidents.record(Entry(incident.id, work.at, Happened.DECLARED, by, title))
    called = [member for member in called_for(work, severity) if member != by]
    words = {"called": called, "calm": declares_much(work, by)}
    work.tell(effects.incident_word("declared", incident.id, "declared", RAPID_RESPONSE, **words))
    return incident


def _keep(work: Work, incident: Incident, what: Happened, by: MemberId, text: str) -> Incident:
    work.tx.incidents.save(incident)
    work.tx.incidents.record(Entry(incident.id, work.at, what, by, text))
    work.tx.rooms.want(incident.id, at=work.at)
    refresh(work, incident)
    return incident


def _of(work: Work, number: IncidentId, by: MemberId) -> Incident:
    incident = work.tx.incidents.get(number)
    must_be_in(work, incident, by)
    return incident


def _may_declare(work: Work, by: MemberId) -> None:
    """Everybody whom the desk knows: a department, rapid response, an admin."""
    rights = work.standing(by)
    if not rights.is_responder:
        rights.must_belong_somewhere(work.setup)


def _may_come_in(work: Work, to: MemberId) -> None:
    rights = work.standing(to)
    if rights.person is None or rights.is_gone:
        raise NoSuchPerson(to)
    if not rights.is_welcome:
        raise LeavesCompany(person=to)


def _words(text: str, what: str) -> str:
    if is_blank(text):
        raise NeedsWords(what)
    return text.strip()
