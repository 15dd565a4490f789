"""The worst texts beside the same run with plain ones: how long honest posts and presses wait.

    python -m tests.proof.worst_texts [--runs 20] [--engine postgres]

In each run somebody posts ten plain texts of the greatest length a post may have, one after the
other, and then the ten worst; meanwhile others post and press. None may be refused, and the median
of what they wait may be three times as long at most.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

import click

from benchmarks.worst_texts import WORST, plain
from tests.proof.honest import LONGEST_BODY, Honest, Waits, desk_at_work
from tests.proof.whose_words import urls

PORT = 18491
MOST = 3.0
AT_LEAST = 4.0  # seconds of one half, so that there is something to take a median of


@click.command()
@click.option("--runs", default=20, show_default=True)
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite")
def main(runs: int, engine: str) -> None:
    """Exit 0 only if nobody was refused and no median is too long."""
    texts = [made(LONGEST_BODY) for made in WORST.values()]
    faults: list[str] = []
    with (
        tempfile.TemporaryDirectory() as name,
        urls(engine) as fresh,
        desk_at_work(Path(name), next(fresh), PORT) as honest,
    ):
        _beside(honest, [plain(1000)])
        for run in range(1, runs + 1):
            usual = _beside(honest, [plain(LONGEST_BODY)] * len(texts))
            worst = _beside(honest, texts)
            faults += [f"run {run}: {one}" for one in _faults(usual, worst)]
            click.echo(f"run {run:2}  plain: {usual}")
            click.echo(f"        worst: {worst}")
    for fault in faults:
        click.echo(fault)
    click.echo(f"{runs} runs on {engine}: {len(faults)} faults")
    raise SystemExit(1 if faults else 0)


def _beside(honest: Honest, texts: list[str]) -> Waits:
    """What honest people wait while somebody posts these, again and again."""
    with honest.at_work() as waits:
        ends = time.monotonic() + AT_LEAST
        while time.monotonic() < ends:
            for text in texts:
                status, _ = honest.post(text)
                if status != 202:
                    waits.refused.append(f"a long text: {status}")
    return waits


def _faults(usual: Waits, worst: Waits) -> list[str]:
    found = [*usual.refused, *worst.refused]
    for what in ("posts", "presses"):
        before, after = (median(getattr(one, what)) for one in (usual, worst))
        if after > MOST * before:
            found.append(f"{what} wait {after * 1000:.0f} ms instead of {before * 1000:.0f}")
    return found


if __name__ == "__main__":
    main()
