"""*More*: what is done to a case seldom, each with the word it means."""

from bot.domain.case import Case
from bot.views.blocks import button, modal, section
from bot.views.ids import Action, Form
from bot.views.limits import Block

_Row = tuple[str, Action, str]

_ALWAYS: tuple[_Row, ...] = (
    ("Show", Action.SHOW, "*Everything* known of it: posts, answers, timeline"),
    ("Explain", Action.EXPLAIN, "*The clock*: what counted, what did not, and why"),
)
_OPEN: tuple[_Row, ...] = (
    ("Ask", Action.ASK, "*Ask* a colleague or another channel"),
    ("Assign", Action.ASSIGN, "*Assign* it to somebody of this department"),
    ("Snooze", Action.SNOOZE, "*Snooze* it for a while; no promise waits"),
    ("Priority", Action.PRIORITY, "*Priority*: more urgent, or less"),
    ("Merge", Action.MERGE_INTO, "*Merge* it into another case"),
    ("Mute", Action.MUTE, "*Mute* its author for a day"),
    ("Solve", Action.SOLVE, "*Solve* it, with a reason"),
)
_HELD: tuple[_Row, ...] = (("Release", Action.RELEASE, "*Release* it: back to the queue"),)
_CLOSED: tuple[_Row, ...] = (("Reopen", Action.REOPEN, "*Reopen* it: something is still owed"),)


def more_form(case: Case) -> Block:
    """A line and a button for each thing that the state allows."""
    value = str(case.id)
    lines = [section(words, button(label, action, value)) for label, action, words in _rows(case)]
    return modal(f"Case #{case.id}", lines, None, Form.MORE, value, close="Close")


def _rows(case: Case) -> tuple[_Row, ...]:
    if not case.is_open:
        return _ALWAYS + _CLOSED
    return _ALWAYS + (_HELD if case.assignee else ()) + _OPEN
