"""One `run` per SQLite file: a kernel lock that dies with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.domain.errors import MovedAway, NoStore, RunningAlready
from bot.store.engines import make_folder, sqlite_file
from bot.store.whole_file import write_whole


def moved_mark(database: Path) -> Path:
    """The file that says where a desk lives since it was moved away from here."""
    return Path(f"{database}.moved")


def refuse_moved(url: str) -> None:
    """Raises MovedAway where another database has taken this desk over."""
    database = sqlite_file(url)
    mark = moved_mark(database) if database else None
    if mark and mark.exists() and (there := mark.read_text().strip()):  # empty: a full disk
        raise MovedAway(there, str(mark))


def mark_moved(url: str, place: str) -> None:
    """The old desk's file stays as it is; beside it stands that it is the old one."""
    if database := sqlite_file(url):
        write_whole(moved_mark(database), f"{place}\n")


def unmark_moved(url: str) -> None:
    """A desk has come to where another was moved away from."""
    if database := sqlite_file(url):
        moved_mark(database).unlink(missing_ok=True)


@contextmanager
def only_run(url: str) -> Iterator[None]:
    """Raises RunningAlready while another process holds this desk; PostgreSQL takes any number."""
    database = sqlite_file(url)
    if database is None:
        yield
        return
    with _lock_of(database) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise RunningAlready(str(database)) from held
        yield


def _lock_of(database: Path) -> TextIO:
    file = f"{database}.lock"
    try:
        make_folder(database.parent)
        return open(file, "w", opener=_privately)
    except OSError as why:
        raise NoStore(f"{file} cannot be made: {why.strerror}") from None


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
