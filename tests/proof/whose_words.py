"""Random conversations: no answer reaches a stranger, none is wider than its form said.

    python -m tests.proof.whose_words --conversations 10000
    python -m tests.proof.whose_words --conversations 1000 --engine postgres

What is drawn and what must hold is written in `tests/conversations.py`.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import click

from tests.conversations import ACCOUNTS, Counts, Talk
from tests.desk import TestDesk
from tests.engines import databases

AT_ONE_DESK = 100  # conversations; then a new desk begins


@click.command()
@click.option("--conversations", default=10_000, show_default=True)
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite")
@click.option("--seed", default=1, show_default=True)
def main(conversations: int, engine: str, seed: int) -> None:
    """Exit 0 only if no conversation shows a fault."""
    began, counts, faults = time.monotonic(), Counts(), list[str]()
    with urls(engine) as fresh:
        for first in range(0, conversations, AT_ONE_DESK):
            desk = TestDesk(next(fresh), accounts=ACCOUNTS)
            for number in range(first, min(first + AT_ONE_DESK, conversations)):
                talk = Talk(desk, Random(f"{seed}:{number}"), f"t{number}")
                talk.run(steps=talk.dice.randint(10, 40))
                counts.add(talk.counts)
                faults += talk.faults
            desk.close()
            click.echo(f"{first + AT_ONE_DESK}: {len(faults)} faults", err=True)
    for fault in faults[:20]:
        click.echo(fault)
    told = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in vars(counts).items())
    took = time.monotonic() - began
    click.echo(f"{conversations} conversations on {engine}, {took:.0f} s: {told}")
    click.echo(f"{len(faults)} faults")
    raise SystemExit(1 if faults else 0)


@contextmanager
def urls(engine: str) -> Iterator[Iterator[str]]:
    if engine == "postgres":
        with databases() as server:
            yield iter(server.fresh, None)
    else:
        with tempfile.TemporaryDirectory() as name:
            yield (f"sqlite:///{Path(name)}/{number}.db" for number in range(1_000_000))


if __name__ == "__main__":
    main()
