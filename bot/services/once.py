"""Whatever comes twice from Slack has an effect once."""

from datetime import timedelta

from bot.domain.errors import StoreUnavailable
from bot.services.kernel import Kernel

KEPT_FOR = timedelta(days=8)  # longer than any sender repeats itself


class Once:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel
        self._unsure: set[str] = set()  # perhaps kept, certainly not acted on

    def first(self, key: str) -> bool:
        """False where this was received before; what failed here may come again."""
        try:
            with self._kernel.work() as work:
                is_first = work.tx.seen.first(f"slack:{key}", work.at)
        except StoreUnavailable:
            self._unsure.add(key)
            raise
        if key in self._unsure:
            self._unsure.discard(key)
            return True
        return is_first

    def forget(self) -> int:
        with self._kernel.work() as work:
            return work.tx.seen.forget_before(work.at - KEPT_FOR)
