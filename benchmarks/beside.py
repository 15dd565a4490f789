"""A process beside this one, so that who asks and who answers do not share one interpreter."""

import logging
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

Serve = Callable[[Path], tuple[str, Callable[[], None]]]

PATIENCE = 60.0  # seconds until what was started must answer


class Beside:
    """Runs `serve(place)` in a process of its own until the end of the `with`."""

    def __init__(self, serve: Serve, place: Path):
        context = get_context("spawn")
        self._line, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(serve, place, there), daemon=True)

    def __enter__(self) -> "Beside":
        self._process.start()
        if not self._line.poll(PATIENCE):
            raise TimeoutError("what was started beside us does not answer")
        self.url: str = self._line.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.send("stop")
        self._process.join(PATIENCE)
        if self._process.is_alive():
            logging.error("what was started beside us does not stop")
            self._process.kill()


def _serve(serve: Serve, place: Path, line: Connection) -> None:
    logging.basicConfig(level=logging.ERROR)  # that its server has a queue is what we want to see
    url, stop = serve(place)
    line.send(url)
    line.recv()
    stop()
