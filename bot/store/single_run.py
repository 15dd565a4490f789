"""One `run` per SQLite file: kernel locks that die with their process.

One stands beside the file, by its name. The other is the file itself, whatever it is called: it
holds where the file has a second name (a hard link), or where somebody has removed the first.
"""

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from bot.domain.errors import MovedAway, NoStore, RunningAlready
from bot.store.engines import make_folder, make_private, named_file, sqlite_file
from bot.store.whole_file import write_whole


def moved_mark(database: Path) -> Path:
    """The file that says where a desk lives since it was moved away from here."""
    return Path(f"{database}.moved")


def refuse_moved(url: str) -> None:
    """Raises MovedAway where another database has taken this desk over."""
    for database in filter(None, {sqlite_file(url), named_file(url)}):
        mark = moved_mark(database)
        if mark.exists() and (there := mark.read_text().strip()):  # empty: a full disk
            raise MovedAway(there, str(mark))


def mark_moved(url: str, place: str) -> None:
    """The old desk's file stays as it is; beside it stands that it is the old one."""
    if database := sqlite_file(url):
        write_whole(moved_mark(database), f"{place}\n")


def unmark_moved(url: str) -> None:
    """A desk has come to where another was moved away from."""
    for database in filter(None, {sqlite_file(url), named_file(url)}):
        moved_mark(database).unlink(missing_ok=True)


@contextmanager
def only_run(url: str) -> Iterator[None]:
    """Raises RunningAlready while another process holds this desk; PostgreSQL takes any number."""
    database = sqlite_file(url)
    if database is None:
        yield
        return
    with ExitStack() as held:
        if not _is_free(held.enter_context(_beside(database))):
            raise RunningAlready(str(database))
        make_private(database)
        if not _is_bound(held.enter_context(socket.socket(socket.AF_UNIX)), database):
            raise RunningAlready(str(database))
        yield


def refuse_second_name(url: str) -> None:
    """Raises NoStore where a desk runs on this file by another of its names.

    SQLite keeps a journal for each name, and two of them destroy a file.
    """
    database = sqlite_file(url)
    if database is None or not database.exists() or database.stat().st_nlink == 1:
        return
    with ExitStack() as held:
        runs = not _is_bound(held.enter_context(socket.socket(socket.AF_UNIX)), database)
        if runs and _is_free(held.enter_context(_beside(database))):
            raise NoStore(
                f"{database} is a second name (a hard link) of a file on which a desk runs, and"
                " SQLite would destroy it; name it in DATABASE_URL as that desk does"
            )


def _is_free(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_bound(lock: socket.socket, database: Path) -> bool:
    """By a name that no file has: Linux gives it to one process at a time."""
    if sys.platform != "linux" or not database.exists():
        return True
    file = os.stat(database)
    try:
        lock.bind(f"\0samepage:{file.st_dev}:{file.st_ino}")
    except OSError:
        return False
    return True


def _beside(database: Path) -> TextIO:
    file = f"{database}.lock"
    try:
        make_folder(database.parent)
        return open(file, "w", opener=_privately)
    except OSError as why:
        raise NoStore(f"{file} cannot be made: {why.strerror}") from None


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
