"""Words as an index of them is asked: what a text has, and what a search cannot do without.

An index only narrows: whatever a condition on words finds has all the lexemes that are sought here,
or MORE, and the condition decides. They are plain ASCII, so that no engine's own reading of texts,
their languages or signs comes in between.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.folding import folded
from bot.domain.long_texts import once
from bot.domain.search import WORDS, Query

LONGEST = 60  # characters; what is longer is sought by its beginning
MOST = 4000  # different words of a case
MOST_TEXT = 64 * 1024  # characters of a case: one post of the longest
MORE = "__more"  # no word is written so: a case that has it has words which are in no index

_SIGN = re.compile("[^a-z0-9]")


@dataclass(frozen=True)
class Lexeme:
    """A word, or the beginning of one."""

    text: str
    is_beginning: bool = False


# All of these alternatives must be met; each is met by all of one's lexemes.
Sought = tuple[tuple[tuple[Lexeme, ...], ...], ...]


@once
def lexemes(text: str) -> tuple[str, ...]:
    """Each once, in order; MORE instead of those that are too many."""
    words = list(dict.fromkeys(folded(text[:MOST_TEXT]).split()))
    found = {_plain(word)[:LONGEST] for word in words[:MOST]}
    return tuple(sorted(found | ({MORE} if len(words) > MOST or len(text) > MOST_TEXT else set())))


def lexemes_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The same of all these together: no further text is read once there are too many."""
    found: set[str] = set()
    read = 0
    for text in texts:
        if len(found) > MOST or read > MOST_TEXT:
            found.add(MORE)
            break
        found.update(lexemes(text))
        read += len(text)
    return tuple(sorted(found))


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
