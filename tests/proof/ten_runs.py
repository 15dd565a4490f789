"""`python -m tests.proof.ten_runs`: whole runs of the suite in a row, some beside a busy core.

One line for each; it ends with 1 at the first red one and shows what was red.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

BUSY = [sys.executable, "-c", "while True: pass"]
SUMMARY = re.compile(r"^\d+ (?:passed|failed|error).* in [\d.]+s.*$", re.MULTILINE)


@click.command()
@click.option("--runs", default=10, show_default=True, help="Whole runs in a row.")
@click.option("--beside", default=5, show_default=True, help="So many of them beside a busy core.")
@click.option("--at-once", default=2, show_default=True, help="Tests at a time.")
@click.argument("options", nargs=-1)
def ten_runs(runs: int, beside: int, at_once: int, options: tuple[str, ...]) -> None:
    """Runs the suite again and again; OPTIONS go to pytest."""
    with tempfile.TemporaryDirectory(prefix="runs-") as name:
        for number in range(1, runs + 1):
            is_beside = _is_beside(number, runs, beside)
            with _busy_core(is_beside):
                code, seconds, told = _run(Path(name) / f"{number}.log", at_once, options)
            where = "beside a busy core" if is_beside else "alone"
            state = "green" if code == 0 else f"RED ({code})"
            click.echo(
                f"run {number} of {runs}, {where}: {state}, {seconds:.0f} s, {_summary(told)}"
            )
            if code:
                click.echo(told[-20_000:], err=True)
                raise SystemExit(1)


def _is_beside(number: int, runs: int, beside: int) -> bool:
    """Spread evenly; the first of them soon."""
    return number * beside // runs > (number - 1) * beside // runs


@contextmanager
def _busy_core(is_wanted: bool) -> Iterator[None]:
    if not is_wanted:
        yield
        return
    busy = subprocess.Popen(BUSY)
    try:
        yield
    finally:
        busy.kill()
        busy.wait()


def _run(log: Path, at_once: int, options: tuple[str, ...]) -> tuple[int, float, str]:
    command = [
        sys.executable, "-m", "pytest", "-q", "--ignore=tests/browser", "-p", "no:cacheprovider",
        "-n", str(at_once), "--dist", "loadfile", "--no-loadscope-reorder", *options,
    ]  # fmt: skip
    begun = time.monotonic()
    with log.open("wb") as file:
        code = subprocess.run(command, stdout=file, stderr=file, env=os.environ).returncode
    return code, time.monotonic() - begun, log.read_text(errors="replace")


def _summary(told: str) -> str:
    found = SUMMARY.findall(told)
    return found[-1] if found else "no summary"


if __name__ == "__main__":
    ten_runs()
