"""A desk whose PostgreSQL fails over, again and again, to a stand-by that lacks the last commits.

    python -m tests.proof.fail_over --times 20
    python -m tests.proof.fail_over --times 20 --pooled

A real stand-by follows by streaming. It is cut off, more posts come in, the server dies, the
stand-by is promoted. At once other customers write, and people press *Claim* on the cards of the
posts that are lost. Nothing is restarted but servers. Slack in this process remembers every card.
"""

import random
import re
import signal
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import click
import psycopg

from slack_sandbox import Message, Sandbox
from tests.pooler import Pooler, running_pooler
from tests.proof.company import SECRET, Worker
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.pooler import send
from tests.proof.processes import environment, until
from tests.server import Server

PORT = 18484
PROCESSES = 2
HANDS = 4


@click.command()
@click.option("--times", default=20, show_default=True)
@click.option("--pooled", is_flag=True, help="PgBouncer in between; it is turned to the stand-by.")
@click.option("--seed", default=1, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def main(times: int, pooled: bool, seed: int, port: int) -> None:
    """Exit 0 only if no number was given twice, and no old button has reached another case."""
    with ExitStack() as until_the_end, Sandbox.start() as slack:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="over-")))
        folder.chmod(0o755)
        servers = Servers(folder, pooled, until_the_end)
        desk = Desk(slack, folder, servers, port, random.Random(seed))
        desk.open()
        begun, faults = time.monotonic(), list[str]()
        for number in range(times):
            faults += desk.fail_over()
            click.echo(f"{number + 1} fail-overs, {len(faults)} faults", err=True)
        faults += [*desk.press_lost(), *desk.numbers_given_twice()]
        desk.close()
        click.echo(
            f"{times} fail-overs{', pooled' * pooled}: {desk.posts} posts, {len(desk.lost)} lost,"
            f" {desk.presses} presses on cards of lost posts, epoch {desk.epoch},"
            f" {time.monotonic() - begun:.0f} s: {len(faults)} faults"
        )
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


class Servers:
    """Two places in turns: where the one is primary, the other follows it."""

    def __init__(self, folder: Path, pooled: bool, until_the_end: ExitStack):
        self._primary, self._follower = (
            Server(place, durable=True) for place in (_made(folder / "a"), _made(folder / "b"))
        )
        self._hosts = f"{folder}/a,{folder}/b"
        self._primary.lay_down()
        self._primary.start()
        until_the_end.callback(self.stop)
        self.follow()
        self._pooler: Pooler | None = None
        if pooled:
            self._pooler = until_the_end.enter_context(running_pooler(folder / "a", size=4))

    @property
    def url(self) -> str:
        """As an operator writes it: whichever of the two takes writes."""
        if self._pooler:
            return self._pooler.url("postgres")
        return f"postgresql://samepage@/postgres?host={self._hosts}&target_session_attrs=read-write"

    @property
    def kept(self) -> str:
        return self._primary.url("postgres")

    def follow(self) -> None:
        self._follower.follow(self._primary)
        self._follower.start()

    def catch_up(self) -> None:
        [(at,)] = query(self.kept, "select pg_current_wal_lsn()")
        there = self._follower.url("postgres")
        sql = f"select pg_last_wal_replay_lsn() >= '{at}'"
        until(lambda: query(there, sql) == [(True,)], "the stand-by has caught up")

    def cut_off(self) -> None:
        """The stand-by hears nothing more."""
        with psycopg.connect(self._follower.url("postgres"), autocommit=True) as admin:
            admin.execute("alter system set primary_conninfo = ''")
            admin.execute("select pg_reload_conf()")
        alive = "select count(*) from pg_stat_wal_receiver"
        there = self._follower.url("postgres")
        until(lambda: query(there, alive) == [(0,)], "the stand-by is cut off")

    def fail_over(self) -> None:
        self._primary.stop(signal.SIGQUIT)
        self._primary, self._follower = self._follower, self._primary
        query(self.kept, "select pg_promote()")
        if self._pooler:
            self._pooler.turn_to(self._primary.folder)

    def stop(self) -> None:
        for server in (self._follower, self._primary):
            server.stop(signal.SIGQUIT)


@dataclass
class Desk:
    """Its processes, the posts that were taken, and the cards whose posts are lost."""

    slack: Sandbox
    folder: Path
    servers: Servers
    port: int
    dice: random.Random
    lost: dict[int, Message] = field(default_factory=dict)  # by the number on the card
    presses: int = 0
    epoch: int = 0

    def __post_init__(self) -> None:
        self._numbers = count()
        self.people = [self.slack.person(name) for name in ("ann", "ben")]
        env = environment(
            self.slack, self.folder, 0, DATABASE_URL=self.servers.url, INTAKE_SECRET=SECRET
        )
        self._workers = [Worker(env, self.folder, self.port + n) for n in range(PROCESSES)]

    @property
    def posts(self) -> int:
        return next(self._numbers)

    def open(self) -> None:
        self.slack.channel(CHANNEL, members=self.people, private=True)
        for worker in self._workers:
            worker.start()
        self._be_ready()

    def close(self) -> None:
        [(self.epoch,)] = query(self.servers.kept, "select max(number) from epochs")
        for worker in self._workers:
            assert worker.process.stop() == 0, "a stop is clean"

    def fail_over(self) -> list[str]:
        """What was lost is pressed while others write: which of them comes first is luck."""
        self._post(self.dice.randint(1, 4))
        self.servers.catch_up()
        self.servers.cut_off()
        numbers = self._post(self.dice.randint(1, 5))
        until(lambda: numbers <= self._cards().keys(), "there is a card of each")
        gone = {number: self._cards()[number] for number in numbers}
        self.lost |= gone
        self.servers.fail_over()
        with ThreadPoolExecutor(HANDS) as hands:
            pressing = [hands.submit(self._press, card) for card in gone.values()]
            posting = hands.submit(self._post, self.dice.randint(1, 6))
            new = posting.result()
            for one in pressing:
                one.result()
        self._be_ready()
        self._press_all(gone.values())
        faults = [f"#{number} was given twice" for number in new & self.lost.keys()]
        self.servers.follow()
        return [*faults, *self._claimed()]

    def press_lost(self) -> list[str]:
        """All of them once more, in the end."""
        self._press_all(self.lost.values())
        return list(self._claimed())

    def numbers_given_twice(self) -> Iterator[str]:
        """By every card that Slack was ever given: whose words stand on it."""
        words: dict[int, set[str]] = defaultdict(set)
        for card in self.slack.messages(CHANNEL):
            if (number := _number(card)) and (said := re.search(r"Question \d+", str(card.blocks))):
                words[number].add(said[0])
        yield from (f"#{n} is {sorted(said)}" for n, said in words.items() if len(said) > 1)

    def _post(self, posts: int) -> set[int]:
        """Each is sent until it is taken; the numbers of their cases."""
        ids = [next(self._numbers) for _ in range(posts)]
        for n in ids:
            port = self.port + n % PROCESSES
            until(lambda port=port, n=n: send(port, n) in ("200", "202"), "a post is taken")
        keys = ", ".join(f"'x:p{n}'" for n in ids)
        return {
            n for (n,) in query(self.servers.kept, f"select id from cases where post in ({keys})")
        }

    def _press(self, card: Message) -> None:
        self.presses += 1
        self.people[self.presses % 2].press(card, "claim")

    def _press_all(self, cards: Iterable[Message]) -> None:
        for card in cards:
            self._press(card)

    def _claimed(self) -> Iterator[str]:
        """Nobody has pressed a button of a case that there is."""
        rows = query(self.servers.kept, "select id from cases where assignee is not null")
        yield from (f"#{number} was claimed by an old button" for (number,) in rows)

    def _cards(self) -> dict[int, Message]:
        found = ((_number(one), one) for one in self.slack.messages(CHANNEL))
        return {number: card for number, card in found if number}

    def _be_ready(self) -> None:
        until(lambda: all(worker.is_ready() for worker in self._workers), "the desk is ready")


def _number(card: Message) -> int | None:
    found = re.match(r"card:(\d+):", key_of(card.metadata))
    return int(found[1]) if found else None


def _made(place: Path) -> Path:
    place.mkdir(mode=0o755)
    return place


if __name__ == "__main__":
    main()
