"""The state moved on, or somebody was first: who, and what can be done now."""

from functools import singledispatch

from bot.domain import errors
from bot.domain.errors import NotNow
from bot.views.blocks import user
from bot.views.phrases import UNSAID, name, number, reason, said


@singledispatch
def not_now(_error: NotNow) -> str:
    return UNSAID


@not_now.register
def _(error: errors.AlreadyClaimed) -> str:
    first = f"{user(error.assignee)} was first and has this case."
    return f"{first} Ask for a hand-off, or help in the thread."


@not_now.register
def _(error: errors.NotAssignee) -> str:
    return f"{user(error.assignee)} has this case. Ask for a hand-off, or help in the thread."


@not_now.register
def _(error: errors.CaseIsSolved) -> str:
    if error.into:
        return f"This case was merged into {number(error.into)}. Go on there."
    return f"This case is closed ({reason(error.outcome)}, {user(error.by)}). *Reopen* it first."


@not_now.register
def _(error: errors.NoWayOut) -> str:
    then = f"press *I answered there* (under *More*) or type `/case answered {error.case}`"
    return (
        f"This case was made by hand, so no answer can leave from here. Answer there, then {then}."
    )


@not_now.register
def _(error: errors.StillUnanswered) -> str:
    why = f"`/case resolve {error.case} REASON`"
    return f"Nobody has answered this customer yet. Answer first, or say why it is solved: {why}."


@not_now.register
def _(error: errors.WroteMeanwhile) -> str:
    return f"The customer wrote again meanwhile. Read it on the card of {number(error.case)} first."


@not_now.register
def _(_error: errors.CaseIsOpen) -> str:
    return "This case is open already. Nothing needs to be reopened."


@not_now.register
def _(error: errors.HandOffIsPending) -> str:
    whom = user(error.person) if error.person else "the department it was handed to"
    return f"It is offered to {whom}, not accepted yet. *Accept* or *Return* it on the card."


@not_now.register
def _(error: errors.NoHandOffPending) -> str:
    now = f" {user(error.assignee)} has it." if error.assignee else ""
    return f"Its hand-off was answered already.{now}"


@not_now.register
def _(error: errors.NothingToChange) -> str:
    return f"Nothing was changed: {reason(error.why)}."


@not_now.register
def _(error: errors.NotInDepartment) -> str:
    there = f"{user(error.member)} does not work in *{name(error.department)}*"
    return f"{there}. Invite them to {name(error.channel)}, or use *Hand off*."


@not_now.register
def _(error: errors.NoAskOpen) -> str:
    return f"*{name(error.department)}* has no open part in this case. Nothing is left to do."


@not_now.register
def _(error: errors.QuestionAnswered) -> str:
    by = f" by {user(error.by)}" if error.by else ""
    return f"This question was answered{by} already. Add to it in the case's thread."


@not_now.register
def _(error: errors.ReplyMovedOn) -> str:
    return f"This answer is {_standing(error.state)} by now. The card shows what can be done."


@not_now.register
def _(error: errors.ReplyIsUnderWay) -> str:
    return f"An answer is {_standing(error.state)}. Decide about it on the card first."


@not_now.register
def _(error: errors.SaidAlready) -> str:
    return (
        f"{user(error.by)} sent these very words to this customer today. Change them, or leave it."
    )


@not_now.register
def _(error: errors.OutgoingIsOff) -> str:
    switch = {"hold": "on hold", "off": "switched off"}.get(error.switch, name(error.switch))
    return f"Public replies are {switch}. A lead or an admin can change it: `/desk outgoing on`."


@not_now.register
def _(error: errors.AlreadyAcknowledged) -> str:
    return f"{user(error.by)} has acknowledged this already. You can help in the thread."


@not_now.register
def _(_error: errors.AllAcknowledged) -> str:
    return "Nothing here waits any more: each line says who has it, or what became of it."


@not_now.register
def _(error: errors.CallIsOver) -> str:
    became = "answered" if error.settled == "answered" else f"closed ({reason(error.settled)})"
    return f"{number(error.case)} was {became} meanwhile. There is nothing left to acknowledge."


@not_now.register
def _(error: errors.NothingToAcknowledge) -> str:
    return f"Nobody was pinged about {number(error.case)}, so there is nothing to acknowledge."


@not_now.register
def _(error: errors.ChangedSince) -> str:
    newer = ", ".join(str(number) for number in error.newer)
    return f"Newer changes build on change {error.number}. Undo them first: {newer}."


@not_now.register
def _(error: errors.DraftIsGone) -> str:
    return (
        f"This form is older than {number(error.case)}: your answer was sent, or the case was"
        " closed or moved. Nothing was sent now, and your words are kept as a draft. Press *Reply*"
        " to see whom they would go to."
    )


@not_now.register
def _(error: errors.DraftIsAnother) -> str:
    return (
        f"You went on with your answer to {number(error.case)} in another form. Nothing was sent"
        " from this one. Copy what you need from it, and press *Reply* to go on with the other."
    )


@not_now.register
def _(_error: errors.SubmittedAlready) -> str:
    return "This was sent already, and once is enough. The card shows what came of it."


@not_now.register
def _(_error: errors.TooManyForms) -> str:
    return "Slack shows three forms on top of each other at most. Close this one first."


@not_now.register
def _(_error: errors.FormIsClosed) -> str:
    return "This form was closed meanwhile. Press the button once more to open it."


@not_now.register
def _(_error: errors.PressedTooLongAgo) -> str:
    return "Slack opens a form only right after the press. Press the button once more."


@not_now.register
def _(error: errors.IncidentIsOver) -> str:
    return f"{said(error.title)} was stood down by {user(error.by)}. Declare a new one if need be."


@not_now.register
def _(error: errors.LinkedAlready) -> str:
    return f"This case is part of {said(error.title)} already, and can be part of one only."


def _standing(state: str) -> str:
    """Where a reply is, as a part of a sentence."""
    words = {
        "undo": "waiting to be sent",
        "held": "on hold",
        "sending": "being sent",
        "sent": "sent",
        "rejected": "refused by the network",
        "unknown": "of unknown outcome",
        "dropped": "dropped",
    }
    return words.get(state, name(state))
