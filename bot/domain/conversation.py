"""Whose words stand in a conversation, and in which order one customer has said theirs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.domain.ids import CaseId
from bot.domain.post import Post

MOST_STEPS = 50  # from a reply to what it answers, and on: nobody talks in a longer chain

Word = TypeVar("Word")


class Heard(StrEnum):
    """What a post is to the desk."""

    WORD = "word"  # of the customer whose case it belongs to
    LATE = "late"  # the same, but what answers it was here before
    VOICE = "voice"  # of somebody whom nobody owes an answer for it
    OURS = "ours"
    STUB = "stub"  # only its deletion has come in yet


WORDS = (Heard.WORD, Heard.LATE)


@dataclass(frozen=True)
class Others:
    """Who else wrote in the conversation of a case."""

    people: int
    cases: tuple[CaseId, ...]  # the oldest of them
    more_cases: int = 0
    overheard: int = 0


def in_order(words: Iterable[Word], post: Callable[[Word], Post]) -> list[Word]:
    """As the customer said them; they are given as they came in.

    What is answered was said before its answer, and what is dated before what is dated later;
    where neither tells, it was said when it came in.
    """
    ordered: list[Word] = []
    for word in words:
        ordered.insert(_place(post(word), [post(one) for one in ordered]), word)
    return ordered


def _place(post: Post, said: Sequence[Post]) -> int:
    """Right before the first that was surely said later, and never before what it answers."""
    above = _above(post, said)
    for place in range(above, len(said)):
        if _is_later(said[place], post):
            return place
    return len(said)


def _above(post: Post, said: Sequence[Post]) -> int:
    answered = [place + 1 for place, one in enumerate(said) if _answers(post, one)]
    return max(answered, default=0)


def _is_later(one: Post, post: Post) -> bool:
    if _answers(one, post):
        return True
    return bool(one.created_at and post.created_at and one.created_at > post.created_at)


def _answers(post: Post, other: Post) -> bool:
    return (post.source, post.in_reply_to) == (other.source, other.id)
