"""What one term of a task has set going, started and ended together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.wiring import Nudges


class Runner(Protocol):
    """A loop, a clock, or something tried until it succeeds."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def leave(self) -> None: ...


@dataclass(frozen=True)
class AtWork:
    """Implements `Running`; `nudged` is woken by what is kept, while it lasts."""

    runners: Sequence[Runner]
    nudges: Nudges
    nudged: Sequence[Callable[[], None]] = ()
    wellness: Callable[[], bool] = lambda: True

    def start(self) -> "AtWork":
        for listener in self.nudged:
            self.nudges.add(listener)
        for runner in self.runners:
            runner.start()
        return self

    def is_well(self) -> bool:
        return self.wellness()

    def stop(self) -> None:
        self._hear_no_more()
        for runner in self.runners:
            runner.stop()

    def leave(self) -> None:
        self._hear_no_more()
        for runner in self.runners:
            runner.leave()

    def _hear_no_more(self) -> None:
        for listener in self.nudged:
            self.nudges.remove(listener)
