"""Random changes of the set-up under load: no 5xx, no clock stopped, no post lost.

    python -m tests.proof.set_up_changes --changes 1000
    python -m tests.proof.set_up_changes --changes 1000 --engine postgres

What is changed and what must hold is written in `tests/set_up_changes.py`.
"""

import time
from random import Random

import click

from tests.desk import TestDesk
from tests.proof.whose_words import urls
from tests.set_up_changes import Company, Counts

AT_ONE_DESK = 50  # changes; then a new desk begins


@click.command()
@click.option("--changes", default=1000, show_default=True)
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite")
@click.option("--seed", default=1, show_default=True)
def main(changes: int, engine: str, seed: int) -> None:
    """Exit 0 only if nothing was raised, stopped or lost."""
    began, counts, faults = time.monotonic(), Counts(), list[str]()
    with urls(engine) as fresh:
        for first in range(0, changes, AT_ONE_DESK):
            desk = TestDesk(next(fresh))
            company = Company(desk, Random(f"{seed}:{first}"))
            company.run(min(AT_ONE_DESK, changes - first))
            counts.add(company.counts)
            faults += [f"desk {first}: {fault}" for fault in company.faults]
            desk.close()
            click.echo(f"{first + AT_ONE_DESK}: {len(faults)} faults", err=True)
    for fault in faults[:20]:
        click.echo(fault)
    told = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in vars(counts).items())
    click.echo(f"{changes} changes on {engine}, {time.monotonic() - began:.0f} s: {told}")
    click.echo(f"{len(faults)} faults")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
