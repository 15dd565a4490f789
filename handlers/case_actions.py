"""The buttons of a case that act at once; the card shows what changed."""

from bot.domain.errors import NoCaseHere
from bot.domain.ids import DepartmentKey
from bot.views.asked import taken_back as taken_back_ask
from bot.views.case_pairs import together
from bot.views.ids import ROUTE_TO, Action, Field, Form
from bot.views.mutes import unmuted
from bot.views.passing_forms import return_form
from bot.views.phrases import name, number
from handlers.answers import Answer, say, taken_back, undoable
from handlers.desk import Desk
from handlers.listeners import press, submission
from handlers.payload import Press, Submission


@press(Action.CLAIM)
def claim(desk: Desk, pressed: Press) -> None:
    desk.casework.claim(pressed.memo.case, by=pressed.by)


@press(Action.RELEASE)
def release(desk: Desk, pressed: Press) -> None:
    desk.casework.release(pressed.memo.case, by=pressed.by)


@press(Action.NO_REPLY)
def no_reply(desk: Desk, pressed: Press) -> None:
    desk.closings.no_reply(pressed.memo.case, by=pressed.by)


@press(Action.UNDO_CLOSE, Action.REOPEN)
def reopen(desk: Desk, pressed: Press) -> None:
    desk.closings.reopen(pressed.memo.case, by=pressed.by)


@press(Action.ACCEPT)
def accept(desk: Desk, pressed: Press) -> None:
    desk.hand_offs.accept(pressed.memo.case, by=pressed.by)


@press(Action.GIVE_BACK)
def give_back(desk: Desk, pressed: Press) -> Answer:
    """A reason is asked for first: its sender has to know what to do with it."""
    return return_form(desk.hand_offs.to_return(pressed.memo.case, by=pressed.by))


@submission(Form.GIVE_BACK)
def give_it_back(desk: Desk, sent: Submission) -> None:
    desk.hand_offs.give_back(sent.memo.case, by=sent.by, why=sent.text(Field.REASON))


@press(Action.MERGE)
def merge(desk: Desk, pressed: Press) -> Answer:
    case, into = pressed.memo.merging
    return together(desk.merging.merge(case, into, by=pressed.by))


@press(ROUTE_TO)
def route(desk: Desk, pressed: Press) -> None:
    desk.casework.route(pressed.memo.case, pressed.department, by=pressed.by)


@press(Action.ROUTE_MENU)
def route_by_menu(desk: Desk, pressed: Press) -> None:
    case, department = pressed.memo.routing
    desk.casework.route(case, department, by=pressed.by)


@press(Action.DONE)
def done(desk: Desk, pressed: Press) -> None:
    desk.casework.done(pressed.memo.case, _here(desk, pressed), by=pressed.by)


@press(Action.ASK_DONE)
def done_from_a_list(desk: Desk, pressed: Press) -> Answer:
    case, department = pressed.memo.routing
    desk.casework.done(case, department, by=pressed.by)
    return say(f"Done: your part of {number(case)}.")


@press(Action.UNDO_ALSO)
def undo_also(desk: Desk, pressed: Press) -> Answer:
    case, department = pressed.memo.routing
    return taken_back_ask(case, desk.casework.take_ask_back(case, department, by=pressed.by))


@press(Action.TAKE_OVER)
def take_over(desk: Desk, pressed: Press) -> None:
    desk.casework.take_over(pressed.memo.case, _here(desk, pressed), by=pressed.by)


@press(Action.UNMUTE)
def unmute(desk: Desk, pressed: Press) -> Answer:
    return unmuted(desk.closings.unmute(pressed.memo.case, by=pressed.by))


@press(Action.UNDO_CHANGE)
def undo_change(desk: Desk, pressed: Press) -> Answer:
    return taken_back(desk.administration.undo(pressed.memo.number, by=pressed.by))


@press(Action.REMOVE_DEPARTMENT)
def remove_department(desk: Desk, pressed: Press) -> Answer:
    key = DepartmentKey(pressed.memo.key)
    change = desk.administration.remove_department(key, by=pressed.by)
    return undoable(f"*{name(key)}* is removed.", change)


def _here(desk: Desk, pressed: Press) -> DepartmentKey:
    """The department in whose channel the card stands, or the case was opened."""
    is_opened = bool(pressed.view)
    department = (
        pressed.form_memo.department
        if is_opened
        else desk.roster.department_of_channel(pressed.channel)
    )
    if department is None:
        raise NoCaseHere()
    return department
