"""A machine's clock that is set wrong under a running process: a real one, under libfaketime."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from tests.proof.posts import write_sample
from tests.proof.wrong_clock import WrongClock, faketime

SOON = 20.0  # seconds
LIBRARY = faketime()
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="needs the package faketime")

JOBS = """
from datetime import timedelta
from bot.jobs import Clock, Job
from bot.wiring import machine_time

tick = Job("tick", lambda: print("tick", flush=True), timedelta(seconds=0.2))
clock = Clock([tick], machine_time)
clock.start()
input()
clock.stop()
"""

TIME = """
import sys
from pathlib import Path
from bot.wiring import build_services, open_store
from config.settings import load_settings

store = open_store(load_settings({"DATABASE_URL": sys.argv[1]}, None))
services = build_services(load_settings({}, None), store)
while input():
    print(services.kernel.now().timestamp(), flush=True)
store.close()
"""


class Program:
    """A little one under a clock that the story sets; it is spoken with line by line."""

    def __init__(self, child: "subprocess.Popen[str]", clock: WrongClock):
        self.clock = clock
        self._child = child
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def hears(self) -> str:
        """The next line; it may take a busy machine a while, but not three hours."""
        return self._lines.get(timeout=SOON).strip()

    def asks(self) -> float:
        self.says("?")
        return float(self.hears())

    def says(self, words: str) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(f"{words}\n")
        self._child.stdin.flush()

    def _read(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self._lines.put(line)


@contextmanager
def started(folder: Path, program: str, *args: str, wrong: str = "+0") -> Iterator[Program]:
    assert LIBRARY is not None
    clock = WrongClock(folder, LIBRARY)
    clock.be(wrong)
    with subprocess.Popen(
        [sys.executable, "-c", program, *args], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **clock.env},
    ) as child:  # fmt: skip
        try:
            told = Program(child, clock)
            yield told
            told.says("")
            assert child.wait(SOON) == 0
        finally:
            child.kill()


def test_jobs_go_on_when_the_machines_clock_is_set_and_set_right_again(tmp_path: Path):
    with started(tmp_path, JOBS) as jobs:
        for wrong in ("+3h", "+0"):
            assert jobs.hears() == "tick"
            jobs.clock.be(wrong)
            assert [jobs.hears() for _ in range(3)] == ["tick"] * 3


def test_the_desks_time_goes_on_when_the_machines_clock_is_set(tmp_path: Path):
    with started(tmp_path, TIME, f"sqlite:///{tmp_path}/desk.db") as desk:
        for wrong in ("-30s", "-3h", "+3h"):
            before = desk.asks()
            desk.clock.be(wrong)
            assert before <= desk.asks() < before + SOON


def test_a_process_that_starts_under_a_wrong_clock_goes_on_from_what_is_stored(tmp_path: Path):
    database, posts = f"sqlite:///{tmp_path}/desk.db", tmp_path / "posts.jsonl"
    write_sample(posts, 1)
    before = time.time()
    env = {**os.environ, "DATABASE_URL": database}
    subprocess.run([sys.executable, "-m", "bot", "import", posts], env=env, check=True)
    with started(tmp_path, TIME, database, wrong="-3h") as desk:
        assert before <= desk.asks() < before + 2 * SOON
