"""Passing a case on: the hand-off with its contract, the escalation that says whom it disturbs."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.department import Department
from bot.domain.reply_form import Escalation, HandOffChoice
from bot.views.blocks import (
    context,
    input_block,
    modal,
    options,
    radio,
    section,
    static_select,
    text_input,
    user,
    users_select,
)
from bot.views.ids import Field, Form, Whom
from bot.views.limits import Block
from bot.views.phrases import counted, moment, name, number, people

_REASON = 300
_ASK = 1000


def hand_off_form(choice: HandOffChoice) -> Block:
    """To a department or a person, with the ask and what was promised already."""
    return modal(
        f"Hand off #{choice.case.id}",
        [
            *_receivers(choice.departments),
            input_block(
                Field.PERSON, "or to a person", users_select(Field.PERSON, "Who"), optional=True
            ),
            _typed(Field.TEXT, "What should they do?", "The full history goes with it."),
            _typed(Field.PROMISED, "What was the customer promised?", "", optional=True),
            *_needs(choice.departments),
            *_closed(choice),
        ],
        "Hand off",
        Form.HAND_OFF,
        str(choice.case.id),
    )


def offered_told(case: Case, now: datetime) -> str:
    """The answer to whoever offers it: nothing has moved before somebody accepts."""
    offer = case.hand_off
    to = user(offer.person) if offer and offer.person else f"*{name(case.department)}*"
    until = f" by {moment(offer.due, now)}" if offer else ""
    back = "You are told if they return it, and it comes back if nobody accepts it"
    return f"{number(case.id)} is offered to {to}. {back}{until}."


def return_form(case: Case) -> Block:
    """Whoever gets it again reads first why it is not for this department."""
    sender = user(case.hand_off.sender) if case.hand_off else "its sender"
    why = text_input(Field.REASON, multiline=True, max_length=_REASON)
    return modal(
        f"Return #{case.id}",
        [
            section(f"It goes back to {sender}, or to their queue. They are told at once."),
            input_block(Field.REASON, "Why is it not for you?", why, "They read this first."),
        ],
        "Return",
        Form.GIVE_BACK,
        str(case.id),
    )


def also_form(choice: HandOffChoice) -> Block:
    """Another department follows with its own part; the case stays where it is."""
    return modal(
        f"Ask along for #{choice.case.id}",
        [
            *_receivers(choice.departments, label="Which department", optional=False),
            _typed(Field.TEXT, "What should they do?", "The case and its clocks stay here."),
        ],
        "Ask",
        Form.ALSO,
        str(choice.case.id),
    )


def escalate_form(escalation: Escalation) -> Block:
    """Says whom each rung disturbs before it does."""
    rungs = [("Rapid response, pinged now", Whom.RAPID_RESPONSE)]
    if escalation.lead:
        rungs.insert(0, (f"{_lead(escalation)}, in a direct message", Whom.LEAD))
    rungs.append((f"Crisis: a channel, {_how_many(escalation)}", Whom.CRISIS))
    choices = radio(Field.WHOM, options(rungs), rungs[0][1])
    reason = text_input(Field.REASON, multiline=True, max_length=_REASON)
    return modal(
        f"Escalate #{escalation.case.id}",
        [
            section(_disturbed(escalation)),
            input_block(Field.WHOM, "Whom do you need?", choices),
            input_block(Field.REASON, "Why", reason, "They read this first."),
        ],
        "Escalate",
        Form.ESCALATE,
        str(escalation.case.id),
    )


def _disturbed(escalation: Escalation) -> str:
    called = people(escalation.on_duty)
    rapid = (
        f"{called} now"
        if called
        else "nobody else is on call, so everybody in the channel is called"
    )
    crisis = people(escalation.crisis) or "you alone; nobody is on duty"
    return (
        f"*{_lead(escalation)}*: {_who_leads(escalation)}\n"
        f"*Rapid response*: {rapid}\n*Crisis*: a channel with {crisis}"
    )


def _lead(escalation: Escalation) -> str:
    """Nobody is their own lead."""
    return "Another lead" if escalation.leads else "My lead"


def _who_leads(escalation: Escalation) -> str:
    if escalation.lead:
        return user(escalation.lead)
    if escalation.leads:
        return "nobody; you lead this department. Rapid response is next"
    return "nobody is named; an admin can name one"


def _how_many(escalation: Escalation) -> str:
    return counted(len(escalation.crisis), "person", "people")


def _receivers(
    departments: tuple[Department, ...], *, label: str = "To a department", optional: bool = True
) -> list[Block]:
    """Slack refuses a list without choices, so a desk of one department has none."""
    if not departments:
        return []
    choices = options((one.name, one.key) for one in departments)
    select = static_select(Field.DEPARTMENT, choices, "Department")
    return [input_block(Field.DEPARTMENT, label, select, optional=optional)]


def _typed(field: Field, label: str, hint: str, optional: bool = False) -> Block:
    typed = text_input(field, multiline=True, max_length=_ASK)
    return input_block(field, label, typed, hint or None, optional)


def _needs(departments: tuple[Department, ...]) -> list[Block]:
    """What each receiver always asks for; a hand-off without it is not refused."""
    return [
        context(f"*{name(one.name)}* needs: {', '.join(name(need) for need in one.handoff_needs)}")
        for one in departments
        if one.handoff_needs
    ]


def _closed(choice: HandOffChoice) -> list[Block]:
    """Who is not there now, until when, and who stands in."""
    names = {one.key: one.name for one in choice.departments}
    return [
        context(_opening(one, choice, names.get(one.cover or one.key, "")))
        for one in choice.departments
        if not one.calendar.is_open(choice.now)
    ]


def _opening(department: Department, choice: HandOffChoice, cover: str) -> str:
    opens_at = department.calendar.opens_at(choice.now)
    until = f"opens {moment(opens_at, choice.now)}" if opens_at else "does not open again"
    stands_in = f", {name(cover)} covers until then" if department.cover and cover else ""
    return f"*{name(department.name)}* is closed, {until}{stands_in}"
