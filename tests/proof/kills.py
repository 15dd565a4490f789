"""A desk under load, killed again and again at random moments: nothing lost, nothing said twice.

    python -m tests.proof.kills --kills 500
    python -m tests.proof.kills --engine postgres --kills 200

Posts, presses, replies and breaches go on all the time, against a Slack and a network in this
process, which see everything that was ever said. On PostgreSQL there are several processes, which
now and then are also paused (so shortly that they keep what they have, or so long that another
takes over), asked to end, or lose their database.
"""

import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from slack_sandbox import Sandbox
from tests.proof.company import Company, Worker
from tests.proof.import_with_kills import query
from tests.server import Server, running_server

PORT = 18474
SQLITE, POSTGRES = "sqlite", "postgres"
MISHAPS = {"kill": 16, "pause": 2, "stop": 1, "database": 1}  # of twenty


@click.command()
@click.option("--engine", type=click.Choice([SQLITE, POSTGRES]), default=SQLITE, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; SQLite has one.")
@click.option("--kills", default=500, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def main(engine: str, workers: int, kills: int, seed: int, port: int) -> None:
    """Exit 0 only if no post is lost, no reply doubled, each card and each ping stands once."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name, kept(engine, name) as at:
        url, server = at
        company, begun = Company(slack, Path(name), url, seed), time.monotonic()
        company.open(port, workers if server else 1)
        mishaps = again_and_again(company, server, kills)
        company.close()
        faults = company.faults()
        count = ", ".join(f"{number} x {what}" for what, number in sorted(mishaps.items()))
        click.echo(f"{company.told()}; {count}, {time.monotonic() - begun:.0f} s")
        terms = query(company.kept, "select task, fence from leases order by task")
        click.echo("terms: " + ", ".join(f"{task} {fence}" for task, fence in terms))
        click.echo(f"{len(faults)} faults")
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


@contextmanager
def kept(engine: str, folder: str) -> Iterator[tuple[str, Server | None]]:
    """The address of the database, and its server where it has one."""
    if engine == SQLITE:
        yield f"sqlite:///{folder}/desk.db", None
    else:
        with running_server(durable=True) as server:
            yield server.url("postgres"), server


def again_and_again(company: Company, server: Server | None, kills: int) -> Counter[str]:
    """One mishap at a time, until so many were kills; after them all is well."""
    dice, done = company.dice, Counter[str]()
    kinds = MISHAPS if server else {"kill": 1}
    while done["kill"] < kills:
        come_near(company, dice)
        victim = dice.choice(company.desks)
        assert victim.is_running, "the desk ended by itself"
        [what] = dice.choices(list(kinds), list(kinds.values()))
        if what == "database":
            company.be_ready()  # who starts while it is away says so, and ends
        happen(what, victim, server, dice)
        done[what] += 1
        if what == "kill" and done[what] % 50 == 0:
            click.echo(f"{done[what]} kills", err=True)
    company.be_ready()
    return done


def come_near(company: Company, dice: random.Random) -> None:
    """One in four comes while the desk starts, the others within a second of its work."""
    if dice.random() < 0.25:
        time.sleep(dice.uniform(0.1, 1.5))
    else:
        company.be_ready()
        time.sleep(dice.uniform(0.0, 1.2))


def happen(what: str, victim: Worker, server: Server | None, dice: random.Random) -> None:
    match what:
        case "kill":
            victim.kill()
        case "pause":
            victim.pause(dice)
        case "stop":
            victim.restart()
        case "database":
            assert server is not None  # such a thing happens to a server only
            server.stop(signal.SIGQUIT)
            server.start()


if __name__ == "__main__":
    main()
