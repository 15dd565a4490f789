"""How many posts a source may bring in a minute, in even shares after one full minute at once."""

from datetime import datetime, timedelta
from threading import Lock

_MINUTE = timedelta(minutes=1)
_FORGET_ABOVE = 1_000


class Quota:
    """Remembers of each source when its last post would be due if they came evenly."""

    def __init__(self, per_minute: int | None):
        self._share = _MINUTE // per_minute if per_minute else None
        self._due: dict[str, datetime] = {}
        self._lock = Lock()

    def wait(self, source: str, now: datetime) -> timedelta | None:
        """None: the post may come in and is counted; else how long until one may."""
        if self._share is None:
            return None
        with self._lock:
            due = self._next(source, now) + self._share
            if due - now > _MINUTE:
                return due - now - _MINUTE
            self._forget_the_quiet(now)
            self._due[source] = due
            return None

    def _next(self, source: str, now: datetime) -> datetime:
        due = self._due.get(source, now)
        # More than a minute ahead is where the clock was set back: nobody waits for that.
        return due if now < due <= now + _MINUTE else now

    def _forget_the_quiet(self, now: datetime) -> None:
        if len(self._due) >= _FORGET_ABOVE:
            self._due = {source: due for source, due in self._due.items() if due > now}
