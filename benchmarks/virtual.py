"""Virtual time: an hour passes in as long as its work takes, and everybody has the same clock.

Actors are threads of which exactly one runs at any moment, so a run is the same each time; what an
actor does takes no time at all unless it sleeps.
"""

import heapq
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from typing import Any


class Turn:
    """Somebody's next moment; once called off it is nobody's."""

    def __init__(self) -> None:
        self.baton = threading.Semaphore(0)
        self.is_off = False


class _Over(BaseException):
    """There is no later for whoever still waits for it."""


class VirtualTime:
    def __init__(self, start: datetime):
        self._start = start
        self._actors: dict[threading.Thread, Turn] = {}  # the turn that each waits for
        self._is_over = False
        self._queue: list[tuple[float, int, Turn]] = []
        self._serials = count()
        self._over = Turn()
        self._failure: BaseException | None = None
        self.seconds = 0.0  # since the start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.seconds)

    def epoch(self) -> float:
        return self._start.timestamp() + self.seconds

    def sleep(self, seconds: float) -> None:
        self.hand_over(self.at(self.seconds + seconds))

    def begin(self, act: Callable[[], object]) -> None:
        """A new actor, from this moment on."""
        turn = self.at(self.seconds)
        actor = threading.Thread(target=self._play, args=(act, turn), daemon=True)
        self._actors[actor] = turn
        actor.start()

    def run(self) -> None:
        """Until nobody has anything to do any more; raises what an actor failed with."""
        self._wake_next()
        self._over.baton.acquire()
        self._is_over = True
        for actor, turn in list(self._actors.items()):
            turn.baton.release()
            actor.join()
        if self._failure:
            raise self._failure

    def at(self, seconds: float, turn: Turn | None = None) -> Turn:
        """A turn in the line, behind all of the same moment."""
        turn = turn or Turn()
        heapq.heappush(self._queue, (seconds, next(self._serials), turn))
        return turn

    def hand_over(self, turn: Turn) -> None:
        """Others have theirs first."""
        self._actors[threading.current_thread()] = turn
        self._wake_next()
        self._wait(turn)

    def _wait(self, turn: Turn) -> None:
        turn.baton.acquire()
        if self._is_over:
            raise _Over

    def _wake_next(self) -> None:
        while self._queue and not self._failure:
            moment, _, turn = heapq.heappop(self._queue)
            if not turn.is_off:
                self.seconds = max(self.seconds, moment)
                turn.baton.release()
                return
        self._over.baton.release()

    def _play(self, act: Callable[[], object], turn: Turn) -> None:
        try:
            self._wait(turn)
            act()
        except _Over:
            return
        except BaseException as failure:
            self._failure = failure
        del self._actors[threading.current_thread()]
        self._wake_next()


class Bell:
    """Rung, it wakes who waits; rung before, it lets the next one pass at once."""

    def __init__(self, time: VirtualTime):
        self._time = time
        self._waiting: Turn | None = None
        self._rung = False

    def ring(self) -> None:
        self._rung = True
        if self._waiting:
            # The old turn stands for the time-out; its owner goes on by the new one alone.
            sleeper, self._waiting = self._waiting, None
            sleeper.is_off = True
            awake = self._time.at(self._time.seconds)
            awake.baton = sleeper.baton

    def wait(self, seconds: float | None = None) -> None:
        """Until it rings, or so long; None: for ever."""
        if not self._rung:
            until = float("inf") if seconds is None else self._time.seconds + seconds
            turn = self._waiting = Turn() if seconds is None else self._time.at(until)
            self._time.hand_over(turn)
            self._waiting = None
        self._rung = False


class Errand(Future[Any]):
    """What a hand does; whoever wants its result waits in virtual time."""

    def __init__(self, time: VirtualTime):
        super().__init__()
        self.ended = Bell(time)

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self.ended.wait(timeout)
        return super().result(timeout=0)


class Crew(ThreadPoolExecutor):
    """A pool whose hands work in virtual time: a busy hand takes nothing new."""

    def __init__(self, time: VirtualTime, hands: int):
        super().__init__(1)
        self._time = time
        self._tasks: deque[Callable[[], object]] = deque()
        self._bells = [Bell(time) for _ in range(hands)]
        for bell in self._bells:
            time.begin(lambda bell=bell: self._work(bell))  # type: ignore[misc]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: object) -> Future[Any]:
        errand = Errand(self._time)

        def run() -> None:
            errand.set_result(fn(*args))
            errand.ended.ring()

        self._tasks.append(run)
        for bell in self._bells:
            bell.ring()
        return errand

    def _work(self, bell: Bell) -> None:
        while True:
            while self._tasks:
                self._tasks.popleft()()
            bell.wait()
