"""The part that takes posts in, and whether it could lately."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import Unavailable
from bot.domain.ports import Now
from bot.domain.post import Delivery, Post
from bot.services.intake import Receipt

LATELY = timedelta(seconds=10)  # whoever was refused is asked to come again after five


@dataclass(frozen=True)
class _Refused:
    at: datetime
    why: str


class Reception:
    """On a full disk small writes still find room, so only posts can tell whether posts do."""

    def __init__(self, receive: Callable[[Post, Delivery | None], Receipt], now: Now):
        self._receive = receive
        self._now = now
        self._refused: _Refused | None = None

    def receive(self, post: Post, delivery: Delivery | None) -> Receipt:
        try:
            receipt = self._receive(post, delivery)
        except Unavailable as why:
            self._refused = _Refused(self._now(), str(why))
            raise
        if not receipt.duplicate:
            self._refused = None
        return receipt

    def fault(self) -> str | None:
        """Why posts are not taken in, or None."""
        refused = self._refused
        if refused is None or self._now() - refused.at > LATELY:
            return None
        return f"posts are to come again: {refused.why}"
