"""A case in a form: opened from a line, and *More*, what is done to it seldom."""

from bot.domain.boards import CaseBoard
from bot.domain.case import Case
from bot.views.blocks import button, modal, section
from bot.views.card import offered
from bot.views.ids import Action, Form
from bot.views.limits import Block
from bot.views.whole_case import whole_case

_Row = tuple[str, Action, str]

_ALWAYS: tuple[_Row, ...] = (
    ("Show", Action.SHOW, "*Everything* about it: posts, answers, timeline"),
    ("Explain", Action.EXPLAIN, "*The clock*: what counted, what did not, and why"),
)
_OPEN: tuple[_Row, ...] = (
    ("I answered there", Action.ANSWERED_THERE, "*Answered* outside the desk: meets the deadline"),
    ("Ask", Action.ASK, "*Ask* a colleague or another channel"),
    ("Also", Action.ALSO, "*Also*: another department follows, with its own part"),
    ("Assign", Action.ASSIGN, "*Assign* it to somebody of this department"),
    ("Snooze", Action.SNOOZE, "*Snooze* it for a while; deadlines keep running"),
    ("Priority", Action.PRIORITY, "*Priority*: more urgent, or less"),
    ("Merge", Action.MERGE_INTO, "*Merge* it into another case"),
    ("Link", Action.LINK_CASE, "*Link* it to another case; both stay as they are"),
    (
        "Close the rest",
        Action.CLOSE_REST,
        "*Close the rest* of this conversation, after a look",
    ),
    ("Mute", Action.MUTE, "*Mute* its author for a day"),
    ("Solve", Action.SOLVE, "*Solve* it, with a reason"),
)
_HELD: tuple[_Row, ...] = (("Release", Action.RELEASE, "*Release* it: back to the queue"),)
_CLOSED: tuple[_Row, ...] = (
    ("Reopen", Action.REOPEN, "*Reopen* it: the customer still needs something"),
)


def case_form(board: CaseBoard) -> Block:
    """The case whole, with the buttons of its card; the form remembers where it was opened."""
    drawn, here = whole_case(board, *offered(board.card)), board.card.shown_in
    return modal(f"Case #{board.card.case.id}", drawn.blocks, None, Form.SHEET, here, close="Close")


def more_form(case: Case) -> Block:
    """A line and a button for each thing that the state allows."""
    value = str(case.id)
    lines = [section(words, button(label, action, value)) for label, action, words in _rows(case)]
    return modal(f"Case #{case.id}", lines, None, Form.MORE, value, close="Close")


def _rows(case: Case) -> tuple[_Row, ...]:
    if not case.is_open:
        return _ALWAYS + _CLOSED
    return _ALWAYS + (_HELD if case.assignee else ()) + _OPEN
