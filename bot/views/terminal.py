"""Our sentences for somebody at a command line: as typed, without what Slack needs."""

import html
import json
import re

from bot.domain.errors import BotError, Broken, StoreUnavailable
from bot.views import inert
from bot.views.sentences import no_store, sentence

# What moves a cursor, changes the order of what is read, or is no character at all.
_ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BOLD = re.compile(r"\*([^*\n]+)\*")


def in_terminal(error: BotError) -> str:
    """Every fault on a line of its own, ready to be pasted."""
    if isinstance(error, Broken):
        return "\n".join(error.faults)
    if type(error) is StoreUnavailable:
        return plainly(no_store(str(error)))
    return plainly(sentence(error))


def visible(text: str) -> str:
    """For a terminal, which would obey it: names such a character instead."""
    return _ACTS.sub(lambda found: _named(found[0]), text)


def visible_json(text: str) -> str:
    """JSON stays the same JSON, with what a terminal would obey as its escapes."""
    return _ACTS.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _named(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"


def plainly(line: str) -> str:
    """One of our lines, without what keeps names from acting in Slack."""
    return _BOLD.sub(r"\1", html.unescape(inert.revived(line))).replace("`", "")
