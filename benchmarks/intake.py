"""What it costs to take a post in for good: over HTTP, in the process, and as one bare row."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock
from time import perf_counter

from flask import Flask, request

from benchmarks.beside import Beside
from benchmarks.desks import INTAKE_SECRET, a_post, folder, open_desk
from benchmarks.ledger import Ledger
from benchmarks.measure import PAIRS, Round, Side, in_turns, timed
from benchmarks.sender import Letter, Sender, letters
from benchmarks.table import Table, a_second, milliseconds, times
from bot.domain.desk_page import DeskPage
from bot.web.app import create_app
from bot.web.doors import Doors
from bot.web.quota import Quota
from bot.web.server import serve
from bot.wiring import fresh_key, machine_time

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Load:
    rounds: int
    posts: int  # of one side in one round
    crowd: int  # clients at once


FULL = Load(PAIRS, 400, 8)
QUICK = Load(2, 16, 2)


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with (
        folder() as place,
        Beside(serve_desk, place / "http") as desk,
        Beside(serve_bare_door, place / "bare") as bare,
        Ledger(place / "floor.db") as ledger,
    ):
        sides = _sides(load, place, ledger, desk.url, bare.url)
        yield _table(load, in_turns(load.rounds, sides))


def _sides(
    load: Load, place: Path, ledger: Ledger, desk: str, bare: str
) -> dict[str, Callable[[], Round]]:
    numbers = count()
    receive = open_desk(place).intake.receive

    def posts() -> list[Letter]:
        return letters(next(numbers) for _ in range(load.posts))

    def bare_row() -> Round:
        return timed(ledger.keep, [(one.id, one.body) for one in posts()])

    def in_process() -> Round:
        return timed(receive, [a_post(next(numbers)) for _ in range(load.posts)])

    def over_http(url: str, clients: int) -> Callable[[], Round]:
        return lambda: _sent(url, posts(), clients)

    return {
        "floor": bare_row,
        "process": in_process,
        "bare door, one": over_http(bare, 1),
        "bare door, crowd": over_http(bare, load.crowd),
        "one": over_http(desk, 1),
        "crowd": over_http(desk, load.crowd),
    }


def _sent(url: str, posts: list[Letter], clients: int) -> Round:
    """By so many clients at once, each with a connection of its own."""
    begun = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        shares = [posts[first::clients] for first in range(clients)]
        rounds = pool.map(lambda part: Sender(url).send_all(part), shares)
        each = [seconds for one in rounds for seconds in one.each]
    return Round(each, perf_counter() - begun)


def _table(load: Load, found: dict[str, Side]) -> Table:
    crowd = f"{load.crowd} clients"
    names = {
        "floor": "floor: one bare row, one commit",
        "process": "Intake.receive",
        "bare door, one": "floor over HTTP: a bare door, one bare row, 1 client",
        "one": "POST /intake/webhook, signed, 1 client",
        "bare door, crowd": f"floor over HTTP, {crowd}",
        "crowd": f"POST /intake/webhook, signed, {crowd}",
    }
    bases = {"one": "bare door, one", "crowd": "bare door, crowd"}
    rows = [
        [
            name, a_second(found[side].rate), milliseconds(found[side].p50),
            milliseconds(found[side].p99), times(found[side].slower_than(found["floor"])),
            times(found[side].slower_than(found[bases[side]])) if side in bases else "",
        ]
        for side, name in names.items()
    ]  # fmt: skip
    columns = ["side", "kept", "p50", "p99", "of the bare row", "of the bare door"]
    remark = (
        f"{load.posts} posts a round, all new, each kept for good (WAL, synchronous=FULL) before it"
        " is answered; the server runs in a process of its own. Ratios are of posts a second."
    )
    return Table("Durable intake", columns, rows, [remark])


def serve_desk(place: Path) -> tuple[str, Callable[[], None]]:
    """The intake door of a desk of its own, as `run` serves it."""
    place.mkdir()
    services = open_desk(place)
    doors = Doors(
        receive=services.intake.receive,
        intakes={"webhook": INTAKE_SECRET},
        quota=Quota(None),
        ready=dict,
        metrics=services.metrics.text,
        desk_page=lambda: DeskPage(machine_time()),
        desk_token=None,
        slack=None,
        slack_signing_secret=None,
        now=machine_time,
        wall=machine_time,
        new_key=fresh_key,
    )
    server = serve(create_app(doors), HOST, 0)
    return server.url, server.stop


def serve_bare_door(place: Path) -> tuple[str, Callable[[], None]]:
    """The same server before a door that only keeps what it is given."""
    place.mkdir()
    app, ledger, writer = Flask(__name__), Ledger(place / "floor.db"), Lock()

    @app.post("/intake/webhook")
    def keep() -> tuple[str, int]:
        with writer:
            ledger.keep((request.headers["webhook-id"], request.get_data()))
        return "{}", 202

    server = serve(app, HOST, 0)
    return server.url, server.stop
