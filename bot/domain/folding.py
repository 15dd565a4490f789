"""Words compared as people compare them: without case, accents, punctuation or invisible signs.

Rules and searches look for phrases in folded text; scripts without spaces need no word list.
"""

import re
import unicodedata
from functools import lru_cache

from bot.domain.errors import BadQuery

# Nothing is left of accents and emoji variants; a few letters have an accent no decomposition sees.
_PLAIN = dict.fromkeys([*range(0x0300, 0x0370), *range(0xFE00, 0xFE10)], "") | {
    ord(letter): plain
    for letter, plain in {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}.items()
}
# Thai, Lao, Burmese, Khmer, kana, Han and Hangul: each sign counts as a word, so that a phrase
# is found wherever its signs follow one another, beside Latin letters too.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)


def folded(text: str) -> str:
    """The words of `text` in plain lower case, one space around each."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    letters = unicodedata.normalize("NFC", decomposed.translate(_PLAIN))
    return f" {' '.join(''.join(map(_spaced, letters)).split())} "


def phrase(value: str) -> str:
    """What to look for in folded text to find `value` as whole words, or as a beginning with *."""
    stem = value.removesuffix("*")
    if "*" in stem:
        raise BadQuery(f"{value}: a * may only stand at the end", "write refund* for any ending")
    needle = folded(stem)
    if not needle.strip():
        raise BadQuery(f"{value}: there is no letter or digit to look for")
    return needle if stem == value else needle.rstrip()


@lru_cache(maxsize=8192)
def _spaced(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "So" or _UNSPACED.match(character):  # an emoji is a word of its own, too
        return f" {character} "
    if kind[0] in "LMN":
        return character
    return "" if kind == "Cf" else " "
