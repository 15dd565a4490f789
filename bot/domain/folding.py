"""Words compared as people compare them: without case, accents, punctuation or invisible signs.

Rules and searches look for phrases in folded text; scripts without spaces need no word list.
"""

import re
import unicodedata
from functools import lru_cache

from bot.domain.errors import BadQuery
from bot.domain.long_texts import once
from bot.domain.marks import without_piles

# Nothing is left of accents and emoji variants, nor of what scripts write or leave out at will: the
# vowel signs of Arabic, Hebrew and Syriac, the hamza on its carrier, the tatweel, the nukta.
_LEFT_OUT = (
    (0x0300, 0x036F), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5),
    (0x05C7, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x0711, 0x0711),
    (0x0730, 0x074A), (0x08CA, 0x08E1), (0x08E3, 0x08FF), (0x093C, 0x093C), (0x09BC, 0x09BC),
    (0x0A3C, 0x0A3C), (0x0ABC, 0x0ABC), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0),
    (0xFE00, 0xFE0F),
)  # fmt: skip
# One sign that stands for a whole sentence: eighteen letters for each, written again and again.
_SENTENCES = str.maketrans({"\ufdfa": " ", "\ufdfb": " "})
# A few letters have an accent that no decomposition sees; of Arabic some are used for each other.
_PLAIN = dict.fromkeys((sign for first, last in _LEFT_OUT for sign in range(first, last + 1)), "")
_PLAIN |= str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
     "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}
)  # fmt: skip
# Thai, Lao, Burmese, Khmer, kana, Han and Hangul: each sign counts as a word, so that a phrase
# is found wherever its signs follow one another, beside Latin letters too.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)


@once
def folded(text: str) -> str:
    """The words of `text` in plain lower case, one space around each."""
    composed = unicodedata.normalize("NFKC", without_piles(text).translate(_SENTENCES))
    decomposed = unicodedata.normalize("NFD", composed.casefold())
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
