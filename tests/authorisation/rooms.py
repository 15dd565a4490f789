"""The rows of incidents: their channel is where they are led, and its members are the right."""

from bot.views.ids import Action, Form
from tests.authorisation import scenes
from tests.authorisation.cast import Cell, Target
from tests.authorisation.rows import FREE, Right, Row, Tells, asks, form, opens, press, sets
from tests.authorisation.scenes import Scene, in_room
from tests.company import TOM, channel_of
from tests.handlers.house import Json, chosen, chosen_person

A, F, R = Action, Form, Right
STANDS = (Target.OWN, Target.OTHER, Target.STALE)  # there is a channel to type in
TYPED = (*STANDS, Target.TAMPERED)  # or one that is no incident's


def typed(text: str, right: Right, scene: Scene = in_room, **facts: object) -> Row:
    """`{case}` is the number of a case."""

    def act(cell: Cell, _value: str) -> object:
        words = text.format(case=cell.case.id)
        return cell.door.type(words, by=cell.by, channel=scenes.place_of(cell))

    return Row(right, act, scene, **({"targets": TYPED} | facts))  # type: ignore[arg-type]


def link_form(cell: Cell, value: str) -> object:
    return cell.door.submit("incident_link", value, {"into": str(cell.case.id)}, by=cell.by)


def take_lead(cell: Cell, value: str) -> object:
    return cell.door.press("incident_take_lead", value, by=cell.by, channel=scenes.ROOM)


def add_to_timeline(cell: Cell, _value: str) -> object:
    where = scenes.place_of(cell)
    return cell.door.pick("add_to_timeline", "Buses come at two", by=cell.by, channel=where)


def mark(cell: Cell, _value: str) -> None:
    where = {"channel": channel_of(scenes.place_of(cell)), "ts": "7.7"}
    cell.door.hear("reaction_added", user=cell.by, reaction="pushpin", item=where)


PRESSES: dict[str, Row] = {
    **{
        one: opens(one, R.IN_ROOM, in_room)
        for one in (A.INCIDENT_UPDATE, A.INCIDENT_ROLE, A.INCIDENT_LINK, A.INCIDENT_SEVERITY,
                    A.INCIDENT_STAND_DOWN, A.INCIDENT_CATCH_UP)
    },
    A.INCIDENT_TAKE_LEAD: Row(R.DECIDE, take_lead, in_room),
    f"{A.INCIDENT_TAKE_LEAD}, led by nobody": Row(R.IN_ROOM, take_lead, scenes.led_by_nobody),
    A.INCIDENT_LET_IN: press(A.INCIDENT_LET_IN, R.DECIDE, scenes.asked_in),
    A.INCIDENT_NOT_NOW: press(A.INCIDENT_NOT_NOW, R.DECIDE, scenes.asked_in),
}  # fmt: skip

_NEW: Json = {"title": "Ash cloud", "severity": chosen("2"), "conditions": ""}
_VOICE = {"role": chosen("voice"), "person": chosen_person(TOM)}
_OVER = {"text": "It blew away"}
FORMS: dict[str, Row] = {
    F.DECLARE: form("declare", R.KNOWN, _NEW, targets=FREE),
    F.INCIDENT_UPDATE: form("incident_update", R.IN_ROOM, {"text": "All grounded"}, in_room),
    F.INCIDENT_ROLE: form("incident_role", R.IN_ROOM, _VOICE, in_room),
    F.INCIDENT_LINK: Row(R.LINK, link_form, in_room),
    F.INCIDENT_SEVERITY: form("incident_severity", R.IN_ROOM, {"severity": chosen("1")}, in_room),
    F.INCIDENT_STAND_DOWN: form("incident_stand_down", R.DECIDE, _OVER, in_room),
    f"{F.INCIDENT_STAND_DOWN}, led by nobody": form(
        "incident_stand_down", R.IN_ROOM, _OVER, scenes.led_by_nobody
    ),
}

COMMANDS: dict[str, Row] = {
    "incident panel": asks("/incident", R.KNOWN),  # elsewhere it is the form to declare one
    "incident panel, in its channel": typed(
        "/incident", R.IN_ROOM, tells=Tells.ANSWER, targets=STANDS
    ),
    "incident help": asks("/incident help", R.ANYBODY),
    "incident list": asks("/incident list", R.KNOWN),
    "incident declare": sets('/incident declare "Ash cloud"', R.KNOWN),
    "incident link": typed("/incident link {case}", R.LINK),
    "incident update": typed("/incident update All grounded", R.IN_ROOM),
    "incident role": typed("/incident role voice <@UTOM>", R.IN_ROOM),
    "incident severity": typed("/incident severity 1", R.IN_ROOM),
    "incident stand-down": typed("/incident stand-down It blew away", R.DECIDE),
    "incident stand-down, led by nobody": typed(
        "/incident stand-down It blew away", R.IN_ROOM, scenes.led_by_nobody
    ),
}

SHORTCUTS: dict[str, Row] = {
    "add_to_timeline": Row(R.IN_ROOM, add_to_timeline, in_room, targets=TYPED)
}

EVENTS: dict[str, Row] = {"reaction_added": Row(R.IN_ROOM, mark, in_room, targets=TYPED)}
