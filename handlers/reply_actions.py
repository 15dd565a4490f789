"""Answering the customer: written, looked at twice, sent; and what to do with one that waits.

The only way out to the public: no word of a thread goes it by itself.
"""

from bot.domain.errors import NoSuchReply
from bot.domain.post import Post
from bot.domain.reply import Reply
from bot.domain.reply_form import ReplyForm
from bot.views.ids import TYPING, Action, Field, Form
from bot.views.limits import Block
from bot.views.reply_forms import (
    found_form,
    recounted,
    reply_form,
    reply_preview,
    send_again_form,
)
from handlers.answers import Answer, Redraw
from handlers.desk import Desk
from handlers.guard import attempt
from handlers.listeners import closing, press, submission
from handlers.payload import Press, Submission
from handlers.reading import as_written


@press(Action.REPLY)
def write(desk: Desk, pressed: Press) -> Answer:
    """Claims the case too: who writes, has it."""
    return reply_form(desk.replies.draft(pressed.memo.case, by=pressed.by))


@press(Action.CHOOSE_POST)
def choose(desk: Desk, pressed: Press) -> Answer:
    carried, text = pressed.form_memo.carried, pressed.typed(Field.TEXT)
    form = desk.replies.choose(carried, pressed.memo.key, text, by=pressed.by)
    return Redraw(reply_form(form))


@press(Action.START_OVER)
def start_over(desk: Desk, pressed: Press) -> Answer:
    form = desk.replies.start_over(pressed.form_memo.carried, by=pressed.by)
    return Redraw(reply_form(form, anew=True))


@press(TYPING)
def typed(desk: Desk, pressed: Press) -> Answer:
    """Slack tells of every letter; few change anything, and none may disturb who is writing."""
    text = pressed.typed(Field.TEXT)
    kept = attempt(desk, lambda: desk.replies.typed(pressed.form_memo.carried, text, by=pressed.by))
    return Redraw(recounted(kept) if isinstance(kept, ReplyForm) else None)


@closing(Form.REPLY)
def put_away(desk: Desk, left: Submission) -> None:
    desk.replies.put_away(left.memo.carried, by=left.by)


@submission(Form.REPLY)
def look_twice(desk: Desk, sent: Submission) -> Block:
    carried, text = sent.memo.carried, sent.text(Field.TEXT)
    account = sent.choice(Field.ACCOUNT)
    return reply_preview(
        desk.replies.preview(carried.case, text, by=sent.by, carried=carried, account=account)
    )


@submission(Form.REPLY_PREVIEW)
def send(desk: Desk, sent: Submission) -> None:
    desk.replies.send(sent.memo.carried, by=sent.by, once=sent.view)


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
    return found_form(*_reply(desk, pressed))


@submission(Form.REPLY_FOUND)
def is_there(desk: Desk, sent: Submission) -> None:
    desk.replies.found(sent.memo.key, as_written(sent.text(Field.LINK)).strip(), by=sent.by)


@press(Action.SEND_AGAIN)
def look_before(desk: Desk, pressed: Press) -> Answer:
    return send_again_form(*_reply(desk, pressed))


@submission(Form.SEND_AGAIN)
def send_again(desk: Desk, sent: Submission) -> None:
    desk.replies.send_again(sent.memo.key, by=sent.by)


def _reply(desk: Desk, pressed: Press) -> tuple[Reply, Post]:
    """Of the case on whose card or in whose thread the button stands, and the post it answers."""
    case = desk.boards.case_at(pressed.channel, pressed.message)
    found = desk.boards.case(case, by=pressed.by).reply(pressed.memo.key)
    if found is None:
        raise NoSuchReply(pressed.memo.key)
    return found
