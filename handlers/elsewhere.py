"""*I answered there*: an answer that was given outside the desk, and its *Undo*."""

from bot.domain.errors import WrongUsage
from bot.views.case_forms import answered_there_form
from bot.views.elsewhere import answered_there, not_answered_there
from bot.views.ids import Action, Field, Form
from bot.views.limits import Block
from bot.views.sheets import sheet
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.desk import Desk
from handlers.listeners import press, submission
from handlers.payload import Press, Submission


@press(Action.ANSWERED_THERE)
def ask(desk: Desk, pressed: Press) -> Answer:
    return answered_there_form(desk.boards.glance(pressed.memo.case, by=pressed.by))


@submission(Form.ANSWERED_THERE)
def answered(desk: Desk, sent: Submission) -> Block:
    url = _url(sent.text(Field.LINK))
    case = desk.elsewhere.answered(sent.memo.case, url, by=sent.by)
    return sheet("I answered there", answered_there(case))


@press(Action.NOT_ANSWERED_THERE)
def take_back(desk: Desk, pressed: Press) -> Answer:
    return not_answered_there(desk.elsewhere.take_back(pressed.memo.case, by=pressed.by))


def _url(text: str) -> str | None:
    try:
        return grammar.url(text) if text.strip() else None
    except grammar.Misread:
        raise WrongUsage("https://example.com/the-answer") from None
