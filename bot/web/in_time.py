"""A question whose answer may never come, for somebody who waits a moment only."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from threading import Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class InTime(Generic[T]):
    """Asks in a thread of its own, one at a time: while one hangs, no more of them are begun."""

    def __init__(self, question: Callable[[], T], within: timedelta):
        self._question = question
        self._within = within.total_seconds()
        self._lock = Lock()
        self._asked: Future[T] | None = None
        self.last: T | None = None  # what came last, in time or not

    def ask(self) -> T | None:
        """None where no answer came in time; what the question raises is raised here."""
        with self._lock:
            asked = self._asked
            if asked is None or asked.done():
                asked = self._asked = self._begin()
        try:
            return asked.result(self._within)
        except TimeoutError:
            if asked.done():
                raise  # it is the question's own
            return None

    def _begin(self) -> "Future[T]":
        asked: Future[T] = Future()

        def answer() -> None:
            try:
                self.last = self._question()
                asked.set_result(self.last)
            except Exception as error:
                asked.set_exception(error)

        Thread(target=answer, name="looks", daemon=True).start()
        return asked
