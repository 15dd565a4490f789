"""Whatever comes twice from Slack has an effect once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

from bot.domain.errors import SubmittedAlready
from bot.services.kernel import Kernel
from bot.store.store import Transaction

AT_ONCE = 1000  # keys that are forgotten in one transaction
KEPT_FOR = timedelta(days=8)  # longer than any sender repeats itself


class Once:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel
        self._at_work: set[str] = set()
        self._lock = Lock()

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        """False where this was answered before, or is being answered now."""
        with self._lock:
            is_first = key not in self._at_work
            self._at_work.add(key)
        try:
            yield is_first and not self.knows(key)
        finally:
            if is_first:
                self._at_work.discard(key)

    def knows(self, key: str) -> bool:
        """Whether this was acted on, or answered, before."""
        with self._kernel.look() as work:
            return work.tx.seen.has(f"slack:{key}")

    def acting(self, key: str) -> Kernel:
        """Keeps the key with whatever is done by it: both or neither, wherever the desk ends."""

        def must_be_first(tx: Transaction) -> None:
            if not tx.seen.first(f"slack:{key}", self._kernel.now()):
                raise SubmittedAlready()

        return self._kernel.under(must_be_first)

    def keep(self, key: str) -> None:
        """What was refused, or only read, is answered once too."""
        with self._kernel.work() as work:
            work.tx.seen.first(f"slack:{key}", work.at)

    def forget(self) -> int:
        """Some at a time: after a long rest there are very many."""
        forgotten = 0
        while True:
            with self._kernel.work() as work:
                some = work.tx.seen.forget_before(work.at - KEPT_FOR, limit=AT_ONCE)
            forgotten += some
            if some < AT_ONCE:
                return forgotten
