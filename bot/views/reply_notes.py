"""What the author of a reply hears of it, and the thread."""

from bot.domain.facts import NoteFacts
from bot.domain.reply import ReplyState
from bot.views.blocks import quote, section, user
from bot.views.delivery import delivered, delivery_line
from bot.views.drawn import Drawn
from bot.views.note_parts import (
    QUOTED,
    about,
    case_of,
    is_direct,
    line,
    mentioned,
    spaced,
    title,
)
from bot.views.phrases import drawn

_STATES = {ReplyState.UNKNOWN: "of unknown outcome", ReplyState.REJECTED: "refused"}


def reply_delivered(facts: NoteFacts) -> Drawn:
    reply = facts.reply
    if reply is None or facts.post is None:
        return line(facts, "The answer was sent")
    told = section(delivered(reply, facts.post))
    return drawn(title(facts, "answered"), told, quote(reply.text, QUOTED))


def reply_waits(facts: NoteFacts) -> Drawn:
    """To its author: it was held or refused, or nobody knows; the card has the buttons."""
    if facts.reply is None or facts.post is None:
        return line(facts, "An answer waits for its author")
    state = _STATES.get(facts.reply.state, facts.reply.state)
    words = delivery_line(facts.reply, facts.post)
    if is_direct(facts):
        return about(facts, f"{case_of(facts)}: {words}. Decide on the card")
    return drawn(title(facts, f"an answer is {state}"), section(spaced(_others(facts), words)))


def _others(facts: NoteFacts) -> str:
    """Who decides now, where that is not its author, whom the line names anyway."""
    author = user(facts.reply.author) if facts.reply else ""
    return ", ".join(one for one in mentioned(facts).split(", ") if one != author)
