"""Whose turn it is to be said: by lane, and within a lane the place that was silent longest."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.domain.effects import Lane
from bot.domain.outbox import Message

WORTH_A_LANE = timedelta(minutes=1)  # of waiting, so that nothing waits for ever

_NEVER = datetime.min.replace(tzinfo=UTC)


class Turns:
    """Remembers when each place was last said something."""

    def __init__(self) -> None:
        self._served: dict[str, datetime] = {}

    def taken(self, message: Message, now: datetime) -> None:
        self._served[message.place] = now

    def first(self, heads: Iterable[Message], now: datetime) -> Message | None:
        return min(heads, key=lambda head: self._rank(head, now), default=None)

    def _rank(self, head: Message, now: datetime) -> tuple[int, datetime, datetime, str]:
        served = self._served.get(head.place, _NEVER)
        return effective_lane(head, now), served, head.due_at, head.key


def effective_lane(message: Message, now: datetime) -> int:
    """Whoever waits long is let through, but nobody past what is urgent."""
    if message.lane <= Lane.URGENT:
        return message.lane
    return max(Lane.CARD, message.lane - (now - message.due_at) // WORTH_A_LANE)
