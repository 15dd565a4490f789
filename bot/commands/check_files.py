"""`check` on the files of the desk: who may read them, and whether there is room for more."""

import shlex
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.store.engines import sqlite_file
from bot.store.sqlite_faults import MENDED, OURS, Release, known_faults

ROOM = 50 * 1024 * 1024  # bytes
_OTHERS = 0o077
_OTHERS_WRITE = 0o022


def file_faults(url: str) -> Iterator[str]:
    path = sqlite_file(url)
    if path and path.parent.is_dir():
        yield from no_room(path, shutil.disk_usage(path.parent).free)


def no_room(path: Path, free: int) -> Iterator[str]:
    if free < ROOM:
        yield (
            f"DATABASE_URL: the disk of {path} has {free // 1024**2} MB left, and a desk on a full"
            " disk takes no posts; free some space, or name a file on another disk"
        )


def file_notes(url: str) -> Iterator[str]:
    yield from _readable_by_others([Path(".env")])
    if path := sqlite_file(url):
        yield from _readable_by_others(sorted(path.parent.glob(f"{path.name}*")))
        yield from _open_folder(path.parent)
        yield from of_release(OURS)


def of_release(release: Release) -> Iterator[str]:
    number = ".".join(str(part) for part in release[:3])
    for fault in known_faults(release):
        yield (
            f"SQLite {number}, which this Python uses, has a known fault: {fault.what}"
            f" ({fault.source}). Update SQLite to {MENDED} or newer, unless your distribution has"
            " fixed it; until then back up daily, or use PostgreSQL"
        )


def _readable_by_others(files: list[Path]) -> Iterator[str]:
    wide = [one for one in files if one.is_file() and _mode(one) & _OTHERS]
    if wide:
        names = " ".join(shlex.quote(str(one)) for one in wide)
        yield (
            f"Other users of this machine can read {', '.join(map(str, wide))}, where tokens or"
            f" customers' words are. Paste: chmod 600 {names}"
        )


def _open_folder(folder: Path) -> Iterator[str]:
    """A command only for a folder within the desk's: any other holds what is not ours."""
    if not folder.is_dir():
        return
    if Path.cwd() in folder.resolve().parents and _mode(folder) & _OTHERS:
        yield (
            f"Other users of this machine can look into {folder}. Paste: chmod 700"
            f" {shlex.quote(str(folder))}"
        )
    elif _mode(folder) & _OTHERS_WRITE and not _mode(folder) & stat.S_ISVTX:
        yield (
            f"Other users of this machine can replace the database, for they may write in {folder};"
            " take that right away, or name a file in a folder of the desk's own"
        )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
