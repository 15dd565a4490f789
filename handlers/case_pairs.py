"""What was done with two cases is taken back; the rest of a conversation is closed."""

from bot.views.case_forms import close_rest_preview
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


@press(Action.CLOSE_REST)
def close_rest(desk: Desk, pressed: Press) -> Answer:
    return close_rest_preview(desk.boards.rest_of_conversation(pressed.memo.case, by=pressed.by))


@press(Action.SPLIT)
def split(desk: Desk, pressed: Press) -> Answer:
    return apart(desk.merging.split(pressed.memo.case, by=pressed.by))
