"""The demo's clock: desk and Slack both go by it, and it can stand still or jump ahead."""

from datetime import datetime, timedelta

from bot.wiring import since_now

FURTHEST = timedelta(days=366)


class TooFar(Exception):
    """The clock goes no further ahead than a year."""


class DemoClock:
    def __init__(self) -> None:
        self._now = since_now()
        self._ahead = timedelta()
        self._stands_at: datetime | None = None

    @property
    def ahead(self) -> timedelta:
        return self._ahead

    def now(self) -> datetime:
        return self._stands_at or self._now() + self._ahead

    def seconds(self) -> float:
        return self.now().timestamp()

    def stand(self, at: datetime) -> None:
        """It is this moment until another one is said: so the past is lived."""
        self._stands_at = at

    def go_on(self) -> None:
        self._stands_at = None

    def jump(self, length: timedelta) -> None:
        if self._ahead + length > FURTHEST:
            raise TooFar()
        self._ahead += length
