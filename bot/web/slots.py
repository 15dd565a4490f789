"""Who answers which door: whoever asks how the desk fares never waits behind posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from bot.web.answers import SEND_AGAIN
from bot.web.connections import MOST


@dataclass(frozen=True)
class Capacity:
    """Of one door: how many requests at once, and how many more may wait for that."""

    workers: int
    waiting: int


ALIVE = "/healthz"
# Those that may be slow are together fewer than there may be connections, so that there is always
# room to ask. Whether the desk lives is soon said, to as many as there may be.
OWN: Mapping[str, Capacity] = {
    ALIVE: Capacity(2, MOST),
    "/readyz": Capacity(2, 10),
    "/metrics": Capacity(1, 5),
    "/desk": Capacity(2, 15),
    "/slack/events": Capacity(8, 60),  # Slack repeats no click that is refused
}
POSTS = Capacity(8, 220)  # and whatever is no door; a burst of them waits for a second or two
UNREAD = 256 * 1024  # bytes of answers that a caller left lying and still asks for more
ENDS_WITHIN = 5.0  # seconds


class Busy(Error):  # type: ignore[misc]
    code = 503
    reason = "Service Unavailable"
    said = "busy: send again"
    headers = (("Retry-After", str(round(SEND_AGAIN.total_seconds()))),)


class Slots:
    """Workers by door; where too many wait already, the next is told at once to come again."""

    def __init__(self) -> None:
        self._own = {path: _Workers(capacity) for path, capacity in OWN.items()}
        self._posts = _Workers(POSTS)

    def begin(self) -> None:
        for workers in self._all():
            workers.begin()

    def take(self, channel: HTTPChannel) -> None:
        request = channel.requests[0]
        workers = self._own.get(getattr(request, "path", ""), self._posts)  # noise has no path
        if channel.total_outbufs_len > UNREAD:
            channel.cancel()
            return
        if workers.is_full:
            request.error = Busy("")
            workers = self._own[ALIVE]  # soon said, and nobody has to wait for it
        workers.add_task(channel)

    def end(self) -> None:
        """What is being answered is answered, if that is soon."""
        until = monotonic() + ENDS_WITHIN
        for workers in self._all():
            workers.set_thread_count(0)
        for workers in self._all():
            workers.end(until)

    def _all(self) -> list["_Workers"]:
        return [self._posts, *self._own.values()]


class _Workers(ThreadedTaskDispatcher):  # type: ignore[misc]
    def __init__(self, capacity: Capacity):
        super().__init__()
        self._capacity = capacity

    @property
    def is_full(self) -> bool:
        return len(self.queue) >= self._capacity.waiting

    def begin(self) -> None:
        self.set_thread_count(self._capacity.workers)

    def end(self, until: float) -> None:
        """As the library's own, without a wall clock, which may be set back meanwhile."""
        with self.lock:
            self.thread_exit_cv.wait_for(
                lambda: not self.threads, timeout=max(0.0, until - monotonic())
            )
            while self.queue:
                self.queue.popleft().cancel()
