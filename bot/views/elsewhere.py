"""What was answered outside the desk, and the button that takes it back."""

from bot.domain.case import Case
from bot.views.blocks import button, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.phrases import drawn, number


def answered_there(case: Case) -> Drawn:
    words = (
        f"{number(case.id)} is answered outside the desk. The deadline for the solution still runs;"
        " *Solve* ends it."
    )
    return drawn(words, section(words, button("Undo", Action.NOT_ANSWERED_THERE, str(case.id))))


def not_answered_there(case: Case) -> Drawn:
    words = f"{number(case.id)} waits for an answer again. Its deadlines are as they were."
    return drawn(words, section(words))
