"""What the author of a reply hears of it, and the thread."""

from bot.domain.facts import NoteFacts
from bot.domain.reply import ReplyState
from bot.views.blocks import quote, section
from bot.views.delivery import delivered, delivery_line
from bot.views.drawn import Drawn
from bot.views.note_parts import QUOTED, line, title
from bot.views.phrases import drawn

_STATES = {ReplyState.UNKNOWN: "of unknown outcome", ReplyState.REJECTED: "refused"}


def reply_delivered(facts: NoteFacts) -> Drawn:
    reply = facts.reply
    if reply is None:
        return line(facts, "The answer was sent")
    return drawn(title(facts, "answered"), section(delivered(reply)), quote(reply.text, QUOTED))


def reply_waits(facts: NoteFacts) -> Drawn:
    """To its author: it was held or refused, or nobody knows; the card has the buttons."""
    if facts.reply is None or facts.post is None:
        return line(facts, "An answer waits for its author")
    state = _STATES.get(facts.reply.state, facts.reply.state)
    line_of_it = section(delivery_line(facts.reply, facts.post))
    return drawn(title(facts, f"an answer is {state}"), line_of_it)
