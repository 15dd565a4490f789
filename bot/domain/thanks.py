"""Whether a customer's word is only a thank-you, which reopens nothing.

A case reopened for nothing costs a glance, a question taken for thanks costs the customer: so a
message is thanks only where all of it is known as thanks, in one language, but for a known name.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache

from bot.domain.folding import folded
from bot.domain.thanks_words import PHRASES, SIGNS

LONGEST = 12  # words between spaces; a longer message says more than thanks
MOST_SIGNS = 200  # of a message, for scripts that need no spaces

_QUESTION = re.compile("[?？؟՞\u037e]|(?<=[\u0370-\u03ff]);")  # Greek asks with a semicolon
_WRITTEN_TO = re.compile(r"\A(\s*@[^\s,;:!]+[,:]?)+")  # whom networks put before a reply
_SMILEY = re.compile(r"(?<!\S)[:;=]['’]?-?[dDpP)\]3](?!\w)")

Phrase = tuple[str, ...]  # its folded words; of scripts without spaces each sign is one


def is_only_thanks(text: str, names: Collection[str] = ()) -> bool:
    """Short, with thanks, small talk of one language beside it, and nothing that is not known.

    `names` are those who may be thanked: who answered, and our account.
    """
    said = _SMILEY.sub(" ", _WRITTEN_TO.sub("", text))
    if len(said) > MOST_SIGNS or len(said.split()) > LONGEST or _QUESTION.search(text):
        return False
    words = tuple(folded(said).split())
    if not words:
        return False
    thanked = frozenset(_phrases(" ".join(names).split()))
    if not all(word in _vocabulary() or (word,) in thanked for word in words):
        return False
    return any(_is_made_of(words, thanked | beside) for beside in _beside())


def _is_made_of(words: Phrase, known: frozenset[Phrase]) -> bool:
    """Whether the words are thanks and known phrases one after the other, and some are thanks."""
    # Of each number of words whether they are known, and thanks may be among them or not.
    reached: list[set[bool]] = [{False}, *(set[bool]() for _ in words)]
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - _longest()), end):
            part = words[start:end]
            is_thanks = part in _thanks()
            if is_thanks or part in known:
                reached[end] |= {before or is_thanks for before in reached[start]}
    return True in reached[-1]


@cache
def _thanks() -> frozenset[Phrase]:
    """In all languages: somebody may well thank in two."""
    listed = (text.partition("|")[0].split(";") for text in PHRASES.values())
    return frozenset(_phrases(one for phrases in listed for one in phrases)) | frozenset(
        _phrases(SIGNS.partition("|")[0].split())
    )


@cache
def _beside() -> tuple[frozenset[Phrase], ...]:
    """Of each language what may stand beside thanks."""
    signs = frozenset(_phrases(SIGNS.partition("|")[2].split()))
    listed = (text.partition("|")[2].split(";") for text in PHRASES.values())
    return tuple(signs | frozenset(_phrases(phrases)) for phrases in listed)


@cache
def _vocabulary() -> frozenset[str]:
    """Every word of all of them: most messages have another one, and are told by it at once."""
    return frozenset(word for phrases in (_thanks(), *_beside()) for one in phrases for word in one)


@cache
def _longest() -> int:
    return max(len(one) for phrases in (_thanks(), *_beside()) for one in phrases)


def _phrases(written: Iterable[str]) -> Iterable[Phrase]:
    return (words for one in written if (words := tuple(folded(one).split())))
