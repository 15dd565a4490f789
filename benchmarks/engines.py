"""The same work on both engines, equally durable: SQLite in here, PostgreSQL beside us."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import psycopg

from benchmarks.desks import ANN, a_post, folder, open_desk_at
from benchmarks.ledger import Ledger
from benchmarks.measure import PAIRS, Round, Side, timed
from benchmarks.table import Table, a_second, microseconds, times
from bot.domain.ids import CaseId
from bot.domain.outbox import Delivered
from bot.domain.post import Post
from bot.wiring import machine_time
from tests.server import running_server


@dataclass(frozen=True)
class Load:
    rounds: int
    each: int  # operations of one round


FULL = Load(PAIRS, 100)
QUICK = Load(2, 3)
BATCH = 8  # messages that delivery takes together
BARE = "bare row"


@dataclass
class Desk:
    """One engine's desk, whose clock goes forward by an hour whenever its promises are to break."""

    url: str
    bare: Callable[[str], object]
    load: Load
    ahead: timedelta = timedelta()
    posts: list[Post] = field(default_factory=list)
    unclaimed: list[CaseId] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = count()
        self.services = open_desk_at(self.url, lambda: machine_time() + self.ahead)

    def keep_bare(self) -> Round:
        return timed(self.bare, [f"k{next(self._numbers)}" for _ in range(self.load.each)])

    def create(self) -> Round:
        self.posts = [a_post(next(self._numbers)) for _ in range(self.load.each)]
        return timed(self._receive, self.posts)

    def repeat(self) -> Round:
        return timed(self.services.intake.receive, self.posts)

    def claim(self) -> Round:
        cases, self.unclaimed = self.unclaimed, []
        return timed(lambda case: self.services.casework.claim(case, by=ANN), cases)

    def sweep(self) -> Round:
        """All clocks of the round at once, as after an hour; one sweep is one operation."""
        self.ahead += timedelta(hours=2)
        return timed(lambda _: self.services.watch.sweep(), [None])

    def deliver(self) -> Round:
        """Chosen and recorded, and recorded once more when Slack has answered."""
        return timed(lambda _: self._deliver(), range(self.load.each // BATCH + 1))

    def find(self) -> Round:
        boards = self.services.boards
        return timed(lambda post: boards.find(f"words:{post.id} gate", by=ANN), self.posts)

    def _receive(self, post: Post) -> None:
        case = self.services.intake.receive(post).case
        assert case is not None
        self.unclaimed.append(case)

    def _deliver(self) -> None:
        kernel = self.services.kernel
        with kernel.work() as work:
            messages = work.tx.outbox.due(work.at, limit=BATCH)
            work.tx.outbox.start(messages, attempt="1", at=work.at)
        for message in messages:
            with kernel.work() as work:
                work.tx.outbox.shown(message, Delivered(message.key))


STEPS: Mapping[str, Callable[[Desk], Round]] = {
    BARE: Desk.keep_bare,
    "a post becomes a case": Desk.create,
    "the same post again": Desk.repeat,
    "claim": Desk.claim,
    "find by two words": Desk.find,
    "take and record messages": Desk.deliver,
    "sweep a round's promises": Desk.sweep,
}


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        ledger = stack.enter_context(Ledger(place / "floor.db"))
        server = stack.enter_context(running_server(durable=True)).url("postgres")
        desks = {
            "SQLite": Desk(f"sqlite:///{place}/desk.db", lambda key: ledger.keep((key, b"")), load),
            "PostgreSQL": Desk(server, _bare_postgres(stack, server), load),
        }
        found = _measured(load, desks)
        for desk in desks.values():
            desk.services.kernel.store.close()
    yield _table(found)


def _measured(load: Load, desks: Mapping[str, Desk]) -> Mapping[tuple[str, str], Side]:
    """In the order of the steps, since one leaves what the next one finds; the engines in turns."""
    found: dict[tuple[str, str], list[Round]] = {(e, name): [] for e in desks for name in STEPS}
    engines = list(desks)
    for _ in range(load.rounds):
        for name, step in STEPS.items():
            for engine in engines:
                found[engine, name].append(step(desks[engine]))
        engines.reverse()
    return {side: Side(rounds) for side, rounds in found.items()}


def _table(found: Mapping[tuple[str, str], Side]) -> Table:
    rows = []
    for name in STEPS:
        ours, theirs = found["SQLite", name], found["PostgreSQL", name]
        rows.append(
            [
                name, microseconds(ours.p50), a_second(ours.rate), microseconds(theirs.p50),
                a_second(theirs.rate), times(theirs.slower_than(ours)),
            ]
        )  # fmt: skip
    return Table(
        "Two engines",
        ["what", "SQLite p50", "SQLite", "PostgreSQL p50", "PostgreSQL", "slower"],
        rows,
        [
            f"One thread. Floor of each engine: one {BARE} in one durable commit. PostgreSQL runs "
            "beside us behind a socket of this machine. Need: 8 to 30 posts a second."
        ],
    )


def _bare_postgres(stack: ExitStack, server: str) -> Callable[[str], object]:
    connection = stack.enter_context(psycopg.connect(server, autocommit=True))
    connection.execute("create table kept (key text primary key, body bytea)")
    return lambda key: connection.execute("insert into kept values (%s, %s)", (key, b""))
