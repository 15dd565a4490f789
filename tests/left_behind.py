"""Nothing is left running behind a test: what a story opens it closes, or the next one pays for it.

A thread that goes on logs into another test's log, draws from its dice and takes its processor; a
process and a connection outlive even the run. So what is there at a test's end, and was not at its
beginning, turns that test red. Whatever a wider fixture holds (the shared PostgreSQL, a world that
a module prepares) was there before, and is looked at when its module, or the run, is over.
"""

import gc
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

PATIENCE = float(
    os.environ.get("LBP", 30)
)  # seconds for what is on its way out, on a machine that is busy elsewhere

# Who lives longer by intent, and why.
ALLOWED_PROCESSES: Mapping[str, str] = {
    "multiprocessing.resource_tracker": "one of Python's own, for as long as this process lives",
}
ALLOWED_FILES: Mapping[str, str] = {
    "anon_inode:[eventpoll]": "an epoll set is not a thing by itself: what it watches is counted",
    "/dev/null": "where the output of a child goes",
    "/dev/urandom": "read by several libraries once and for all",
}


@dataclass
class Traces:
    """What this process has in hand."""

    threads: set[threading.Thread] = field(default_factory=set)
    processes: set[psutil.Process] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)  # number and inode, where it leads
    environment: dict[str, str] = field(default_factory=dict)
    log: tuple[object, ...] = ()


def traces() -> Traces:
    root = logging.getLogger()
    return Traces(
        set(threading.enumerate()),
        _processes(),
        _files(),
        dict(os.environ),
        (root.level, root.disabled, logging.root.manager.disable),
    )


_kept: set[int] = set()  # processes that outlive the test they were started in, by their number


@contextmanager
def kept_for_all() -> Iterator[None]:
    """What is started in here is for the whole run, though a single test has asked for it first."""
    before = set(psutil.Process().children())
    yield
    _kept.update(one.pid for one in set(psutil.Process().children()) - before)


@contextmanager
def nothing_left_behind(whose: str) -> Iterator[None]:
    """Raises AssertionError where there is more at the end than at the beginning."""
    before = traces()
    yield
    left = list(_left(before))
    if left:
        raise AssertionError(
            f"{whose} left behind:\n  " + "\n  ".join(left) + "\n"
            "Close it where it was opened: a `with` or a fixture that yields (a pool: `with"
            " ThreadPoolExecutor`, a desk: `desk.close()`, a process: end it and wait for it)."
            " What is meant for several tests belongs to a fixture of scope `module` or `session`."
            " See tests/left_behind.py."
        )


def _left(before: Traces) -> Iterator[str]:
    for thread in set(threading.enumerate()) - before.threads:
        thread.join(PATIENCE)
        if thread.is_alive():
            yield f"the thread {thread.name} ({_what(thread)})"
    for process in _processes() - before.processes:
        if _is_refused(process):
            yield f"the process {process.pid}: {' '.join(_command(process))}"
    yield from _changed(before)
    yield from _opened(before)


def _opened(before: Traces) -> Iterator[str]:
    """What the other side of a connection has still to close is on its way out, too."""
    deadline = time.monotonic() + PATIENCE
    opened = _files().items() - before.files.items()
    while opened and time.monotonic() < deadline:
        time.sleep(0.01)
        opened = _files().items() - before.files.items()
    for number, leads_to in sorted(opened):
        yield f"an open file or connection, {number}: {leads_to}"
    if opened:
        gc.collect()  # what warns that it was not closed warns here, and not in another test


def _changed(before: Traces) -> Iterator[str]:
    for name in sorted({*os.environ, *before.environment}):
        old, new = before.environment.get(name), os.environ.get(name)
        if old != new and name != "PYTEST_CURRENT_TEST":
            yield f"the environment's {name} as {new!r}, which was {old!r}"
    root = logging.getLogger()
    now = (root.level, root.disabled, logging.root.manager.disable)
    if now != before.log:
        yield f"the root log changed from {before.log} to {now}"


def _what(thread: threading.Thread) -> str:
    return getattr(getattr(thread, "_target", None), "__qualname__", type(thread).__name__)


def _processes() -> set[psutil.Process]:
    """Our children and theirs, without those that stay."""
    mine = [one for one in psutil.Process().children() if one.pid not in _kept]
    return {child for one in mine for child in _family(one)}


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _is_refused(process: psutil.Process) -> bool:
    if any(name in word for word in _command(process) for name in ALLOWED_PROCESSES):
        return False
    try:
        process.wait(PATIENCE)
    except psutil.TimeoutExpired:
        return True
    return False


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _files() -> dict[str, str]:
    """Without those in a test's own folder, which go with it, and pipes, which lead to a child."""
    of_their_own = ("/proc/", "pipe:", f"{tempfile.gettempdir()}/")
    found = {}
    for number in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():
        try:
            leads_to = os.readlink(f"/proc/self/fd/{number}")
        except OSError:  # the look itself
            continue
        if leads_to not in ALLOWED_FILES and not leads_to.startswith(of_their_own):
            found[number] = leads_to
    return found
