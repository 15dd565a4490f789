"""How crowded the machine was: how late a thread wakes that only sleeps."""

import threading
import time

EVERY = 0.02  # seconds of sleep


class Pulse:
    """Sleeps again and again until the end of the `with`."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        while True:
            begun = time.perf_counter()
            if self._done.wait(EVERY):
                return
            self.late.append(time.perf_counter() - begun - EVERY)
