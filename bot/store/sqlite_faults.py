"""Releases of SQLite that can damage a file as the desk uses it: in WAL mode, with upserts.

Left out is what the desk cannot meet: 3.35.0 to 3.35.4 spoil a table by `drop column`, and stale
indexes on expressions, for it has neither. A distribution may have mended an older release, which
its number does not show.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

Release = tuple[int, int, int]


@dataclass(frozen=True)
class Fault:
    what: str
    source: str
    spoils: Callable[[Release], bool]


def _resets(release: Release) -> bool:
    """From 3.7.0; mended in 3.51.3, and in 3.50.7 and 3.44.6 for those who stay on these."""
    is_mended = release >= (3, 51, 3) or (3, 50, 7) <= release < (3, 51, 0)
    return not (is_mended or (3, 44, 6) <= release < (3, 45, 0))


def _misses_indexes(release: Release) -> bool:
    """From 3.35.0; mended in 3.45.2."""
    return (3, 35, 0) <= release < (3, 45, 2)


KNOWN = (
    Fault(
        "two connections that write at one moment can damage the file, very rarely",
        "https://sqlite.org/wal.html#walresetbug",
        _resets,
    ),
    Fault(
        "an “insert … on conflict” can leave an index that does not fit its table",
        "https://sqlite.org/releaselog/3_45_2.html",
        _misses_indexes,
    ),
)
MENDED = "3.51.3"
OURS: Release = (sqlite3.sqlite_version_info[0], *sqlite3.sqlite_version_info[1:3])


def known_faults(release: Release) -> list[Fault]:
    return [fault for fault in KNOWN if fault.spoils(release)]
