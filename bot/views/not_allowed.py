"""The right is missing: who has it, and how to get it."""

from functools import singledispatch

from bot.domain import errors
from bot.domain.errors import NotAllowed
from bot.views.blocks import user
from bot.views.phrases import UNSAID, name, people


@singledispatch
def not_allowed(_error: NotAllowed) -> str:
    return UNSAID


@not_allowed.register
def _(error: errors.LeavesCompany) -> str:
    if error.person:
        why = f"{user(error.person)} is from outside the company, and no department names them."
    else:
        why = f"{name(f'#{error.channel}')} is shared with another company."
    return f"{why} A customer's words stay inside: ask a colleague, or in a channel of our own."


_OUTSIDE = (
    "guests and people of other companies need naming, also in its channel."
    " An admin can name you: `/desk member add`."
)


@not_allowed.register
def _(error: errors.NotMember) -> str:
    if error.is_outside:
        return f"This belongs to *{name(error.department)}*, and {_OUTSIDE}"
    there = f"*{name(error.department)}*, and you are not in {name(error.channel)}"
    return f"This belongs to {there}. Ask somebody of that channel to invite you."


@not_allowed.register
def _(error: errors.NotNamed) -> str:
    department = name(error.department)
    why = "Guests need naming" if error.is_outside else "Its channel is public"
    return (
        f"{why}, so only named members may publish for *{department}*."
        " An admin can name you: `/desk member add`."
    )


@not_allowed.register
def _(error: errors.NotLead) -> str:
    who = f"{user(error.lead)} leads it" if error.lead else "Nobody leads it yet; ask an admin"
    return f"Only a lead of *{name(error.department)}* may do this. {who}."


@not_allowed.register
def _(error: errors.NotAdmin) -> str:
    who = f"Ask {people(error.admins)}" if error.admins else "There is none yet: set `DESK_ADMINS`"
    return f"Only admins of the desk may do this. {who}."


@not_allowed.register
def _(error: errors.NotResponder) -> str:
    if error.is_outside:
        return f"Only rapid response acknowledges its pings, and {_OUTSIDE}"
    return "Only members of #rapid-response acknowledge its pings. Ask to be invited there."


@not_allowed.register
def _(error: errors.NotYours) -> str:
    return f"Only {user(error.author)} decides about this. Ask them, or their lead."


@not_allowed.register
def _(_error: errors.Stranger) -> str:
    return "The desk works with people of this workspace only. Ask a colleague of it to do this."


@not_allowed.register
def _(error: errors.NotInRoom) -> str:
    where = f"#{name(error.name)}" if error.name else "the incident's channel"
    return f"Only members of {where} may do this. Ask somebody there to invite you."


@not_allowed.register
def _(error: errors.NotIncidentLead) -> str:
    return f"Only the lead, {user(error.lead)}, or an admin may do this. Ask them."
