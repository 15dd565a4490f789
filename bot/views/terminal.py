"""Our sentences for somebody at a command line: as typed, without what Slack needs."""

import html
import re

from bot.domain.errors import BotError, Broken, StoreUnavailable
from bot.views import inert
from bot.views.sentences import no_store, sentence

_BOLD = re.compile(r"\*([^*\n]+)\*")


def in_terminal(error: BotError) -> str:
    """Every fault on a line of its own, ready to be pasted."""
    if isinstance(error, Broken):
        return "\n".join(error.faults)
    if type(error) is StoreUnavailable:
        return plainly(no_store(str(error)))
    return plainly(sentence(error))


def plainly(line: str) -> str:
    """One of our lines, without what keeps names from acting in Slack."""
    return _BOLD.sub(r"\1", html.unescape(inert.revived(line))).replace("`", "")
