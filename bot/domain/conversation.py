"""Whose words stand in a conversation, and in which order one customer has said theirs."""

from collections.abc import Callable, Collection, Iterable, Sequence
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
    waiting = [(post(word), word) for word in words]
    ordered: list[Word] = []
    while waiting:
        _, word = waiting.pop(_next([post for post, _ in waiting]))
        ordered.append(word)
    return ordered


def _next(waiting: Sequence[Post]) -> int:
    """Which of these was said first."""
    names = {(post.source, post.id) for post in waiting}
    dates = [post.created_at for post in waiting if post.created_at]
    first = min(dates, default=None)
    free = [n for n, post in enumerate(waiting) if not _answers_one_of(post, names)]
    undisputed = [n for n in free if waiting[n].created_at in (None, first)]
    return (undisputed or free or [0])[0]


def _answers_one_of(post: Post, names: Collection[tuple[str, str]]) -> bool:
    return (post.source, post.in_reply_to) in names and post.in_reply_to != post.id
