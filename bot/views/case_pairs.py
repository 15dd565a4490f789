"""What was done with two cases, and the button that takes it back."""

from bot.domain.ids import CaseId
from bot.domain.together import Together
from bot.views.blocks import button, section
from bot.views.drawn import Drawn
from bot.views.ids import Action, merging
from bot.views.phrases import drawn, number


def linked(case: CaseId, other: CaseId) -> Drawn:
    words = f"{number(case)} and {number(other)} are linked. Both cards say so."
    undo = button("Undo", Action.UNLINK_CASE, merging(case, other))
    return drawn(words, section(words, undo))


def together(done: Together) -> Drawn:
    """Merged; or linked, where two customers wrote them."""
    case, into = number(done.case), number(done.into)
    if done.is_linked:
        words = (
            f"{case} and {into} have two customers, so they are linked and stay two cases:"
            " each gets an answer of its own."
        )
        undo = button("Undo", Action.UNLINK_CASE, merging(done.case, done.into))
    else:
        words = f"{case} is merged into {into}, with the earlier deadline and the higher priority."
        undo = button("Undo", Action.SPLIT, str(done.case))
    return drawn(words, section(words, undo))


def apart(done: Together) -> Drawn:
    words = f"{number(done.case)} is a case of its own again, with its own deadline."
    return drawn(words, section(words))


def unlinked(case: CaseId, other: CaseId) -> Drawn:
    words = f"{number(case)} and {number(other)} are no longer linked."
    return drawn(words, section(words))
