"""What a handler gives back, and how the person who asked gets to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.views.blocks import button, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import drawn, reason


@dataclass(frozen=True)
class Slow:
    """A form that takes a while to draw: another one stands there until it is."""

    title: str
    draw: Callable[[], Block]


@dataclass(frozen=True)
class Redraw:
    """The form in which it was done, as it is now; nothing where it may stay as it is."""

    view: Block | None = None


# Words to read, a form to fill in, or nothing: then the card shows what changed.
Answer = Drawn | Block | Slow | Redraw | None


def say(words: str) -> Drawn:
    """Our own words, with the mentions and links that stand in them."""
    return drawn(words, section(words))


def taken_back(what: str) -> Drawn:
    return say(f"Undone: {reason(what)}.")


def undoable(words: str, change: int) -> Drawn:
    """What a change did, with its *Undo*."""
    return drawn(words, section(words, button("Undo", Action.UNDO_CHANGE, str(change))))
