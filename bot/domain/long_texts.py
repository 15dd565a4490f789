"""What a long text comes to is worked out once: before a transaction that needs it, not in it.

Short texts are not kept; working them out again costs less than looking them up is worth.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONG = 500  # characters
KEPT = 16  # of the longest a post may have: a few megabytes

Found = TypeVar("Found")


def once(work: Callable[[str], Found]) -> Callable[[str], Found]:
    """The same function; what it found of the last few long texts is known."""
    known = lru_cache(maxsize=KEPT)(work)

    @wraps(work)
    def found(text: str) -> Found:
        return work(text) if len(text) < LONG else known(text)

    return found
