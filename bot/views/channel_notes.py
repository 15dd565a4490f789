"""To the admins: a channel that the desk does not use before one of them says so."""

from bot.domain.effects import is_room
from bot.domain.facts import NoteFacts
from bot.domain.ids import ChannelId, MemberId
from bot.views.blocks import actions, button, context, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action, using
from bot.views.limits import Block
from bot.views.note_parts import word
from bot.views.phrases import drawn, name

_WHY = {
    "public": "{there} was there before me, and it is public: everyone in the company could read"
    " what customers write, and join",
    "shared": "{there} is shared with another company: its people could read what customers write",
    "other": "I no longer see the channel of {whose}, and {there} has its name now: whoever is in"
    " it could read and answer its cases",
}
_ELSE = {
    "public": "To keep it private, rename that channel: I then make a private one.",
    "shared": "To keep it inside, end the sharing in Slack.",
    "other": "To use the former channel again, invite me there.",
}


def channel_wanted(facts: NoteFacts) -> Drawn:
    there = f"*#{name(word(facts, 'name'))}*"
    place = word(facts, "department") or word(facts, "place")
    whose = "this incident" if is_room(place) else f"*{name(place)}*"
    why = _WHY[_doubt(facts)].format(there=there, whose=whose)
    return drawn(
        f"#{name(word(facts, 'name'))} waits for an admin",
        section(f"{why}. Shall {whose} use it?"),
        *_end(facts),
    )


def _doubt(facts: NoteFacts) -> str:
    doubt = word(facts, "doubt")
    return doubt if doubt in _WHY else "public"


def _end(facts: NoteFacts) -> list[Block]:
    if by := word(facts, "by"):
        return [context(f"✓ {user(MemberId(by))} said yes")]
    if facts.args.get("gone"):
        return [context("✓ No longer needed")]
    value = using(ChannelId(word(facts, "channel")), word(facts, "place"))
    until = "Until then I post nothing there; its cases wait in triage."
    return [
        actions(button("Use this channel", Action.USE_CHANNEL, value)),
        context(f"{until} {_ELSE[_doubt(facts)]}"),
    ]
