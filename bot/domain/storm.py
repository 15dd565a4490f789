"""A storm: posts come into a channel faster than Slack takes cards for it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

BEGINS_OVER = timedelta(seconds=14)  # that long the newest card would wait
CALM_UNDER = timedelta(seconds=3)
ENDS_AFTER = timedelta(minutes=1)  # of calm
MOST_LINES = 48  # with a button each, and a head and a foot, that Slack takes in one message
FEWEST_LINES = 2
GATHERS_FOR = timedelta(seconds=5)  # fewer and fuller digests, and room for what is urgent
REDRAWN_EVERY = timedelta(seconds=15)  # a digest of a channel, once its storm is over
REDRAWN_AFTER = timedelta(seconds=30)  # a digest, so that many changes of its lines are one


@dataclass(frozen=True)
class Waiting:
    """What waits to be said for the first time at a place, down to its cards."""

    place: str
    messages: int
    cards: int

    def calls(self, *, is_stormy: bool) -> int:
        """How many it will take to say it."""
        together = -(-self.cards // MOST_LINES) if is_stormy else self.cards
        return self.messages - self.cards + together


@dataclass(frozen=True)
class Storm:
    """While it lasts, cards that are not urgent share messages; both are counted."""

    place: str
    began_at: datetime
    calm_since: datetime | None = None
    cards: int = 0
    digests: int = 0

    def felt(self, delay: timedelta, now: datetime) -> "Storm":
        """With what the newest card would wait now, were each of them said by itself."""
        return replace(self, calm_since=(self.calm_since or now) if delay < CALM_UNDER else None)

    def is_over(self, now: datetime) -> bool:
        return self.calm_since is not None and now - self.calm_since >= ENDS_AFTER

    def listed(self, cards: int) -> "Storm":
        return replace(self, cards=self.cards + cards, digests=self.digests + 1)
