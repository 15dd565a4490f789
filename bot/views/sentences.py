"""What a person is told when the desk refuses: why, and what to do; one sentence for each fact.

A sentence stands beside its error's type; `tests/views` walks the tree of errors and misses none.
"""

from functools import singledispatch

from bot.domain import errors
from bot.domain.errors import BotError
from bot.views.blocks import user
from bot.views.phrases import counted, name, number, people, reason, said


@singledispatch
def sentence(_error: BotError) -> str:
    return "This cannot be done now. Try again, or ask an admin of the desk."


@sentence.register
def _(error: errors.Broken) -> str:
    return "\n".join(["Something in it is wrong:", *(f"• {reason(one)}" for one in error.faults)])


# Not allowed: the way in is named


@sentence.register
def _(error: errors.NotMember) -> str:
    there = f"*{name(error.department)}*, and you are not in {name(error.channel)}"
    return f"This belongs to {there}. Ask somebody of that channel to invite you."


@sentence.register
def _(error: errors.NotNamed) -> str:
    department = name(error.department)
    why = "Guests need naming" if error.is_outside else "Its channel is public"
    return (
        f"{why}, so only named members may publish for *{department}*."
        " An admin can name you: `/desk member add`."
    )


@sentence.register
def _(error: errors.NotLead) -> str:
    who = f"{user(error.lead)} leads it" if error.lead else "Nobody leads it yet; ask an admin"
    return f"Only a lead of *{name(error.department)}* may do this. {who}."


@sentence.register
def _(error: errors.NotAdmin) -> str:
    who = f"Ask {people(error.admins)}" if error.admins else "There is none yet: set `DESK_ADMINS`"
    return f"Only admins of the desk may do this. {who}."


@sentence.register
def _(_error: errors.NotResponder) -> str:
    return "Only members of #rapid-response acknowledge its pings. Ask to be invited there."


@sentence.register
def _(error: errors.NotYours) -> str:
    return f"Only {user(error.author)} decides about this. Ask them, or their lead."


# Not now: the case


@sentence.register
def _(error: errors.AlreadyClaimed) -> str:
    first = f"{user(error.assignee)} was first and has this case."
    return f"{first} Ask for a hand-off, or help in the thread."


@sentence.register
def _(error: errors.NotAssignee) -> str:
    return f"{user(error.assignee)} has this case. Ask for a hand-off, or help in the thread."


@sentence.register
def _(error: errors.CaseIsSolved) -> str:
    if error.into:
        return f"This case was merged into {number(error.into)}. Go on there."
    return f"This case is closed ({reason(error.outcome)}, {user(error.by)}). *Reopen* it first."


@sentence.register
def _(_error: errors.CaseIsOpen) -> str:
    return "This case is open already. Nothing needs to be reopened."


@sentence.register
def _(error: errors.HandOffIsPending) -> str:
    whom = user(error.person) if error.person else "the department it was handed to"
    return f"It waits for {whom} to accept it. *Accept* or *Return* it on the card."


@sentence.register
def _(error: errors.NoHandOffPending) -> str:
    now = f" {user(error.assignee)} has it." if error.assignee else ""
    return f"Its hand-off was answered already.{now}"


@sentence.register
def _(error: errors.NothingToChange) -> str:
    return f"Nothing was changed: {reason(error.why)}."


@sentence.register
def _(error: errors.NotInDepartment) -> str:
    there = f"{user(error.member)} does not work in *{name(error.department)}*"
    return f"{there}. Invite them to {name(error.channel)}, or use *Hand off*."


@sentence.register
def _(error: errors.NoAskOpen) -> str:
    return f"*{name(error.department)}* has no open part in this case. Nothing is left to do."


@sentence.register
def _(error: errors.QuestionAnswered) -> str:
    by = f" by {user(error.by)}" if error.by else ""
    return f"This question was answered{by} already. Add to it in the case's thread."


# Not now: the reply


@sentence.register
def _(error: errors.ReplyMovedOn) -> str:
    return f"This answer is {_standing(error.state)} by now. The card shows what can be done."


@sentence.register
def _(error: errors.ReplyIsUnderWay) -> str:
    return f"An answer is {_standing(error.state)}. Decide about it on the card first."


@sentence.register
def _(error: errors.SaidAlready) -> str:
    return (
        f"{user(error.by)} sent these very words to this customer today. Change them, or leave it."
    )


@sentence.register
def _(error: errors.OutgoingIsOff) -> str:
    switch = {"hold": "on hold", "off": "switched off"}.get(error.switch, name(error.switch))
    return f"Public replies are {switch}. A lead or an admin can change it: `/desk outgoing on`."


@sentence.register
def _(_error: errors.EmptyReply) -> str:
    return "There are no words to send. Write the answer first."


@sentence.register
def _(error: errors.ReplyTooLong) -> str:
    over = counted(error.length - error.limit, "character")
    return f"This answer is {over} too long; {error.limit:,} fit. Shorten it."


# Not now: the ping


@sentence.register
def _(error: errors.AlreadyAcknowledged) -> str:
    return f"{user(error.by)} has acknowledged this already. You can help in the thread."


@sentence.register
def _(error: errors.NothingToAcknowledge) -> str:
    return f"Nobody was pinged about {number(error.case)}, so there is nothing to acknowledge."


# Not understood: what would be


@sentence.register
def _(error: errors.BadDuration) -> str:
    return f"{said(error.text, 40)} is no length of time. Write 45s, 20m, 1h, 1d or 3bd."


@sentence.register
def _(error: errors.BadQuery) -> str:
    hint = f" Try: {reason(error.hint)}" if error.hint else " Try: words:refund lang:nl"
    return f"This search has a fault. {reason(error.reason)}.{hint}"


@sentence.register
def _(error: errors.NoSuchCase) -> str:
    return f"There is no case {number(error.case)}. `/case find` looks for words."


@sentence.register
def _(_error: errors.NoSuchReply) -> str:
    return "This answer is not known any more. Look at the case's card."


@sentence.register
def _(_error: errors.NoSuchQuestion) -> str:
    return "This question is not known any more. Look into the case's thread."


@sentence.register
def _(error: errors.NoSuchDepartment) -> str:
    known = ", ".join(name(key) for key in error.known)
    return f"There is no department {said(error.key, 40)}. There are: {known or 'none yet'}."


# Unavailable: it is not the person's fault


@sentence.register
def _(_error: errors.StoreUnavailable) -> str:
    return "The desk could not write this down, and nothing was changed. Try again in a moment."


@sentence.register
def _(_error: errors.SlackUnavailable) -> str:
    return "Slack does not answer just now. Try again in a moment; nothing is lost."


def _standing(state: str) -> str:
    """Where a reply is, as a part of a sentence."""
    words = {
        "undo": "waiting to be sent",
        "held": "held",
        "sending": "being sent",
        "sent": "sent",
        "rejected": "refused by the network",
        "unknown": "of unknown outcome",
        "dropped": "dropped",
    }
    return words.get(state, name(state))
