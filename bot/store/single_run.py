"""One `run` per SQLite file: a kernel lock that dies with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import RunningAlready
from bot.store.engines import sqlite_file


@contextmanager
def only_run(url: str) -> Iterator[None]:
    """Raises RunningAlready while another process holds this desk; PostgreSQL takes any number."""
    database = sqlite_file(url)
    if database is None:
        yield
        return
    database.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{database}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise RunningAlready(str(database)) from held
        yield
