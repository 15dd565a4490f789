"""What was typed or pressed means nothing here: what would."""

from functools import singledispatch

from bot.domain import errors
from bot.domain.durations import WORKING_YEAR, YEAR
from bot.domain.errors import NotUnderstood
from bot.views import inert
from bot.views.phrases import SUMMARY, UNSAID, counted, name, number, people, reason, said

_NAMED = 5


@singledispatch
def not_understood(_error: NotUnderstood) -> str:
    return UNSAID


@not_understood.register
def _(_error: errors.EmptyReply) -> str:
    return "There are no words to send. Write the answer first."


@not_understood.register
def _(_error: errors.NoAccountChosen) -> str:
    return "No post here says which of our accounts it was written to. Choose one to answer from."


@not_understood.register
def _(_error: errors.NothingSaid) -> str:
    return "Nothing can be seen in these words. Write at least one letter, digit or sign."


@not_understood.register
def _(error: errors.ReplyTooLong) -> str:
    over = counted(error.length - error.limit, "character")
    return f"This answer is {over} too long; {error.limit:,} fit. Shorten it."


@not_understood.register
def _(error: errors.RuleTooLong) -> str:
    length = f"{error.length:,} characters, with what others are asked"
    return f"This rule has {length}; {error.limit:,} fit. Use fewer words, or make two rules of it."


@not_understood.register
def _(error: errors.BadDuration) -> str:
    return f"{said(error.text, 40)} is no length of time. Write 45s, 20m, 1h, 1d or 3bd."


@not_understood.register
def _(error: errors.TooLong) -> str:
    most = f"at most {YEAR} or {WORKING_YEAR}"
    return f"{said(error.length, 40)} is too long: {most}. Write a shorter time."


@not_understood.register
def _(_error: errors.NoTimeToKeep) -> str:
    return "Nobody can keep a promise that leaves no time. Write a longer one, like 30m or 1h."


@not_understood.register
def _(error: errors.BadQuery) -> str:
    hint = f" Try: {reason(error.hint)}" if error.hint else " Try: words:refund lang:nl"
    return f"This cannot be read: {reason(error.reason)}.{hint}"


@not_understood.register
def _(error: errors.NoSuchCase) -> str:
    return f"There is no case {number(error.case)}. `/case find` looks for words."


@not_understood.register
def _(_error: errors.NoSuchReply) -> str:
    return "This answer is not known any more. Look at the case's card."


@not_understood.register
def _(_error: errors.NoSuchQuestion) -> str:
    return "This question is not known any more. Look into the case's thread."


@not_understood.register
def _(error: errors.NoSuchDepartment) -> str:
    return f"There is no department {said(error.key, 40)}. There are: {_among(error.known)}."


@not_understood.register
def _(error: errors.NoQueue) -> str:
    return f"*{name(error.key)}* approves and has no queue. Choose one of: {_among(error.known)}."


@not_understood.register
def _(error: errors.NoSuchChange) -> str:
    return f"There is no change {error.number}. `/desk changes` lists them."


@not_understood.register
def _(error: errors.NoSuchPerson) -> str:
    if error.alike:
        found = people(error.alike[:_NAMED])
        more = f" and {len(error.alike) - _NAMED} more" if len(error.alike) > _NAMED else ""
        how = "Write @ and choose the person from Slack's list, or write the e-mail address."
        return f"{said(error.text, 40)} may be {found}{more}. {how}"
    return f"{said(error.text, 40)} is nobody the desk knows. Write @ and choose a name."


@not_understood.register
def _(error: errors.NoSuchChannel) -> str:
    return (
        f"{said(error.text, 40)} is no channel the desk is in. Invite it there, or choose another."
    )


@not_understood.register
def _(_error: errors.NoCaseHere) -> str:
    return "This message belongs to no case. Write its number, or use it in a card's thread."


@not_understood.register
def _(_error: errors.ManyCasesHere) -> str:
    return (
        "This message tells of many cases. Press the button in the line of the one you mean, "
        "or write its number after the word: `claim N`."
    )


@not_understood.register
def _(_error: errors.Tampered) -> str:
    return "This button or form is not one of the desk's. Open the card and press it there."


@not_understood.register
def _(error: errors.WrongUsage) -> str:
    nearest = f" Did you mean `{inert.escape(error.nearest)}`?" if error.nearest else ""
    return f"Usage: `{inert.escape(error.usage)}`{nearest and f'.{nearest}'}"


@not_understood.register
def _(error: errors.NeedsForm) -> str:
    typed = inert.plain(inert.one_line(error.usage, SUMMARY))  # has a person's words in it
    return f"Slack opens no form from here. Type `{typed}`."


@not_understood.register
def _(_error: errors.NobodyChosen) -> str:
    return "Nobody is chosen yet. Choose a person, a department or a channel."


@not_understood.register
def _(error: errors.NotBuiltYet) -> str:
    what = inert.plain(inert.one_line(error.what, SUMMARY))
    return f"{what} comes with a later version of the desk."


@not_understood.register
def _(error: errors.BadRotaEntry) -> str:
    return f"This cannot go on the rota: {reason(error.reason)}."


@not_understood.register
def _(error: errors.NoSuchRotaEntry) -> str:
    there = f"the last one is {error.last}" if error.last else "there are none yet"
    return f"There is no entry {error.number} on the rota; {there}. `/rota` lists them."


@not_understood.register
def _(error: errors.NoIncidentHere) -> str:
    known = ", ".join(f"#{name(one)}" for one in error.open_ones[:_NAMED])
    if len(error.open_ones) > _NAMED:
        known += f" and {len(error.open_ones) - _NAMED} more (`/incident list`)"
    there = f"Type it in the channel of one: {known}" if known else "You are in no open incident"
    return f"This is no incident's channel. {there}. `/incident declare` opens a new one."


@not_understood.register
def _(error: errors.NoSuchIncident) -> str:
    return f"There is no incident {error.number}. `/incident list` shows those there are."


@not_understood.register
def _(error: errors.NeedsWords) -> str:
    return f"The {name(error.what)} has no words yet. Write one sentence and send it again."


def _among(keys: tuple[str, ...]) -> str:
    return ", ".join(name(key) for key in keys) or "none yet"
