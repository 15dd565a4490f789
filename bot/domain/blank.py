"""Whether a text says anything: what nobody can see is no answer, no reason and no title."""

import unicodedata

from bot.domain.errors import NothingSaid

# Letters and signs by their category, and nothing to the eye: fillers of Hangul, a braille cell
# without dots, a null notehead, the sign for an object that is missing.
_UNSEEN = frozenset(
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\U0001d159\U00013441\U00013442"
)
_SAYS = "LNPS"  # letters, numbers, punctuation, signs; a mark alone stands on nothing


def is_blank(text: str) -> bool:
    """Only blanks of any kind, and characters that are not seen."""
    return not any(map(_is_seen, text))


def must_say(text: str) -> None:
    """Refuses a reason, an ask or an answer of which nothing can be seen."""
    if is_blank(text):
        raise NothingSaid()


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in _SAYS and character not in _UNSEEN
