"""Whatever comes twice from Slack has an effect once."""

from datetime import timedelta

from bot.services.kernel import Kernel

KEPT_FOR = timedelta(days=8)  # longer than any sender repeats itself


class Once:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def first(self, key: str) -> bool:
        """False where this was received before."""
        with self._kernel.work() as work:
            return work.tx.seen.first(f"slack:{key}", work.at)

    def forget(self) -> int:
        with self._kernel.work() as work:
            return work.tx.seen.forget_before(work.at - KEPT_FOR)
