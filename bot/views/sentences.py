"""What a person is told when the desk refuses: why, and what to do; one sentence for each error.

The sentences stand in one file for each branch of the tree in `bot.domain.errors`.
"""

from functools import singledispatch

from bot.domain import errors
from bot.domain.errors import BotError, NotAllowed, NotNow, NotUnderstood
from bot.views import inert
from bot.views.not_allowed import not_allowed
from bot.views.not_now import not_now
from bot.views.not_understood import not_understood
from bot.views.phrases import UNSAID, name, reason


def sentence(error: BotError) -> str:
    match error:
        case NotAllowed():
            return not_allowed(error)
        case NotNow():
            return not_now(error)
        case NotUnderstood():
            return not_understood(error)
        case _:
            return other(error)


@singledispatch
def other(_error: BotError) -> str:
    """Broken, unavailable, or a fault of ours: it is not the person's doing."""
    return UNSAID


@other.register
def _(error: errors.Broken) -> str:
    return "\n".join(["Something in it is wrong:", *(f"• {reason(one)}" for one in error.faults)])


@other.register
def _(_error: errors.StoreUnavailable) -> str:
    return "The desk could not write this down, and nothing was changed. Try again in a moment."


@other.register
def _(error: errors.StoreIsNewer) -> str:
    return (
        "A newer version of this program has set up the database "
        f"({inert.plain(', '.join(error.changes))}). Run that version; nothing was changed."
    )


@other.register
def _(error: errors.NoStore) -> str:
    return f"The desk cannot use its database: {inert.plain(error.why)}. Look at DATABASE_URL."


@other.register
def _(_error: errors.SlackUnavailable) -> str:
    return "Slack does not answer just now. Try again in a moment; nothing is lost."


@other.register
def _(error: errors.RunningAlready) -> str:
    return (
        f"Another process runs this desk already ({inert.plain(error.database)}). Stop it first; a"
        " desk of several processes needs PostgreSQL, see docs/processes.md."
    )


@other.register
def _(_error: errors.TermOver) -> str:
    return "Another process of this desk does that by now. Try again in a moment; nothing is lost."


@other.register
def _(error: errors.AddressTaken) -> str:
    return f"Something else listens at {inert.plain(error.address)}. Set another PORT, or stop it."


@other.register
def _(error: errors.Unexpected) -> str:
    return f"Something went wrong (ref {name(error.reference)}), and an operator can find out why."
