"""How many of a kind are done in one transaction: as many as fit into the time others may wait.

A count says nothing: the same two hundred cases take a tenth of a second or a minute.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.ports import Steady

HELD = 0.05  # seconds in which nobody else writes
FIRST = 20  # until it is known how long they take


class Pace:
    """Follows what the last ones took; at most twice as many the next time."""

    def __init__(self, steady: Steady, most: int):
        self._steady = steady
        self._most = most
        self.size = min(FIRST, most)

    @contextmanager
    def measured(self, count: int) -> Iterator[None]:
        began = self._steady()
        yield
        took = self._steady() - began
        fitting = int(count * HELD / took) if took > 0 else self._most
        grown = 2 * self.size if count >= self.size else self.size
        self.size = max(1, min(fitting, grown, self._most))
