"""What follows a form that was sent: in its acknowledgement, or in its place right after it."""

from bot.domain.errors import FormIsClosed
from bot.views.ids import Form
from bot.views.limits import Block
from bot.views.sheets import loading, not_shown
from handlers.desk import Desk
from handlers.faults import refused
from handlers.frames import fits
from handlers.guard import Refusal, attempt, later
from handlers.payload import Submission
from handlers.reading import text_at


def next_form(desk: Desk, sent: Submission, answer: Block | Refusal | None) -> Block | str:
    """The acknowledgement: what is wrong, the next form, or nothing, which closes this one."""
    if not answer:
        return ""
    ack = _whole(sent, answer)
    view = ack.get("view")
    if fits(ack) or not isinstance(view, dict):  # words at a field always fit
        return ack
    return ack | {"view": _small_at_first(desk, sent, view)}


def _whole(sent: Submission, answer: Block | Refusal) -> Block:
    if isinstance(answer, Refusal):
        return refused(sent, answer)
    return {"response_action": "update", "view": answer}


def _small_at_first(desk: Desk, sent: Submission, view: Block) -> Block:
    """An empty acknowledgement would close the form, so another stands there for a moment."""
    name = f"next:{desk.new_key()}"
    later(desk, lambda: _fill(desk, sent, name, view))
    return loading(text_at(view, "title", "text")) | {"external_id": name}


def _fill(desk: Desk, sent: Submission, name: str, view: Block) -> None:
    filled = attempt(desk, lambda: desk.forms.fill(name, sent.view, view))
    if isinstance(filled, Refusal) and not isinstance(filled.error, FormIsClosed):
        is_done = view["callback_id"] == Form.SHEET
        desk.tell(sent.by, not_shown(text_at(view, "title", "text"), filled.words, is_done))
