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
from bot.views.phrases import UNSAID, counted, name, reason

_FREE = "Free some space on its disk, and run this again; what was kept before is still there"
_DATABASES = (  # what their reason says, and what to do then
    ("disk is full", _FREE),
    ("No space left", _FREE),
    ("disk I/O error", "Look at its disk; what was kept before is still there"),
    ("locked", "Something else writes to it; try again in a moment"),
)


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
    return "Couldn't save that, so nothing changed. Try again in a moment."


@other.register
def _(error: errors.StoreIsNewer) -> str:
    return (
        "A newer version of this program has set up the database "
        f"({inert.plain(', '.join(error.changes))}). Run that version; nothing was changed."
    )


@other.register
def _(error: errors.NoStore) -> str:
    return no_store(error.why)


def no_store(why: str) -> str:
    """To its operator; a full disk is no matter of the settings."""
    now = next((now for sign, now in _DATABASES if sign in why), "Look at DATABASE_URL")
    return f"The desk cannot use its database: {inert.plain(why)}. {now}."


@other.register
def _(_error: errors.NoDeskThere) -> str:
    return "There is no desk to move. Look at FROM_URL; nothing was changed."


@other.register
def _(error: errors.NotReached) -> str:
    return (
        f"The desk cannot be moved: {inert.plain(error.name)} cannot be used: "
        f"{inert.plain(error.why)}. Nothing was changed."
    )


@other.register
def _(error: errors.MoveStopped) -> str:
    return (
        f"The move has stopped: {inert.plain(error.why)}. Fix that, and run the "
        "same command again: it continues where it stopped. The old desk is as it was."
    )


@other.register
def _(_error: errors.SameDatabase) -> str:
    return "From and to are the same database. Name another one to move to."


@other.register
def _(_error: errors.SourceInUse) -> str:
    return "A desk runs on the database to move from. Stop every process of it, then begin again."


@other.register
def _(error: errors.TargetNotEmpty) -> str:
    named = inert.plain(", ".join(error.tables[:5]))
    tables = f"{counted(len(error.tables), 'table')} ({named}{', …' * (len(error.tables) > 5)})"
    return f"The database to move to is not empty, it has {tables}. Name one that is."


@other.register
def _(error: errors.HalfMoved) -> str:
    return (
        f"This desk is half moved, from {inert.plain(error.source)}. Go on with the same "
        "`python -m bot move FROM_URL TO_URL` until it says that all is equal."
    )


@other.register
def _(_error: errors.MovedByAnother) -> str:
    return "Somebody else moves a desk into this database. Let one of the two come to its end."


@other.register
def _(error: errors.CopyDiffers) -> str:
    return (
        "What was copied differs from what is in the source now, in "
        f"{inert.plain(', '.join(error.tables))}: something has written there meanwhile. Empty "
        "the database to move to, and begin again."
    )


@other.register
def _(error: errors.MovedAway) -> str:
    return (
        f"This desk was moved to {inert.plain(error.place)}, and two would answer customers twice. "
        f"Run that one. To run this one all the same, remove {inert.plain(error.mark)} first."
    )


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
