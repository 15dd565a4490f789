"""Whose words stand in a conversation, and in which order one customer has said theirs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import heappop, heappush
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
    given = list(words)
    return [given[n] for n in _Waiting([post(word) for word in given]).in_turn()]


class _Waiting:
    """Posts by their place as they came in; each heap may hold some that have been said."""

    def __init__(self, posts: Sequence[Post]):
        self._dates = [post.created_at for post in posts]
        names = {(post.source, post.id): n for n, post in enumerate(posts)}
        self._answers: dict[int, list[int]] = {}  # of each post those that wait for it
        self._free: list[int] = []
        self._free_of: dict[datetime | None, list[int]] = {}
        self._said = [False] * len(posts)
        self._dated = sorted((at, n) for n, at in enumerate(self._dates) if at)[::-1]
        for n, post in enumerate(posts):
            before = names.get((post.source, post.in_reply_to or ""))
            if before is None or before == n:
                self._set_free(n)
            else:
                self._answers.setdefault(before, []).append(n)

    def in_turn(self) -> Iterator[int]:
        for first in range(len(self._said)):
            while not self._said[first]:
                n = self._next(first)
                self._said[n] = True
                for answer in self._answers.get(n, ()):
                    self._set_free(answer)
                yield n

    def _next(self, first: int) -> int:
        """What is free and not dated later than anything; else free; else the first of a ring."""
        while self._dated and self._said[self._dated[-1][1]]:
            self._dated.pop()
        earliest = self._dated[-1][0] if self._dated else None
        undisputed = [self._top(self._free_of.get(at, [])) for at in {None, earliest}]
        found = min((n for n in undisputed if n is not None), default=self._top(self._free))
        return first if found is None else found

    def _top(self, heap: list[int]) -> int | None:
        while heap and self._said[heap[0]]:
            heappop(heap)
        return heap[0] if heap else None

    def _set_free(self, n: int) -> None:
        if not self._said[n]:
            heappush(self._free, n)
            heappush(self._free_of.setdefault(self._dates[n], []), n)
