"""Piles of combining marks, cut before anything normalises: that takes the square of their length.

No writing has as many on one letter as *Stream-Safe Text Format* allows (Unicode Standard Annex 15,
section 13): thirty. Only what is compared or drawn is cut; the customer's text is kept as it came.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

MOST = 30


def _ranges() -> Iterator[str]:
    """All characters that normalising sorts among themselves, as parts of a class."""
    marks = filter(_is_mark, range(0x300, _LAST + 1))
    for _, run in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        yield f"\\U{codes[0]:08x}-\\U{codes[-1]:08x}"


def _is_mark(code: int) -> bool:
    """Of itself, or because it is taken apart into nothing else: U+FF9E, a half-width sign."""
    sign = chr(code)
    if unicodedata.combining(sign):
        return True
    parts = unicodedata.normalize("NFKD", sign) if unicodedata.decomposition(sign) else ""
    return bool(parts) and all(map(unicodedata.combining, parts))


_LAST = 0x1FFFF  # beyond are ideographs and tags, none of which combines


@cache
def _pile() -> re.Pattern[str]:
    marks = "".join(_ranges())
    return re.compile(rf"([{marks}]{{{MOST}}})[{marks}]+")


def without_piles(text: str) -> str:
    """The same text where nobody piled up marks."""
    return text if text.isascii() else _pile().sub(r"\1", text)
