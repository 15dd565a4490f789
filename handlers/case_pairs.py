"""What was done with two cases is taken back."""

from bot.views.case_pairs import apart, unlinked
from bot.views.ids import Action
from handlers.answers import Answer
from handlers.desk import Desk
from handlers.listeners import press
from handlers.payload import Press


@press(Action.UNLINK_CASE)
def unlink(desk: Desk, pressed: Press) -> Answer:
    case, other = pressed.memo.merging
    desk.merging.unlink(case, other, by=pressed.by)
    return unlinked(case, other)


@press(Action.SPLIT)
def split(desk: Desk, pressed: Press) -> Answer:
    return apart(desk.merging.split(pressed.memo.case, by=pressed.by))
