"""The messages of one channel in order of time; looking one up or paging never scans them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Stamped(Protocol):
    """What a history keeps: a value with a time stamp, perhaps below another one."""

    @property
    def ts(self) -> str: ...
    @property
    def thread_ts(self) -> str | None: ...
    @property
    def is_reply(self) -> bool: ...
    @property
    def is_aloud(self) -> bool: ...


M = TypeVar("M", bound=Stamped)


class History(Generic[M]):
    """Messages by `ts`, with the roots and each thread's replies in ascending order."""

    def __init__(self) -> None:
        self._by_ts: dict[str, M] = {}
        self._roots: list[str] = []
        self._replies: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._by_ts)

    def __iter__(self) -> Iterator[M]:
        return iter(self._by_ts.values())

    def __reversed__(self) -> Iterator[M]:
        return reversed(self._by_ts.values())

    def add(self, message: M) -> None:
        self._by_ts[message.ts] = message
        for line in self._lines_of(message):
            line.append(message.ts)

    def replace(self, message: M) -> None:
        self._by_ts[message.ts] = message

    def remove(self, message: M) -> None:
        del self._by_ts[message.ts]
        for line in self._lines_of(message):
            line.pop(bisect_left(line, message.ts))

    def get(self, ts: str | None) -> M | None:
        return self._by_ts.get(ts) if ts else None

    def roots(self) -> list[M]:
        return [self._by_ts[ts] for ts in self._roots]

    def replies(self, parent_ts: str) -> list[M]:
        return [self._by_ts[ts] for ts in self._replies.get(parent_ts, ())]

    def newest_roots(self, *, after: str, before: str, inclusive: bool, limit: int) -> list[M]:
        """At most `limit` roots of the window, the newest first."""
        lowest, highest = _window(self._roots, after, before, inclusive)
        first = max(lowest, highest - limit)
        return [self._by_ts[ts] for ts in reversed(self._roots[first:highest])]

    def oldest_replies(
        self, parent_ts: str, *, after: str, before: str, inclusive: bool, limit: int
    ) -> list[M]:
        """At most `limit` replies of the window, the oldest first."""
        line = self._replies.get(parent_ts, [])
        lowest, highest = _window(line, after, before, inclusive)
        return [self._by_ts[ts] for ts in line[lowest : min(highest, lowest + limit)]]

    def unread_roots(self, read_until: str) -> list[M]:
        return [self._by_ts[ts] for ts in self._roots[bisect_right(self._roots, read_until) :]]

    def _lines_of(self, message: M) -> list[list[str]]:
        """Where it stands: in the channel, in its thread, or in both."""
        if not (message.is_reply and message.thread_ts):
            return [self._roots]
        thread = self._replies.setdefault(message.thread_ts, [])
        return [thread, self._roots] if message.is_aloud else [thread]


def _window(line: list[str], after: str, before: str, inclusive: bool) -> tuple[int, int]:
    """The half-open range of indices between two stamps; an empty stamp is no bound."""
    from_index, until_index = (
        (bisect_left, bisect_right)
        if inclusive
        else (
            bisect_right,
            bisect_left,
        )
    )
    lowest = from_index(line, after) if after else 0
    return lowest, until_index(line, before) if before else len(line)
