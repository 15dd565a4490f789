"""The table: every button, form, command and shortcut, and the right that it takes."""

from bot.domain.draft import mark_of
from bot.views.ids import Action, Form
from tests.authorisation import scenes
from tests.authorisation.cast import Cell, Target
from tests.authorisation.rows import (
    FREE,
    NAMED,
    Right,
    Row,
    Tells,
    asks,
    form,
    on_card,
    opens,
    press,
    sets,
    typed,
)  # fmt: skip
from tests.company import MARKETING, SERVICE, TOM, channel_of
from tests.handlers.house import Json, chosen, chosen_person


def merge_form(cell: Cell, value: str) -> object:
    other, _, into = value.partition(":")
    return cell.door.submit("merge", other, {"into": f"#{into}"}, by=cell.by)


def merge_typed(cell: Cell, value: str) -> object:
    return cell.door.type(f"/case merge {value.replace(':', ' into ')}", by=cell.by)


def split_typed(cell: Cell, value: str) -> object:
    return cell.door.type(f"/case split {value}", by=cell.by)


def link_form(cell: Cell, value: str) -> object:
    one, _, other = value.partition(":")
    return cell.door.submit("link_case", one, {"into": f"#{other}"}, by=cell.by)


def link_typed(cell: Cell, value: str) -> object:
    return cell.door.type(f"/case link {value.replace(':', ' ')}", by=cell.by)


def assign_form(cell: Cell, value: str) -> object:
    return cell.door.submit("assign", value, {"person": chosen_person(cell.by)}, by=cell.by)


def open_figure(cell: Cell, value: str) -> object:
    return cell.door.press("figure:open", value, by=cell.by)


def draft_reply(cell: Cell, value: str) -> object:
    return cell.door.pick("draft_reply", "hello", thread=value, by=cell.by)


def mention(cell: Cell, value: str) -> None:
    """`@Samepage claim` under a card."""
    where = {"channel": channel_of(SERVICE), "thread_ts": value}
    cell.door.hear("app_mention", user=cell.by, text="<@UBOT> claim", **where)


def choose_post(cell: Cell, value: str) -> object:
    return _in_form(cell, "choose_post", mark_of(cell.case.post), value)


def start_over(cell: Cell, value: str) -> object:
    return _in_form(cell, "start_over", cell.value, value)


def type_on(cell: Cell, value: str) -> object:
    return _in_form(cell, "text", "", value)


def type_much(cell: Cell, value: str) -> object:
    """So much that the form says how much is left, with the post that is answered."""
    return _in_form(cell, "text", "", value, typed="x" * 2_900)


def _in_form(cell: Cell, action: str, value: str, memo: str, typed: str = "We") -> object:
    place = {"view": "V1", "form": "reply", "memo": memo, "typed": {"text": typed}}
    return cell.door.press(action, value, by=cell.by, **place)


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
    A.GIVE_BACK: opens("give_back", R.MEMBER, scenes.offered),
    A.MERGE: press("merge", R.MEMBER, scenes.two),
    A.NOT_ANSWERED_THERE: press("not_answered_there", R.MEMBER, scenes.answered_there),
    A.SPLIT: press("split", R.MEMBER, scenes.merged),
    A.UNLINK_CASE: press("unlink_case", R.AROUND, scenes.linked),
    "route:": press("route:marketing", R.MEMBER),
    A.ROUTE_MENU: press("route_menu", R.MEMBER, scenes.menu_to_marketing),
    A.REMOVE_DEPARTMENT: press(
        "remove_department", R.ADMIN, scenes.department_to_remove, targets=NAMED
    ),
    A.DONE: press("done", R.FOLLOW, channel=MARKETING),
    A.TAKE_OVER: press("take_over", R.FOLLOW, channel=MARKETING),
    A.ACKNOWLEDGE: press("acknowledge", R.RESPOND, scenes.pinged),
    A.ACKNOWLEDGE_ALL: press("acknowledge_all", R.RESPOND, scenes.pinged_together),
    A.ASK_DONE: press("ask_done", R.FOLLOW, scenes.follower_asked),
    A.UNDO_ALSO: press("undo_also", R.MEMBER, scenes.asked_along),
    A.UNMUTE: press("unmute", R.BELONG, scenes.muted, targets=NAMED),
    f"{A.ACKNOWLEDGE}, called by name": press(
        "acknowledge", R.CALLED, scenes.called_and_pinged
    ),
    f"{A.CLAIM}, called by name": press("claim", R.CALLED, scenes.called),
    f"{A.CLAIM}, called before it was closed": press("claim", R.MEMBER, scenes.called_before),
    f"{A.CLAIM}, everybody called": press(
        "claim", R.MEMBER_OR_RESPONDS, scenes.everybody_called
    ),
    f"{A.REPLY}, called by name": press("reply", R.CALLED, scenes.called),
    f"{A.REPLY}, everybody called": press(
        "reply", R.PUBLISH_OR_RESPONDS, scenes.everybody_called
    ),
    f"{A.OPEN}, called by name": press("open", R.CALLED, scenes.called, tells=Tells.WORDS),
    f"{A.SHOW}, everybody called": press(
        "show", R.AROUND_OR_RESPONDS, scenes.everybody_called, tells=Tells.WORDS
    ),
    f"{A.NO_REPLY}, called by name": press("no_reply", R.MEMBER, scenes.called),
    A.UNDO_CHANGE: press("undo_change", R.LEAD, scenes.changed, targets=NAMED),
    A.BRAKE_WHY: press("brake_why", R.KNOWN, tells=Tells.ANSWER, targets=FREE),
    A.SETUP_STEP: press("setup_step", R.ADMIN, scenes.step, tells=Tells.ANSWER, targets=NAMED),
    "figure:": Row(R.BELONG, open_figure, scenes.period, Tells.ANSWER, NAMED),
    "figure:, its cases": Row(R.MEMBER, open_figure, scenes.period, Tells.WORDS),
    A.USE_CHANNEL: press("use_channel", R.ADMIN, scenes.channel_in_doubt, targets=NAMED),
    A.REPLY: press("reply", R.PUBLISH),
    A.UNDO_REPLY: press("undo_reply", R.MEMBER, scenes.undoable),
    A.SEND_HELD: press("send_held", R.PUBLISH, scenes.waiting),
    A.REWRITE_REPLY: press("rewrite_reply", R.PUBLISH, scenes.waiting),
    A.DROP_REPLY: press("drop_reply", R.PUBLISH, scenes.waiting),
    A.CHOOSE_POST: Row(R.PUBLISH, choose_post, scenes.writing, Tells.WORDS),
    A.START_OVER: Row(R.PUBLISH, start_over, scenes.writing, Tells.WORDS),
    "text": Row(R.ANYBODY, type_on, scenes.writing, Tells.ANSWER, FREE),
    "text, what it shows": Row(R.PUBLISH, type_much, scenes.writing, Tells.WORDS),
    A.REPLY_FOUND: on_card("reply_found"),
    A.SEND_AGAIN: on_card("send_again"),
    A.ANSWER: opens("answer", R.AROUND, scenes.asked),
    A.SHOW: press("show", R.AROUND, tells=Tells.WORDS),
    A.OPEN: press("open", R.AROUND, tells=Tells.WORDS),
    A.HAND_OFF: opens("hand_off", R.MEMBER),
    A.ALSO: opens("also", R.MEMBER),
    **{
        one: opens(one, R.AROUND)
        for one in (A.EXPLAIN, A.MORE, A.SOLVE, A.ASK, A.ASSIGN, A.SNOOZE, A.PRIORITY,
                    A.MERGE_INTO, A.LINK_CASE, A.ANSWERED_THERE, A.CLOSE_REST, A.MUTE, A.ESCALATE)
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
    F.REPLY: form("reply", R.PUBLISH, _TEXT, scenes.writing, tells=Tells.ANSWER),
    F.REPLY_PREVIEW: form("reply_preview", R.PUBLISH, {}, scenes.previewed),
    F.REPLY_FOUND: form("reply_found", R.PUBLISH, {"link": ""}, scenes.unknown),
    F.SEND_AGAIN: form("send_again", R.PUBLISH, {}, scenes.unknown),
    F.HAND_OFF: form("hand_off", R.MEMBER, _PASSED),
    F.GIVE_BACK: form("give_back", R.MEMBER, {"reason": "not ours"}, scenes.offered),
    F.BRAKE_WHY: form("brake_why", R.KNOWN, {"reason": "wrong"}, scenes.braked, targets=FREE),
    F.ALSO: form("also", R.MEMBER, _PASSED),
    F.ESCALATE: form(
        "escalate", R.AROUND, {"whom": chosen("rapid_response"), "reason": "it burns"}
    ),
    f"{F.ESCALATE}, to the lead": form(
        "escalate", R.AROUND, {"whom": chosen("lead"), "reason": "it burns"}, scenes.led
    ),
    f"{F.ESCALATE}, a crisis": form(
        "escalate", R.AROUND, {"whom": chosen("crisis"), "reason": "it burns"}
    ),
    F.ASK: form("ask", R.AROUND, {**_TEXT, "person": chosen_person(TOM), "channel": {}}),
    F.ANSWER: form("answer", R.AROUND, _TEXT, scenes.asked),
    F.ASSIGN: Row(R.MEMBER, assign_form),
    F.SNOOZE: form("snooze", R.MEMBER, {"length": "2h"}),
    F.PRIORITY: form("priority", R.MEMBER, {"priority": chosen("urgent")}),
    F.MERGE: Row(R.MEMBER, merge_form, scenes.two),
    F.ANSWERED_THERE: form("answered_there", R.MEMBER, {"link": ""}),
    F.LINK_CASE: Row(R.AROUND, link_form, scenes.two),
    F.MUTE: form("mute", R.MEMBER, {"reason": "a robot"}),
    F.SOLVE: form("solve", R.MEMBER, {"reason": "found"}),
    F.CLOSE: form("close", R.MEMBER, {}),
    F.NEW_CASE: form("new_case", R.BELONG, {**_TEXT, "author": "@joe"}, targets=FREE),
    F.ROUTING: form("routing", R.ADMIN, _RULE, tells=Tells.ANSWER, targets=FREE),
    F.ROUTING_PREVIEW: form(
        "routing_preview", R.ADMIN, {}, memo="service words:refund", targets=FREE
    ),
    F.SLA: form("sla", R.ADMIN, _PROMISE, tells=Tells.ANSWER, targets=FREE),
    F.SLA_PREVIEW: form(
        "sla_preview", R.ADMIN, {}, memo="* first-response 30m hours:always", targets=FREE
    ),
}


COMMANDS = {
    "case mine": asks("/case", R.ANYBODY),
    "case queue": typed("/case queue {home}", R.MEMBER, tells=Tells.WORDS,
                        targets=tuple(Target)[:-1]),
    "case queue, of what is late": typed(
        "/case queue #rapid-response", R.CALLED, scenes.called, tells=Tells.WORDS,
        targets=(Target.OWN, Target.OTHER),
    ),
    "case show": typed("/case {}", R.AROUND, tells=Tells.WORDS),
    "case show, called by name": typed("/case {}", R.CALLED, scenes.called, tells=Tells.WORDS),
    "case claim": typed("/case claim {}", R.MEMBER),
    "case release": typed("/case release {}", R.MEMBER, scenes.held),
    "case assign": typed("/case assign {} <@{by}>", R.MEMBER),
    "case reply": typed("/case reply {}", R.PUBLISH),
    "case ask": typed("/case ask {} <@UTOM> is it?", R.AROUND),
    "case also": typed("/case also {} #care-marketing follow the lead", R.MEMBER),
    "case handoff": typed("/case handoff {} #care-marketing please", R.MEMBER),
    "case escalate": typed("/case escalate {} it burns", R.AROUND),
    "case resolve": typed("/case resolve {} found", R.MEMBER),
    "case close": typed("/case close author:{author}", R.MEMBER, tells=Tells.WORDS,
                        targets=tuple(Target)[:-1]),
    "case reopen": typed("/case reopen {}", R.MEMBER, scenes.closed),
    "case snooze": typed("/case snooze {} 2h", R.MEMBER),
    "case priority": typed("/case priority {} urgent", R.MEMBER),
    "case merge": Row(R.MEMBER, merge_typed, scenes.two),
    "case answered": typed("/case answered {}", R.MEMBER),
    "case split": Row(R.MEMBER, split_typed, scenes.merged),
    "case link": Row(R.AROUND, link_typed, scenes.two),
    "case new": sets("/case new My bag is gone", R.BELONG),
    "case find": typed("/case find author:{author}", R.MEMBER, tells=Tells.WORDS,
                       targets=tuple(Target)[:-1]),
    "case help": asks("/case help", R.ANYBODY),
    "desk help": asks("/desk", R.ANYBODY),
    "desk setup": asks("/desk setup", R.ADMIN),
    "desk departments": asks("/desk departments", R.BELONG),
    "desk department add": sets("/desk department add lost #care-lost Lost"),
    "desk department remove": typed(
        "/desk department remove marketing", R.ADMIN, tells=Tells.ANSWER, targets=FREE
    ),
    "desk members": asks("/desk members", R.BELONG),
    "desk member add": sets("/desk member add <@UBOB> service", R.LEAD),
    "desk member remove": sets("/desk member remove <@UGUS> service", R.LEAD),
    "desk admins": asks("/desk admins", R.BELONG),
    "desk admins add": sets("/desk admins add <@UANN>"),
    "desk admins remove": sets("/desk admins remove <@UADA>"),
    "desk mutes": asks("/desk mutes", R.BELONG),
    "desk mutes remove": typed(
        "/desk mutes remove x {author}", R.BELONG, scenes.muted, targets=FREE
    ),
    "desk networks": asks("/desk networks", R.BELONG),
    "desk outgoing": sets("/desk outgoing hold", R.KNOWN),
    "desk outgoing, released": typed("/desk outgoing on", R.LEAD, scenes.changed, targets=FREE),
    "desk changes": asks("/desk changes", R.ADMIN),
    "desk undo": typed("/desk undo {}", R.LEAD, scenes.changed, targets=NAMED),
    "rota list": asks("/rota", R.KNOWN),
    "rota help": asks("/rota help", R.ANYBODY),
    "rota add": sets("/rota add <@UANN> mon-fri 09:00-17:00"),
    "rota override": sets("/rota override <@UANN> tomorrow 09:00 to tomorrow 17:00"),
    "rota event": sets("/rota event Fair tomorrow 09:00 until tomorrow 17:00 <@UANN>"),
    "rota swap": typed(
        "/rota swap <@UANN> <@UCEM> 2026-03-03", R.ADMIN, scenes.two_shifts, targets=FREE
    ),
    "rota remove": sets("/rota remove 1"),
    "desk report": asks("/desk report 7d", R.BELONG),
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
EVENTS = {"app_mention": Row(R.MEMBER, mention, scenes.card_stands)}
