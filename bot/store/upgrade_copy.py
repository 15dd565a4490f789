"""A copy of a SQLite file as it was before an upgrade, for going back to the version before."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.errors import StoreUnavailable


def copy_path(file: Path, first: str) -> Path:
    """`desk.db.before-m010_accounts`: named after the first change that it does not have."""
    return file.with_name(f"{file.name}.before-{first}")


def keep_copy(file: Path, first: str) -> Path:
    """Whole and readable by its owner only, or StoreUnavailable and nothing is upgraded.

    The caller holds the write lock, so that nothing is written after the copy and before the
    change. A copy of an earlier attempt is replaced: the desk may have run on in between.
    """
    copy = copy_path(file, first)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("vacuum into ?", [str(unfinished)])
        os.replace(unfinished, copy)
    except (sqlite3.Error, OSError) as error:
        unfinished.unlink(missing_ok=True)
        why = f"an upgrade needs a copy of {file} first, and {copy.name} could not be written"
        raise StoreUnavailable(f"{why}: {error}") from error
    return copy
