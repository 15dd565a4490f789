"""Where in a form a refusal belongs: at the field it is about, if the form has it."""

import html
import re

from bot.domain import errors
from bot.domain.errors import BotError
from bot.views.ids import Field, Form
from bot.views.limits import TEXT, Block, cut
from bot.views.sheets import problem
from handlers.guard import Refusal
from handlers.payload import Submission

_FIELDS: dict[type[BotError], Field] = {
    errors.BadDuration: Field.LENGTH,
    errors.NoTimeToKeep: Field.LENGTH,
    errors.TooLong: Field.LENGTH,
    errors.BadQuery: Field.CONDITIONS,
    errors.RuleTooLong: Field.CONDITIONS,
    errors.EmptyReply: Field.TEXT,
    errors.ReplyTooLong: Field.TEXT,
    errors.NoAccountChosen: Field.ACCOUNT,
    errors.NoSuchCase: Field.INTO,
    errors.WrongUsage: Field.INTO,
    errors.NobodyChosen: Field.PERSON,
    errors.NoSuchDepartment: Field.DEPARTMENT,
    errors.NoQueue: Field.DEPARTMENT,
}
_WRITTEN = (Form.REPLY, Form.REPLY_PREVIEW)
_SAY_IT_THEMSELVES = (errors.DraftIsGone, errors.DraftIsAnother, errors.SubmittedAlready)
_KEPT = "What you wrote is kept as your draft."
_BOLD = re.compile(r"\*(#?\w[^*\n]*)\*")


def refused(sent: Submission, refusal: Refusal) -> Block:
    """The acknowledgement: at the field, or on top of the form, so that nothing typed is lost."""
    field = _field(refusal.error)
    if field in sent.fields:
        return {"response_action": "errors", "errors": {field: cut(_plain(refusal.words), TEXT)}}
    is_kept = sent.form in _WRITTEN and _is_kept(refusal)
    words = f"{refusal.words} {_KEPT}" if is_kept else refusal.words
    # Slack puts no fourth form on top of a third.
    typed = sent.typed if sent.is_third and not is_kept else ()
    view = problem(sent.title or "Not now", words, typed)
    return {"response_action": "update" if sent.is_third else "push", "view": view}


def _is_kept(refusal: Refusal) -> bool:
    """Not where the store was away, nor where nobody knows what was sent."""
    return refusal.is_final and not isinstance(
        refusal.error, (*_SAY_IT_THEMSELVES, errors.Tampered)
    )


def _field(error: BotError) -> str | None:
    if isinstance(error, errors.NothingSaid):
        return error.field
    return _FIELDS.get(type(error))


def _plain(words: str) -> str:
    """Slack shows no formatting at a field."""
    return html.unescape(_BOLD.sub(r"\1", words))
