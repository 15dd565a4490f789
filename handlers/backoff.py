"""When Slack may be dialled again: at once as a rule, ever more rarely where it refuses."""

AT_ONCE = 20  # connections in a row that did not last, before the pauses begin
LONGEST = 30.0  # seconds
LASTING = 60.0
MOST_ASKED = 3600.0  # seconds; whoever asks for more is no Slack, and nobody could press anything


class Backoff:
    def __init__(self) -> None:
        self._dialled = 0
        self._refused = 0
        self._next_at = float("-inf")

    def may_dial(self, now: float) -> bool:
        return now >= self._next_at

    def dialled(self, now: float) -> None:
        self._dialled += 1
        self._pause(now)

    def refused(self, now: float, wait: float = 0.0) -> None:
        """`wait` is how long Slack asks for."""
        self._refused += 1
        self._pause(now, wait)

    def lasted(self) -> None:
        self._dialled = self._refused = 0

    def _pause(self, now: float, wait: float = 0.0) -> None:
        steps = self._refused + max(0, self._dialled - AT_ONCE)
        pause = min(LONGEST, 2.0 ** min(steps - 1, 10)) if steps else 0.0
        self._next_at = max(self._next_at, now + max(pause, min(wait, MOST_ASKED)))
