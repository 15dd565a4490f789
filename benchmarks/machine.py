"""The machine that was measured on: without it no figure means anything."""

import os
import platform
import sqlite3
import tempfile

from benchmarks.measure import share, timed

PAGE = b"\0" * 4096


def machine() -> str:
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, load {load}, one durable page {durable_page() * 1000:.2f} ms, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def durable_page(tries: int = 200) -> float:
    """What the disk under the benchmarks takes to keep one page for good, at the median."""
    with tempfile.NamedTemporaryFile() as file:
        return share(timed(lambda _: _keep(file.fileno()), range(tries)).each, 0.5)


def resident_memory() -> int:
    """Of this process now, in bytes."""
    return memory_of("self")


def memory_of(process: int | str) -> int:
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _keep(file: int) -> None:
    os.write(file, PAGE)
    os.fdatasync(file)
