"""Answering the customer: written, looked at twice, sent; and what to do with one that waits.

The only way out to the public: no word of a thread goes it by itself.
"""

from bot.domain.errors import NoSuchReply
from bot.domain.reply import Reply
from bot.views.ids import Action, Field, Form
from bot.views.limits import Block
from bot.views.reply_forms import found_form, reply_form, reply_preview, send_again_form
from handlers.answers import Answer
from handlers.desk import Desk
from handlers.listeners import press, submission
from handlers.payload import Press, Submission


@press(Action.REPLY)
def write(desk: Desk, pressed: Press) -> Answer:
    """Claims the case too: who writes, has it."""
    return reply_form(desk.replies.draft(pressed.memo.case, by=pressed.by))


@submission(Form.REPLY)
def look_twice(desk: Desk, sent: Submission) -> Block:
    return reply_preview(desk.replies.preview(sent.memo.case, sent.text(Field.TEXT), by=sent.by))


@submission(Form.REPLY_PREVIEW)
def send(desk: Desk, sent: Submission) -> None:
    carried = sent.memo.carried
    desk.replies.submit(carried.case, carried.text, by=sent.by, once=sent.view)


@press(Action.UNDO_REPLY)
def undo(desk: Desk, pressed: Press) -> None:
    desk.replies.undo(pressed.memo.key, by=pressed.by)


@press(Action.SEND_HELD)
def send_held(desk: Desk, pressed: Press) -> None:
    desk.replies.send_held(pressed.memo.key, by=pressed.by)


@press(Action.REWRITE_REPLY)
def rewrite(desk: Desk, pressed: Press) -> Answer:
    return reply_form(desk.replies.rewrite(pressed.memo.key, by=pressed.by))


@press(Action.DROP_REPLY)
def drop(desk: Desk, pressed: Press) -> None:
    desk.replies.drop(pressed.memo.key, by=pressed.by)


@press(Action.REPLY_FOUND)
def found(desk: Desk, pressed: Press) -> Answer:
    return found_form(_reply(desk, pressed))


@submission(Form.REPLY_FOUND)
def is_there(desk: Desk, sent: Submission) -> None:
    desk.replies.found(sent.memo.key, sent.text(Field.LINK).strip(), by=sent.by)


@press(Action.SEND_AGAIN)
def look_before(desk: Desk, pressed: Press) -> Answer:
    return send_again_form(_reply(desk, pressed))


@submission(Form.SEND_AGAIN)
def send_again(desk: Desk, sent: Submission) -> None:
    desk.replies.send_again(sent.memo.key, by=sent.by)


def _reply(desk: Desk, pressed: Press) -> Reply:
    """Of the case on whose card or in whose thread the button stands, for who may see it."""
    case = desk.boards.case_at(pressed.channel, pressed.message)
    for reply in desk.boards.case(case, by=pressed.by).replies:
        if reply.key == pressed.memo.key:
            return reply
    raise NoSuchReply(pressed.memo.key)
