"""What departments are asked about cases of others: in lists, and what asking did."""

from collections.abc import Mapping, Sequence

from bot.domain.ask import Ask
from bot.domain.boards import Asked, AskLine
from bot.domain.department import Department
from bot.domain.ids import CaseId, DepartmentKey
from bot.views.blocks import actions, button, context, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action, routing
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, drawn, handle, mark, name, number, opened, said

_EXCERPT = 70


def asked(board: Asked, most: int) -> list[Block]:
    """Nothing where nobody is asked anything."""
    if not board.lines:
        return []
    shown = board.lines[:most]
    more = board.total - len(shown)
    rest = f"… and {counted(more, 'more', 'more')}; they move up when these are done"
    return [
        section(f"*Asked of you*: {counted(board.total, 'part')} of other departments' cases"),
        *(block for one in shown for block in _line(one)),
        *([context(rest)] if more > 0 else []),
    ]


def told(ask: Ask, department: Department) -> Drawn:
    """What asking did, and how it is taken back."""
    words = f"*{name(department.name)}* follows {number(ask.case)}: {said(ask.ask)}"
    press = button("Undo", Action.UNDO_ALSO, routing(ask.case, ask.department))
    return drawn(words, section(words, press))


def still_open(asks: Sequence[Ask], names: Mapping[DepartmentKey, str]) -> str:
    """A warning after an end: whose part is not done."""
    parts = [
        f"*{name(names[one.department])}* {said(one.ask) if one.ask else ''}".strip()
        for one in asks
    ]
    return f" Still open: {', '.join(parts)}." if parts else ""


def taken_back(case: CaseId, department: Department) -> Drawn:
    words = f"*{name(department.name)}* is asked no longer about {number(case)}."
    return drawn(words, section(words))


def _line(one: AskLine) -> list[Block]:
    case, ask = one.line.case, one.ask
    head = dotted(
        number(case.id),
        mark(case.priority),
        f"*{name(one.department.name)}*",
        said(ask.ask) if ask.ask else "follow along",
        f"asked by {user(ask.asked_by)}" if ask.asked_by else "",
        "solved" if case.closing else "",
        opened(one.line.link, "card"),
    )
    words = f"{handle(one.line.post)}: {said(one.line.newest.text, _EXCERPT)}"
    return [
        section(f"{head}\n{words}"),
        actions(
            button("Done", Action.ASK_DONE, routing(case.id, ask.department)),
            button("Open", Action.OPEN, str(case.id)),
        ),
    ]
