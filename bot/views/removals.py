"""What happens when a department is removed, said before it is."""

from collections.abc import Iterator, Sequence

from bot.domain.boards import Removal
from bot.views.blocks import actions, button, context, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.phrases import counted, drawn, name

_BACK = "An undo brings all of it back: `/desk changes`."


def removal_preview(removal: Removal) -> Drawn:
    """With the button that does it."""
    called = name(removal.department.name)
    lines = list(consequences(removal)) or ["Nothing points at it."]
    remove = button(
        f"Remove {called}", Action.REMOVE_DEPARTMENT, removal.department.key, style="danger"
    )
    return drawn(
        f"Remove {called}?",
        section(f"*Remove {called}?*\n" + "\n".join(f"• {line}" for line in lines)),
        actions(remove),
        context(_BACK),
    )


def undo_preview(number: int, removed: Sequence[Removal]) -> Drawn:
    """The same for an undo that removes departments."""
    names = ", ".join(name(one.department.name) for one in removed)
    lines = [
        f"• *{name(one.department.name)}*: {line}" for one in removed for line in consequences(one)
    ]
    return drawn(
        f"This undo removes {names}",
        section(f"*Undoing change {number} removes {names}*\n" + "\n".join(lines)),
        actions(button("Undo", Action.UNDO_CHANGE, str(number), style="danger")),
        context(_BACK),
    )


def consequences(removal: Removal) -> Iterator[str]:
    """One line for each kind of thing that points at it."""
    to = name(removal.fallback)
    if removal.cases:
        go = "goes" if removal.cases == 1 else "go"
        yield f"{counted(removal.cases, 'open case')} {go} to {to}; deadlines don't change"
    if removal.asks:
        yield f"{counted(removal.asks, 'ask')} in cases of other departments will not be answered"
    if removal.rules:
        yield f"{_rules(removal.rules)} suspended"
    if removal.followed:
        yield f"{_rules(removal.followed)} no longer followed by it"
    if removal.covers:
        yield f"Nobody covers {', '.join(map(name, removal.covers))} while closed"
    if removal.steps:
        yield f"{counted(removal.steps, 'escalation step')} will call nobody"
    if removal.is_default:
        yield f"Posts that no rule matches go to {to}"


def _rules(positions: Sequence[int]) -> str:
    listed = ", ".join(map(str, positions))
    return f"Rule {listed} is" if len(positions) == 1 else f"Rules {listed} are"
