"""The table: every button, form, command and shortcut, and the right that it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.views.ids import Action, Form
from tests.authorisation import scenes
from tests.authorisation.cast import Cell, Role, Target
from tests.authorisation.scenes import Scene, fresh
from tests.company import MARKETING, TOM
from tests.handlers.house import Json, chosen, chosen_person

_WORKING = {Role.AGENT, Role.AGENT_ELSEWHERE, Role.LEAD, Role.GUEST_NAMED}
_MEMBERS = {*_WORKING, Role.PUBLIC_UNNAMED}


class Right(Enum):
    """Who has it for what is theirs; a right over cases ends at one's own."""

    MEMBER = frozenset(_MEMBERS)
    AROUND = frozenset({*_MEMBERS, Role.FOLLOWER})
    PUBLISH = frozenset(_WORKING)
    FOLLOW = frozenset({Role.FOLLOWER})
    RESPOND = frozenset({Role.RESPONDER})
    LEAD = frozenset({Role.LEAD, Role.DESK_ADMIN})
    ADMIN = frozenset({Role.DESK_ADMIN})
    BELONG = frozenset({*_MEMBERS, Role.FOLLOWER, Role.DESK_ADMIN})
    ON_THE_ROTA = frozenset({*_MEMBERS, Role.FOLLOWER, Role.RESPONDER, Role.DESK_ADMIN})
    ANYBODY = frozenset(Role)

    def holds(self, role: Role, target: Target) -> bool:
        if target is Target.TAMPERED:
            return False
        reaches_all = self is Right.RESPOND or target is Target.OWN
        return reaches_all and role in self.value


class Tells(Enum):
    """How an allowed act is told from a refused one."""

    CHANGE = "something is kept that was not"
    ANSWER = "it is answered, and nothing is kept"
    WORDS = "the customer's words are shown"


@dataclass(frozen=True)
class Row:
    right: Right
    act: Callable[[Cell, str], object]
    scene: Scene = fresh
    tells: Tells = Tells.CHANGE
    targets: tuple[Target, ...] = tuple(Target)


FREE = (Target.OWN,)  # it is about no case
NAMED = (Target.OWN, Target.TAMPERED)  # nor is this, but it names something


def press(name: str, right: Right, scene: Scene = fresh, **facts: object) -> Row:
    where = facts.pop("channel", "service")

    def act(cell: Cell, value: str) -> object:
        return cell.door.press(name, value, by=cell.by, channel=where)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def opens(name: str, right: Right, scene: Scene = fresh) -> Row:
    return press(name, right, scene, tells=Tells.ANSWER)


def on_card(name: str) -> Row:
    """Pressed on a card that stands in the channel."""

    def act(cell: Cell, value: str) -> object:
        return cell.door.press(name, value, by=cell.by, message=scenes.CARD)

    return Row(Right.AROUND, act, scenes.unknown_on_card, Tells.ANSWER)


def form(name: str, right: Right, values: Json, scene: Scene = fresh, **facts: object) -> Row:
    memo = facts.pop("memo", "{}")

    def act(cell: Cell, value: str) -> object:
        return cell.door.submit(name, str(memo).format(value), values, by=cell.by)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def typed(text: str, right: Right, scene: Scene = fresh, **facts: object) -> Row:
    """`{}` is the case's number, or what the scene has named; `{by}` is who types."""

    def act(cell: Cell, value: str) -> object:
        words = text.format(value, by=cell.by, home=cell.case.department, author=cell.author)
        return cell.door.type(words, by=cell.by)

    return Row(right, act, scene, **facts)  # type: ignore[arg-type]


def merge_form(cell: Cell, value: str) -> object:
    other, _, into = value.partition(":")
    return cell.door.submit("merge", other, {"into": f"#{into}"}, by=cell.by)


def merge_typed(cell: Cell, value: str) -> object:
    return cell.door.type(f"/case merge {value.replace(':', ' into ')}", by=cell.by)


def assign_form(cell: Cell, value: str) -> object:
    return cell.door.submit("assign", value, {"person": chosen_person(cell.by)}, by=cell.by)


def draft_reply(cell: Cell, value: str) -> object:
    return cell.door.pick("draft_reply", "hello", thread=value, by=cell.by)


def make_case(cell: Cell, _value: str) -> object:
    return cell.door.pick("make_case", "hello", by=cell.by)


A, R = Action, Right
PRESSES: dict[str, Row] = {
    A.CLAIM: press("claim", R.MEMBER),
    A.RELEASE: press("release", R.MEMBER, scenes.held),
    A.NO_REPLY: press("no_reply", R.MEMBER),
    A.UNDO_CLOSE: press("undo_close", R.MEMBER, scenes.closed),
    A.REOPEN: press("reopen", R.MEMBER, scenes.closed),
    A.ACCEPT: press("accept", R.MEMBER, scenes.offered),
    A.GIVE_BACK: press("give_back", R.MEMBER, scenes.offered),
    A.MERGE: press("merge", R.MEMBER, scenes.two),
    "route:": press("route:marketing", R.MEMBER),
    A.DONE: press("done", R.FOLLOW, channel=MARKETING),
    A.TAKE_OVER: press("take_over", R.FOLLOW, channel=MARKETING),
    A.ACKNOWLEDGE: press("acknowledge", R.RESPOND, scenes.pinged),
    A.UNDO_CHANGE: press("undo_change", R.LEAD, scenes.changed, targets=NAMED),
    A.REPLY: press("reply", R.PUBLISH),
    A.UNDO_REPLY: press("undo_reply", R.MEMBER, scenes.undoable),
    A.SEND_HELD: press("send_held", R.PUBLISH, scenes.waiting),
    A.REWRITE_REPLY: press("rewrite_reply", R.PUBLISH, scenes.waiting),
    A.DROP_REPLY: press("drop_reply", R.PUBLISH, scenes.waiting),
    A.REPLY_FOUND: on_card("reply_found"),
    A.SEND_AGAIN: on_card("send_again"),
    A.ANSWER: opens("answer", R.AROUND, scenes.asked),
    A.SHOW: press("show", R.AROUND, tells=Tells.WORDS),
    A.OPEN: press("open", R.AROUND, tells=Tells.WORDS),
    A.HAND_OFF: opens("hand_off", R.MEMBER),
    **{
        one: opens(one, R.AROUND)
        for one in (A.EXPLAIN, A.MORE, A.SOLVE, A.ASK, A.ASSIGN, A.SNOOZE, A.PRIORITY,
                    A.MERGE_INTO, A.MUTE, A.ESCALATE)
    },
}  # fmt: skip

_TEXT: Json = {"text": "We are on it."}
_PASSED = {**_TEXT, "promised": None, "department": chosen(MARKETING), "person": {}}
_RULE = {"conditions": "words:refund", "department": chosen("service"), "also": [], "priority": {}}
_PROMISE = {
    "department": chosen("*"), "promise": chosen("first_response"), "length": "30m",
    "hours": chosen("always"), "priority": {},
}  # fmt: skip
F = Form
FORMS: dict[str, Row] = {
    F.REPLY: form("reply", R.PUBLISH, _TEXT, tells=Tells.ANSWER),
    F.REPLY_PREVIEW: form("reply_preview", R.PUBLISH, {}, memo="{}\nWe are on it."),
    F.REPLY_FOUND: form("reply_found", R.PUBLISH, {"link": ""}, scenes.unknown),
    F.SEND_AGAIN: form("send_again", R.PUBLISH, {}, scenes.unknown),
    F.HAND_OFF: form("hand_off", R.MEMBER, _PASSED),
    F.ESCALATE: form(
        "escalate", R.AROUND, {"whom": chosen("rapid_response"), "reason": "it burns"}
    ),
    F.ASK: form("ask", R.AROUND, {**_TEXT, "person": chosen_person(TOM), "channel": {}}),
    F.ANSWER: form("answer", R.AROUND, _TEXT, scenes.asked),
    F.ASSIGN: Row(R.MEMBER, assign_form),
    F.SNOOZE: form("snooze", R.MEMBER, {"length": "2h"}),
    F.PRIORITY: form("priority", R.MEMBER, {"priority": chosen("urgent")}),
    F.MERGE: Row(R.MEMBER, merge_form, scenes.two),
    F.MUTE: form("mute", R.MEMBER, {"reason": "a robot"}),
    F.SOLVE: form("solve", R.MEMBER, {"reason": "found"}),
    F.CLOSE: form("close", R.MEMBER, {}),
    F.NEW_CASE: form("new_case", R.BELONG, {**_TEXT, "author": "@joe"}, targets=FREE),
    F.ROUTING: form("routing", R.ADMIN, _RULE, tells=Tells.ANSWER, targets=FREE),
    F.ROUTING_PREVIEW: form(
        "routing_preview", R.ADMIN, {}, memo="service words:refund", targets=FREE
    ),
    F.SLA: form("sla", R.ADMIN, _PROMISE, targets=FREE),
}


def asks(text: str, right: Right) -> Row:
    return typed(text, right, tells=Tells.ANSWER, targets=FREE)


def sets(text: str, right: Right = Right.ADMIN) -> Row:
    return typed(text, right, targets=FREE)


COMMANDS = {
    "case mine": asks("/case", R.ANYBODY),
    "case queue": typed("/case queue {home}", R.MEMBER, tells=Tells.WORDS,
                        targets=tuple(Target)[:-1]),
    "case show": typed("/case {}", R.AROUND, tells=Tells.WORDS),
    "case claim": typed("/case claim {}", R.MEMBER),
    "case release": typed("/case release {}", R.MEMBER, scenes.held),
    "case assign": typed("/case assign {} <@{by}>", R.MEMBER),
    "case reply": typed("/case reply {}", R.PUBLISH),
    "case ask": typed("/case ask {} <@UTOM> is it?", R.AROUND),
    "case handoff": typed("/case handoff {} #care-marketing please", R.MEMBER),
    "case escalate": typed("/case escalate {} it burns", R.AROUND),
    "case resolve": typed("/case resolve {} found", R.MEMBER),
    "case close": typed("/case close author:{author}", R.MEMBER, tells=Tells.WORDS,
                        targets=tuple(Target)[:-1]),
    "case reopen": typed("/case reopen {}", R.MEMBER, scenes.closed),
    "case snooze": typed("/case snooze {} 2h", R.MEMBER),
    "case priority": typed("/case priority {} urgent", R.MEMBER),
    "case merge": Row(R.MEMBER, merge_typed, scenes.two),
    "case new": sets("/case new My bag is gone", R.BELONG),
    "case find": typed("/case find author:{author}", R.MEMBER, tells=Tells.WORDS,
                       targets=tuple(Target)[:-1]),
    "case help": asks("/case help", R.ANYBODY),
    "desk help": asks("/desk", R.ANYBODY),
    "desk setup": asks("/desk setup", R.ADMIN),
    "desk departments": asks("/desk departments", R.BELONG),
    "desk department add": sets("/desk department add lost #care-lost Lost"),
    "desk members": asks("/desk members", R.BELONG),
    "desk member add": sets("/desk member add <@UBOB> service", R.LEAD),
    "desk member remove": sets("/desk member remove <@UGUS> service", R.LEAD),
    "desk admins": asks("/desk admins", R.BELONG),
    "desk admins add": sets("/desk admins add <@UANN>"),
    "desk networks": asks("/desk networks", R.BELONG),
    "desk outgoing": sets("/desk outgoing hold", R.BELONG),
    "desk outgoing, released": typed("/desk outgoing on", R.LEAD, scenes.changed, targets=FREE),
    "desk changes": asks("/desk changes", R.ADMIN),
    "desk undo": typed("/desk undo {}", R.LEAD, scenes.changed, targets=NAMED),
    "rota list": asks("/rota", R.ON_THE_ROTA),
    "rota help": asks("/rota help", R.ANYBODY),
    "rota add": sets("/rota add <@UANN> mon-fri 09:00-17:00"),
    "rota override": sets("/rota override <@UANN> tomorrow 09:00 to tomorrow 17:00"),
    "rota event": sets("/rota event Fair tomorrow 09:00 until tomorrow 17:00 <@UANN>"),
    # It opens first: who has no right to figures is refused in the form.
    "desk report": asks("/desk report 7d", R.ANYBODY),
    "routing list": asks("/routing", R.ADMIN),
    "routing add": sets("/routing add service words:refund"),
    "routing remove": sets("/routing remove 1"),
    "routing move": sets("/routing move 1 2"),
    "routing test": asks("/routing test hello", R.ADMIN),
    "routing default": sets("/routing default sales"),
    "routing help": asks("/routing help", R.ANYBODY),
    "sla list": asks("/sla", R.BELONG),
    "sla set": sets("/sla set service first 30m"),
    "sla warn": sets("/sla warn 80%"),
    "sla explain": typed("/sla explain {}", R.AROUND, tells=Tells.ANSWER),
    "sla help": asks("/sla help", R.ANYBODY),
}  # fmt: skip
SHORTCUTS = {
    "make_case": Row(R.ANYBODY, make_case, tells=Tells.ANSWER, targets=FREE),
    "draft_reply": Row(R.PUBLISH, draft_reply, scenes.card_stands),
}
