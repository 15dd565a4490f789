"""Authors who are muted: who, until when, by whom and why, each with the way back."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.mute import Mute
from bot.views.blocks import button, context, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, drawn, moment, name, said

_LISTED = 40
_NEVER = "Urgent posts and posts about somebody's safety are never muted."


def mutes(first_to_end: Sequence[Mute], now: datetime) -> Drawn:
    """All that are in force."""
    if not first_to_end:
        return drawn("Nobody is muted", section("Nobody is muted."))
    title = f"{counted(len(first_to_end), 'author')} muted"
    more = len(first_to_end) - _LISTED
    how = "`/desk mutes remove NETWORK @handle` unmutes any of them"
    return drawn(
        title,
        section(f"*{title}*"),
        context(_NEVER),
        *(_line(one, now) for one in first_to_end[:_LISTED]),
        *([context(f"… and {counted(more, 'more', 'more')}; {how}")] if more > 0 else []),
    )


def muted(mute: Mute, now: datetime) -> Drawn:
    """What the press did, and how it is taken back."""
    return drawn("Muted", _line(mute, now), context(_NEVER))


def unmuted(mute: Mute) -> Drawn:
    told = f"{_author(mute)} is no longer muted. New posts ask for an answer again."
    return drawn("No longer muted", section(told))


def _line(mute: Mute, now: datetime) -> Block:
    told = dotted(
        _author(mute), f"until {moment(mute.until, now)}", f"by {user(mute.by)}", said(mute.reason)
    )
    return section(told, button("Unmute", Action.UNMUTE, str(mute.case)) if mute.case else None)


def _author(mute: Mute) -> str:
    return f"*{name('@' + mute.handle.removeprefix('@'))}* on {name(mute.network)}"
