"""A file that is written whole or not at all: on a full disk the old one stays as it was.

Its owner alone may read it, unless a file of this name was there and others could.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600


def write_whole(path: Path, text: str) -> None:
    """Raises OSError with everything as it was."""
    if path.exists() and not path.is_file():  # a device, a pipe, a folder, which says so itself
        path.write_text(text, encoding="utf-8", newline="")
        return
    path = path.resolve()
    unfinished = path.with_name(f"{path.name}.unfinished")
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else PRIVATE
    try:
        file = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE)
        with open(file, "w", encoding="utf-8", newline="") as written:
            written.write(text)
            written.flush()
            os.fsync(file)
        os.chmod(unfinished, mode)
        os.replace(unfinished, path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
