"""What daily work costs after ten thousand cases, and after a million."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest

from benchmarks.clicks import claims
from benchmarks.crowd import gather, let_fall_due, multiply
from benchmarks.desks import ANN, SERVICE_CHANNEL, a_post, handling, open_desk
from benchmarks.goals import at_most
from benchmarks.lean_slack import TEAM
from benchmarks.ledger import Ledger
from benchmarks.measure import Round, Side, in_turns, timed
from benchmarks.table import Table, milliseconds, times
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Delivered
from bot.domain.ports import Identity
from bot.domain.reply import Outgoing
from bot.services.home import Home
from bot.services.roster import Roster
from bot.services.sending import Sending
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.wiring import Services, machine_time
from handlers.app import build_app

A_DAY = 286  # cases: ten thousand in five weeks, a million in ten years
APART = 86_400_000 // A_DAY  # milliseconds between two cases
MOST = 1.5  # times what it costs at the smaller size


@dataclass(frozen=True)
class Load:
    stored: tuple[int, int]
    open: int
    rounds: int
    acts: int  # of each kind in one round


FULL = Load((10_000, 1_000_000), 2_000, 5, 30)
QUICK = Load((50, 100), 20, 2, 2)


class Company:
    """A desk with a past of so many solved cases, and people at work on what is open."""

    def __init__(self, place: Path, stored: int, load: Load):
        begun = time.perf_counter()
        _live_one_case(place)
        multiply(place, _newest(place), stored - load.open, apart=APART)
        # The home tab counts up to the last full minute.
        self._open = iter(gather(place, load.open, _Lived(minutes_ago=10)))
        self.laid_down = time.perf_counter() - begun
        self._place = place
        self._load = load
        self._desk = open_desk(place)
        self._app = _app(self._desk)
        self._numbers = count()
        self.intake()  # the language finder is read from the disk at its first word

    def ack(self) -> Round:
        """*Claim* through the whole app, until Slack has its answer."""
        cases = [CaseId(next(self._open)) for _ in range(self._load.acts)]
        return timed(self._dispatch, [json.loads(one) for one in claims(self._desk.kernel, cases)])

    def claim(self) -> Round:
        cases = [CaseId(next(self._open)) for _ in range(self._load.acts)]
        return timed(lambda case: self._desk.casework.claim(case, by=ANN), cases)

    def sweep(self) -> Round:
        """From a broken promise to its ping in the outbox."""
        each = [self._break_one() for _ in range(self._load.acts)]
        return Round(each, sum(each))

    def queue(self) -> Round:
        """`/case queue` through the whole app."""
        body = {"command": "/case", "text": "queue", "team_id": TEAM, "user_id": ANN,
                "channel_id": SERVICE_CHANNEL, "trigger_id": "1.2.3"}  # fmt: skip
        return timed(lambda _: self._dispatch(body), range(self._load.acts))

    def home(self) -> Round:
        """With nothing in mind of the last time."""
        one, acts = self._desk, max(1, self._load.acts // 6)  # it takes longer than the others
        homes = [Home(one.kernel, one.boards, one.administration) for _ in range(acts)]
        return timed(lambda home: home.board(by=ANN), homes)

    def intake(self) -> Round:
        posts = [a_post(f"new{next(self._numbers)}") for _ in range(self._load.acts)]
        return timed(self._desk.intake.receive, posts)

    def _dispatch(self, body: dict[str, Any]) -> None:
        answer = self._app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert answer.status == 200, answer.body

    def _break_one(self) -> float:
        let_fall_due(self._place, {CaseId(next(self._open)): machine_time()})
        return timed(lambda _: self._desk.watch.sweep(), [None]).took


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with ExitStack() as stack:
        companies = [Company(_folder(stack), stored, load) for stored in load.stored]
        ledger = stack.enter_context(Ledger(_folder(stack) / "floor.db"))
        yield _table(load, companies, _measured(load, companies, ledger))


_NAMES = {
    "ack": "ack of Claim, through the app",
    "claim": "claim, committed",
    "sweep": "sweep, one promise broken",
    "queue": "/case queue, through the app",
    "home": "home tab with its figures",
    "intake": "a post, committed",
}


def _measured(
    load: Load, companies: list[Company], ledger: Ledger
) -> Mapping[tuple[str, int], Side]:
    numbers = count()
    sides: dict[tuple[str, int], Callable[[], Round]] = {
        ("floor", 0): lambda: timed(
            ledger.keep, [(f"k{next(numbers)}", b"a row") for _ in range(load.acts)]
        )
    }
    for name in _NAMES:
        for stored, company in zip(load.stored, companies, strict=True):
            sides[name, stored] = getattr(company, name)
    return in_turns(load.rounds, sides)


def _table(load: Load, companies: list[Company], found: Mapping[tuple[str, int], Side]) -> Table:
    few, many = load.stored
    rows, goals = [], []
    for what, name in _NAMES.items():
        small, large = found[what, few], found[what, many]
        ratio = large.over(small)
        figures = [milliseconds(one) for one in (small.p50, small.p99, large.p50, large.p99)]
        rows.append([name, *figures, times(ratio)])
        goals.append(at_most(f"{name}, times the cost at {few:,},", ratio, MOST, ""))
    columns = ["what", f"{few:,} p50", "p99", f"{many:,} p50", "p99", "ratio"]
    took = " and ".join(f"{one.laid_down:.0f} s" for one in companies)
    remarks = [
        f"Stored cases, {load.open:,} of them open and nobody's; {A_DAY} a day, so five weeks of"
        f" one company and ten years of it. Laid down in {took}. Ratios are of medians, of"
        f" {load.rounds} interleaved rounds the median.",
        f"Floor: one bare row in one durable commit, p50 {milliseconds(found['floor', 0].p50)}.",
    ]
    return Table("Growth", columns, rows, remarks, goals)


class _Lived:
    """A clock that stands where it is put."""

    def __init__(self, *, minutes_ago: int) -> None:
        self.at = machine_time() - timedelta(minutes=minutes_ago)

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)


class _Taken:
    """A network that takes every reply."""

    def send(self, *_: object) -> Delivered:
        return Delivered("r0")


def _live_one_case(place: Path) -> None:
    """Received, claimed, answered, solved."""
    clock = _Lived(minutes_ago=180)
    desk = open_desk(place, clock, public_replies=Outgoing.ON)
    case = desk.intake.receive(a_post("past")).case
    assert case is not None  # it was addressed to us
    clock.pass_minutes(5)
    desk.casework.claim(case, by=ANN)
    clock.pass_minutes(10)
    desk.replies.submit(case, "It is found and on its way to you.", by=ANN, once="past")
    clock.pass_minutes(1)
    Sending(desk.kernel, {"": _Taken()}).send_due()
    clock.pass_minutes(20)
    desk.closings.solve(case, "found", by=ANN)


def _app(desk: Services) -> App:
    """As `run` builds it; nothing that is measured asks Slack anything."""
    identity = Identity(MemberId("U0BOT"), "B0BOT", TEAM, "https://bench.example/", frozenset())
    client = make_client("xoxb-bench", "http://127.0.0.1:9/")
    roster = Roster(desk.kernel, SlackDirectory(client, time.sleep))
    return build_app(client, handling(client, desk, roster, identity), identity, 1)


def _newest(place: Path) -> CaseId:
    with open_desk(place).kernel.look() as work:
        return max(case.id for case in work.tx.cases.of_author("x:past"))


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
