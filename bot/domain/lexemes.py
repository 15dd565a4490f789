"""Words as an index of them is asked: what a text has, and what a search cannot do without.

An index only narrows: whatever a condition on words finds has all the lexemes that are sought here,
and the condition decides. They are plain ASCII, so that no engine's own reading of texts, their
languages or signs comes in between.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.folding import folded
from bot.domain.search import WORDS, Query

LONGEST = 60  # characters; what is longer is sought by its beginning

_SIGN = re.compile("[^a-z0-9]")


@dataclass(frozen=True)
class Lexeme:
    """A word, or the beginning of one."""

    text: str
    is_beginning: bool = False


# All of these alternatives must be met; each is met by all of one's lexemes.
Sought = tuple[tuple[tuple[Lexeme, ...], ...], ...]


def lexemes(text: str) -> list[str]:
    """Each once, in order."""
    return sorted({_plain(word)[:LONGEST] for word in folded(text).split()})


def sought(query: Query) -> Sought:
    """Nothing where the query could find a post whatever words it has."""
    return tuple(
        tuple(tuple(_needed(value)) for value in term.values)
        for term in query.terms
        if term.key == WORDS and not term.negated
    )


def _needed(value: str) -> Iterator[Lexeme]:
    """Of a word, a phrase, or with * the beginning of one."""
    stem = value.removesuffix("*")
    *whole, last = (_plain(word) for word in folded(stem).split())
    for word in whole:
        yield _lexeme(word)
    yield _lexeme(last, is_beginning=stem != value)


def _lexeme(word: str, *, is_beginning: bool = False) -> Lexeme:
    return Lexeme(word[:LONGEST], is_beginning or len(word) > LONGEST)


def _plain(word: str) -> str:
    """The beginning of a word is written as the beginning of how the word is."""
    return _SIGN.sub(lambda sign: f"_{ord(sign[0]):x}_", word)
