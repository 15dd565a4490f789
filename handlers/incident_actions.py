"""The buttons, forms and marks of an incident: its channel is where they count."""

from bot.domain.errors import NobodyChosen, NoIncidentHere
from bot.domain.ids import IncidentId, MemberId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.services.incidents import Declared
from bot.views.drawn import Drawn
from bot.views.ids import Action, Field, Form
from bot.views.incident import asked_about, room_of
from bot.views.incident_forms import (
    Called,
    declare_form,
    link_form,
    role_form,
    severity_form,
    stand_down_form,
    update_form,
)
from bot.views.incident_notes import catch_up
from bot.views.limits import Block
from bot.views.phrases import counted, people
from bot.views.sheets import sheet
from handlers.answers import Answer, say
from handlers.case_forms import number_of
from handlers.desk import Desk
from handlers.heard import Heard
from handlers.listeners import event, press, shortcut, submission
from handlers.memo import parsed
from handlers.payload import Picked, Press, Submission

PINS = frozenset({"pushpin", "round_pushpin"})

# What the command and the forms share


def declaring(desk: Desk, by: MemberId) -> Answer:
    return declare_form(desk.incidents.declaring(by=by))


def called_by_each(desk: Desk) -> Called:
    """Whom each severity asks in."""
    return {one: desk.incidents.called_for(one) for one in Severity}


def declared(desk: Desk, title: str, severity: Severity, search: str, by: MemberId) -> Drawn:
    """The cases are looked for first: a search with a fault opens no channel."""
    found = desk.boards.linkable(search, by=by) if search else None
    cases = [line.case.id for line in found.lines] if found else []
    none = " No open case where you work matches the search, so none is linked."
    linked = f" {counted(len(cases), 'case')} linked." if cases else none if found else ""
    left = f"{found.more:,} more match" if found and found.more else ""
    more = f" {left}; `/incident link N` adds them." if left else ""
    return told(desk.incidents.declare(title, severity, cases, by=by), linked + more, by)


def told(made: Declared, linked: str, by: MemberId) -> Drawn:
    if made.is_asked:
        return asked_about()
    incident, room = made.incident, room_of(made.incident)
    if not made.is_new:
        first = "You" if incident.declared_by == by else f"<@{incident.declared_by}>"
        return say(f"{first} declared this already: {room}. You are invited to it.{linked}")
    whom = people(one for one in made.called if one != by) or "nobody else: nobody is on duty"
    return say(f"✓ {incident.severity} declared. {room} opens now and asks in {whom}.{linked}")


# Opening


@press(Action.INCIDENT_UPDATE)
def update(desk: Desk, pressed: Press) -> Answer:
    return update_form(_incident(desk, pressed))


@press(Action.INCIDENT_ROLE)
def role(desk: Desk, pressed: Press) -> Answer:
    return role_form(_incident(desk, pressed))


@press(Action.INCIDENT_LINK)
def link(desk: Desk, pressed: Press) -> Answer:
    return link_form(_incident(desk, pressed))


@press(Action.INCIDENT_SEVERITY)
def severity(desk: Desk, pressed: Press) -> Answer:
    return severity_form(_incident(desk, pressed), called_by_each(desk))


@press(Action.INCIDENT_STAND_DOWN)
def stand_down(desk: Desk, pressed: Press) -> Answer:
    return stand_down_form(_incident(desk, pressed))


@press(Action.INCIDENT_CATCH_UP)
def catch_me_up(desk: Desk, pressed: Press) -> Answer:
    return catch_up(desk.incidents.facts(IncidentId(pressed.memo.number), by=pressed.by))


@press(Action.INCIDENT_TAKE_LEAD)
def take_lead(desk: Desk, pressed: Press) -> None:
    number = IncidentId(pressed.memo.number)
    desk.incidents.give_role(number, IncidentRole.LEAD, pressed.by, by=pressed.by)


@press(Action.INCIDENT_LET_IN)
def let_in(desk: Desk, pressed: Press) -> None:
    desk.incidents.decide(pressed.memo.number, is_in=True, by=pressed.by)


@press(Action.INCIDENT_NOT_NOW)
def not_now(desk: Desk, pressed: Press) -> None:
    desk.incidents.decide(pressed.memo.number, is_in=False, by=pressed.by)


def _incident(desk: Desk, pressed: Press) -> Incident:
    return desk.incidents.facts(IncidentId(pressed.memo.number), by=pressed.by).incident


# Sent


@submission(Form.DECLARE)
def declare_it(desk: Desk, sent: Submission) -> Block:
    title, search = sent.text(Field.TITLE), sent.text(Field.CONDITIONS)
    answer = declared(desk, title, _severity(sent), search, sent.by)
    return sheet("Incident", answer)


@submission(Form.INCIDENT_UPDATE)
def post_update(desk: Desk, sent: Submission) -> None:
    number, text = IncidentId(sent.memo.number), sent.text(Field.TEXT)
    desk.incidents.update(number, text, by=sent.by, once=sent.view)


@submission(Form.INCIDENT_ROLE)
def give_role(desk: Desk, sent: Submission) -> None:
    role, to = parsed(IncidentRole, sent.choice(Field.ROLE), "role"), sent.person(Field.PERSON)
    if to is None:
        raise NobodyChosen()
    desk.incidents.give_role(IncidentId(sent.memo.number), role, to, by=sent.by)


@submission(Form.INCIDENT_LINK)
def link_it(desk: Desk, sent: Submission) -> None:
    case = number_of(sent.text(Field.INTO))
    desk.incidents.link(IncidentId(sent.memo.number), case, by=sent.by)


@submission(Form.INCIDENT_SEVERITY)
def grade(desk: Desk, sent: Submission) -> None:
    desk.incidents.grade(IncidentId(sent.memo.number), _severity(sent), by=sent.by)


@submission(Form.INCIDENT_STAND_DOWN)
def stand_it_down(desk: Desk, sent: Submission) -> None:
    desk.incidents.stand_down(IncidentId(sent.memo.number), sent.text(Field.TEXT), by=sent.by)


def _severity(sent: Submission) -> Severity:
    return parsed(lambda text: Severity(int(text)), sent.choice(Field.SEVERITY), "severity")


# Marked


@shortcut(
    "add_to_timeline",
    name="Add to timeline",
    description="What was said here goes into the incident's timeline",
)
def add_to_timeline(desk: Desk, picked: Picked) -> Answer:
    words = picked.text.strip()
    if desk.incidents.add(picked.channel, picked.message, words, by=picked.by) is None:
        raise NoIncidentHere(())
    return say("✓ Added to the timeline.")


@event("reaction_added")
def marked(desk: Desk, heard: Heard) -> None:
    """A pin in an incident's channel; its words are read afterwards, since it carries none."""
    if heard.reaction in PINS and heard.is_by_a_person:
        desk.incidents.mark(heard.marked_in, heard.marked, by=heard.member)
