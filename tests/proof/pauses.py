"""Several processes of one desk on PostgreSQL, paused and killed under load: nothing said twice.

    python -m tests.proof.pauses --rounds 50

Each round stands one process still (SIGSTOP), for so short that it keeps what it has or for so long
that another takes over and has looked for what it left; or kills it; or asks it to end; or ends the
database. Posts, presses, replies and breaches go on all the time, as in `tests.proof.kills`.
"""

import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from slack_sandbox import Sandbox
from tests.proof.import_with_kills import query
from tests.proof.kills import (
    SECRET,
    come_to_rest,
    configured,
    faults_of,
    faults_of_replies,
    staffed,
    told,
)
from tests.proof.load import Load, Sender
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.public import Public
from tests.server import Server, running_server

PORT = 18500
MISHAPS = ("pause", "kill", "stop", "database")
PAUSES = ((0.2, 3.0), (3.0, 9.0), (9.0, 15.0), (32.0, 40.0))  # seconds, from and to


class Worker:
    """A process with all parts, at a port of its own."""

    def __init__(self, env: dict[str, str], folder: Path, port: int):
        self.port = port
        self.process = Process({**env, "PORT": str(port)}, folder / f"run{port}.log", "run")

    def start(self) -> None:
        self.process.start()

    def is_ready(self) -> bool:
        return is_ready(self.port)

    def pause(self, dice: random.Random) -> None:
        length = dice.uniform(*dice.choice(PAUSES))
        self.process.signal(signal.SIGSTOP)
        time.sleep(length)
        self.process.signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.start()

    def restart(self) -> None:
        assert self.process.stop() == 0, "a stop is clean"
        self.process.start()


class Company:
    """Desks that share one database, and everybody outside who keeps them busy."""

    def __init__(self, slack: Sandbox, folder: Path, url: str, seed: int):
        self.slack, self.url, self.dice = slack, url, random.Random(seed)
        self.public, self.load = Public(random.Random(seed)), Load()
        self.agents, self.on_call = staffed(slack, self.dice)
        self.desks: list[Worker] = []
        self.senders: list[Sender] = []
        self._folder, self._seed = folder, seed
        self._env = environment(
            slack, folder, 0, CONFIG_DIR=str(configured(folder)), INTAKE_SECRET=SECRET,
            WEBHOOK_REPLY_URL=self.public.url, PUBLIC_REPLIES="on", REPLY_UNDO_SECONDS="1",
            DATABASE_URL=url,
        )  # fmt: skip

    def open(self, port: int, workers: int) -> None:
        self.desks = [Worker(self._env, self._folder, port + one) for one in range(workers)]
        for desk in self.desks:
            desk.start()
        until(self.is_ready, "the desk is ready")
        # The same posts come in by every door: all of them more than once, and often at once.
        self.senders = [
            Sender(desk.port, SECRET, random.Random(self._seed), self.load) for desk in self.desks
        ]
        for sender in self.senders:
            self.load.begin(sender.post, every=0.1)
        self.load.begin(self.on_call.work, every=0.4)
        for agent in self.agents:
            self.load.begin(agent.work, every=0.1)

    def close(self) -> None:
        self.load.stop()
        until(self.is_ready, "the desk is ready again")
        come_to_rest(self.url)
        for desk in self.desks:
            assert desk.process.stop() == 0, "a stop is clean"
        self.public.close()

    def is_ready(self) -> bool:
        return all(desk.is_ready() for desk in self.desks)

    def faults(self) -> list[str]:
        with self.slack.workspace.lock:  # who is paused for seconds acknowledges late
            self.slack.workspace.violations[:] = [
                one for one in self.slack.violations if one.kind != "late_or_unknown_ack"
            ]
        found = [fault for one in self.senders for fault in faults_of(self.url, self.slack, one)]
        return list(dict.fromkeys([*found, *faults_of_replies(self.url, self.public, self.agents)]))


@click.command()
@click.option("--rounds", default=50, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def main(rounds: int, workers: int, seed: int, port: int) -> None:
    """Exit 0 only if no post is lost, no reply doubled, each card and each ping stands once."""
    with (
        running_server(durable=True) as server,
        Sandbox.start() as slack,
        tempfile.TemporaryDirectory() as folder,
    ):
        url, begun = server.url("postgres"), time.monotonic()
        company = Company(slack, Path(folder), url, seed)
        company.open(port, workers)
        mishaps = endured(company.desks, server, rounds, company.dice)
        company.close()
        faults = company.faults()
        took = f"; {time.monotonic() - begun:.0f} s"
        click.echo(told(url, slack, company.public, company.senders[0]) + took)
        click.echo(", ".join(f"{count} x {what}" for what, count in sorted(mishaps.items())))
        terms = query(url, "select task, fence from leases order by task")
        click.echo("terms: " + ", ".join(f"{task} {fence}" for task, fence in terms))
        click.echo(f"{len(faults)} faults")
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


def endured(
    desks: Sequence[Worker], server: Server, rounds: int, dice: random.Random
) -> Counter[str]:
    """One mishap at a time, and all is well before the next."""
    mishaps: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        time.sleep(dice.uniform(0.0, 1.2))
        victim = dice.choice(desks)
        assert victim.process.is_running, "the desk ended by itself"
        what = dice.choices(MISHAPS, (6, 2, 1, 1))[0]
        match what:
            case "pause":
                victim.pause(dice)
            case "kill":
                victim.kill()
            case "stop":
                victim.restart()
            case "database":
                server.stop(signal.SIGQUIT)
                server.start()
        mishaps[what] += 1
        until(lambda: all(desk.is_ready() for desk in desks), "the desk is ready again")
        if number % 10 == 0:
            click.echo(f"{number} rounds", err=True)
    return mishaps


if __name__ == "__main__":
    main()
