"""The forms of an incident: declare it, say how it stands, give a role, link, grade, stand down."""

from bot.domain.ids import MemberId
from bot.domain.incident import LONGEST_TITLE, Incident, IncidentRole, Severity
from bot.views.blocks import (
    context,
    input_block,
    modal,
    options,
    radio,
    text_input,
    users_select,
)
from bot.views.ids import Field, Form
from bot.views.limits import Block
from bot.views.phrases import counted, people

_TOLD = 2500
_SEVERITIES = {
    Severity.SEV1: "SEV1: many customers, the press, or safety",
    Severity.SEV2: "SEV2: many customers, and it grows",
    Severity.SEV3: "SEV3: some customers, worth watching together",
}
_ROLES = {
    IncidentRole.LEAD: "Lead: decides",
    IncidentRole.VOICE: "Voice: the one who speaks for us",
    IncidentRole.SCRIBE: "Scribe: keeps the timeline",
}

Called = dict[Severity, tuple[MemberId, ...]]


def declare_form(called: Called) -> Block:
    """Says whom each severity disturbs before it does."""
    title = text_input(Field.TITLE, max_length=LONGEST_TITLE, placeholder="Ash cloud over Iceland")
    search = text_input(Field.CONDITIONS, placeholder="words:ash,stranded is:open")
    return modal(
        "Declare an incident",
        [
            input_block(Field.TITLE, "What is wrong?", title, "It becomes the channel's name."),
            input_block(Field.SEVERITY, "How bad is it?", _severities(Severity.SEV2)),
            *(context(f"*{one}* asks in {_whom(called[one])}") for one in Severity),
            input_block(
                Field.CONDITIONS, "Cases to link", search, "A search as in /case find.", True
            ),
        ],
        "Open the channel",
        Form.DECLARE,
        "",
    )


def update_form(incident: Incident) -> Block:
    hint = "What we know, what we do, what comes next. Two sentences are enough."
    typed = text_input(Field.TEXT, multiline=True, max_length=_TOLD)
    return _form(incident, "What is the situation?", [
        input_block(Field.TEXT, "For everybody in the channel", typed, hint)
    ], "Post", Form.INCIDENT_UPDATE)  # fmt: skip


def role_form(incident: Incident) -> Block:
    roles = radio(Field.ROLE, options((_ROLES[one], one) for one in IncidentRole), "lead")
    return _form(incident, "Roles", [
        input_block(Field.ROLE, "Which role?", roles),
        input_block(Field.PERSON, "Who?", users_select(Field.PERSON, "A colleague")),
        context("They are asked into the channel and told what to do first."),
    ], "Give", Form.INCIDENT_ROLE)  # fmt: skip


def link_form(incident: Incident) -> Block:
    typed = text_input(Field.INTO, placeholder="#1042")
    return _form(incident, "Link a case", [
        input_block(Field.INTO, "Number of the case", typed)
    ], "Link", Form.INCIDENT_LINK)  # fmt: skip


def severity_form(incident: Incident, called: Called) -> Block:
    return _form(incident, "Severity", [
        input_block(Field.SEVERITY, "How bad is it?", _severities(incident.severity)),
        *(context(f"*{one}* asks in {_whom(called[one])}") for one in Severity),
    ], "Change", Form.INCIDENT_SEVERITY)  # fmt: skip


def stand_down_form(incident: Incident) -> Block:
    hint = "Facts only, no blame: what was wrong, what helped, what we learnt."
    typed = text_input(Field.TEXT, multiline=True, max_length=_TOLD)
    return _form(incident, "Stand down", [
        input_block(Field.TEXT, "What happened?", typed, hint),
        context("Timeline, times and cases are added. Linked cases stay as they are."),
    ], "Stand down", Form.INCIDENT_STAND_DOWN)  # fmt: skip


def _form(incident: Incident, title: str, blocks: list[Block], submit: str, form: Form) -> Block:
    return modal(title, blocks, submit, form, str(incident.id))


def _severities(initial: Severity) -> Block:
    choices = options((_SEVERITIES[one], str(int(one))) for one in Severity)
    return radio(Field.SEVERITY, choices, str(int(initial)))


def _whom(members: tuple[MemberId, ...]) -> str:
    if not members:
        return "nobody but you: nobody is on duty"
    return f"{counted(len(members), 'person', 'people')}: {people(members)}"
