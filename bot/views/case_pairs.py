"""What was done with two cases, and the button that takes it back."""

from bot.domain.ids import CaseId
from bot.views.blocks import button, section
from bot.views.drawn import Drawn
from bot.views.ids import Action, merging
from bot.views.phrases import drawn, number


def linked(case: CaseId, other: CaseId) -> Drawn:
    words = f"{number(case)} and {number(other)} are linked. Both cards say so."
    undo = button("Undo", Action.UNLINK_CASE, merging(case, other))
    return drawn(words, section(words, undo))


def unlinked(case: CaseId, other: CaseId) -> Drawn:
    words = f"{number(case)} and {number(other)} are no longer linked."
    return drawn(words, section(words))
