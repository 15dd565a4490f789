"""`/incident`: declared anywhere, worked on in the incident's own channel."""

import re
from dataclasses import dataclass

from bot.domain.ids import CaseId, ChannelId, IncidentId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.views.desk_lists import help_of
from bot.views.incident import incidents, panel
from bot.views.incident_forms import (
    link_form,
    role_form,
    severity_form,
    stand_down_form,
    update_form,
)
from handlers.answers import Answer, say
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place, keyword
from handlers.commands.places import person
from handlers.commands.registry import command, forms_of
from handlers.desk import Desk
from handlers.incident_actions import called_by_each, declared, declaring
from handlers.payload import Typed

_QUOTED = re.compile(r"[\"“”„‟«»](?P<title>[^\"“”„‟«»]+)[\"“”„‟«»]\s*(?P<rest>.*)", re.DOTALL)
_TERM = re.compile(r"(?<!\S)(?:-?[a-z]+:\S|sev[1-3](?!\S))", re.IGNORECASE)  # where a search begins
_SEVERITY = re.compile(r"(?<!\S)(?:severity:\S*|sev[1-3](?!\S))", re.IGNORECASE)
USUAL = Severity.SEV2


@dataclass(frozen=True)
class TypedIncident:
    title: str
    severity: Severity
    search: str


def typed_incident(text: str) -> TypedIncident | None:
    """A title in quotes, or all words before the first option; None where nothing is typed."""
    if not text.strip():
        return None
    quoted = _QUOTED.match(text.strip())
    title, rest = (quoted["title"], quoted["rest"]) if quoted else _cut(text)
    graded = _SEVERITY.search(rest)
    rest = _SEVERITY.sub(" ", rest, count=1)
    if not title.strip(' "“”„‟«»'):
        raise Misread
    wanted = severity(graded[0]) if graded else None
    return TypedIncident(grammar.as_typed(title), wanted or USUAL, rest.strip())


def _cut(text: str) -> tuple[str, str]:
    """Where the first option or term of a search begins."""
    found = _TERM.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def severity(text: str) -> Severity | None:
    """`1`, `SEV1`, `severity:1`; None where nothing is typed."""
    if not text.strip():
        return None
    found = re.fullmatch(r"(?:severity:)?(?:sev)?\s?([1-3])", keyword(text))
    if found is None:
        raise Misread
    return Severity(int(found[1]))


def any_case(text: str) -> CaseId | None:
    return grammar.case(text) if text.strip() else None


def role_and_person(text: str) -> tuple[IncidentRole, Place] | None:
    """`lead @ann`; None where nothing is typed."""
    if not text.strip():
        return None
    role, whom = grammar.first(text)
    if keyword(role) not in set(IncidentRole):
        raise Misread
    return IncidentRole(keyword(role)), grammar.place(whom)


@command(
    "incident panel",
    usage="/incident panel",
    takes=grammar.nothing,
    help="in an incident's channel its state; elsewhere the form to declare one",
)
def show(desk: Desk, typed: Typed, _: None) -> Answer:
    here = desk.incidents.here(ChannelId(typed.place))
    return panel(desk.incidents.facts(here.id, by=typed.by)) if here else declaring(desk, typed.by)


@command("incident list", usage="/incident list", takes=grammar.nothing, help="open and past ones")
def list_all(desk: Desk, typed: Typed, _: None) -> Answer:
    return incidents(*desk.incidents.listed(by=typed.by))


@command(
    "incident declare",
    usage='/incident declare "TITLE" [severity:1..3] [SEARCH of cases to link]',
    takes=typed_incident,
    help="opens a channel, invites who is needed, links the cases; alone it opens a form",
)
def declare(desk: Desk, typed: Typed, wanted: TypedIncident | None) -> Answer:
    if wanted is None:
        return declaring(desk, typed.by)
    return declared(desk, wanted.title, wanted.severity, wanted.search, typed.by)


@command("incident link", usage="/incident link N", takes=any_case, help="a case is part of it")
def link(desk: Desk, typed: Typed, case: CaseId | None) -> Answer:
    here = _here(desk, typed)
    if case is None:
        return link_form(_incident(desk, here, typed))
    incident = desk.incidents.link(here, case, by=typed.by)
    return say(f"*#{case}* is part of {incident.severity} now; its cards say so.")


@command(
    "incident update",
    usage="/incident update TEXT",
    takes=grammar.any_words,
    help="the situation, for everybody there; alone it opens a form",
)
def update(desk: Desk, typed: Typed, text: str) -> Answer:
    here = _here(desk, typed)
    if not text:
        return update_form(_incident(desk, here, typed))
    desk.incidents.update(here, text, by=typed.by, once=typed.once)
    return say("✓ Posted here, and the pinned facts say it too.")


@command(
    "incident role",
    usage="/incident role lead|voice|scribe @person",
    takes=role_and_person,
    help="they are told what to do first",
)
def role(desk: Desk, typed: Typed, wanted: tuple[IncidentRole, Place] | None) -> Answer:
    here = _here(desk, typed)
    if wanted is None:
        return role_form(_incident(desk, here, typed))
    given, whom = wanted[0], person(desk, wanted[1])
    desk.incidents.give_role(here, given, whom, by=typed.by)
    return say(f"✓ <@{whom}> is the {given} and is told what to do first.")


@command(
    "incident severity",
    usage="/incident severity N",
    takes=severity,
    help="1 is the worst; it decides who is asked in and how often updates are due",
)
def grade(desk: Desk, typed: Typed, wanted: Severity | None) -> Answer:
    here = _here(desk, typed)
    if wanted is None:
        return severity_form(_incident(desk, here, typed), called_by_each(desk))
    desk.incidents.grade(here, wanted, by=typed.by)
    return say(f"✓ It is {wanted} now.")


@command(
    "incident stand-down",
    usage="/incident stand-down [what happened]",
    takes=grammar.any_words,
    help="over, with a summary that is posted and kept; alone it opens a form",
)
def stand_down(desk: Desk, typed: Typed, text: str) -> Answer:
    here = _here(desk, typed)
    if not text or keyword(text) == "down":  # `/incident stand down`
        return stand_down_form(_incident(desk, here, typed))
    desk.incidents.stand_down(here, text, by=typed.by)
    return say("✓ Stood down. The summary is posted here, and `/incident` keeps showing it.")


@command("incident help", usage="/incident help", takes=grammar.any_words, help="this list")
def help_incident(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of(forms_of("incident", desk.prefix))


def _here(desk: Desk, typed: Typed) -> IncidentId:
    return desk.incidents.must_be_here(ChannelId(typed.place), by=typed.by)


def _incident(desk: Desk, here: IncidentId, typed: Typed) -> Incident:
    return desk.incidents.facts(here, by=typed.by).incident
