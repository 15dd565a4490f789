"""From a post that is kept to its card that stands, beside one bare call with the same card."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event

from slack_sdk import WebClient

from benchmarks.beside import Beside
from benchmarks.clicks import card_of
from benchmarks.desks import a_post, folder, open_desk, settings_in
from benchmarks.measure import PAIRS, Round, Side, in_turns
from benchmarks.table import Table, milliseconds, times
from bot.domain.effects import card_key
from bot.domain.ids import CaseId, ChannelId, DepartmentKey
from bot.parts.delivering import DELIVERERS
from bot.running import RunningDesk
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import call, make_client
from bot.store.people import KnownChannel
from bot.views.drawn import Drawn
from bot.wiring import Services, machine_time
from config.settings import Settings
from config.values import Secret
from slack_sandbox import Sandbox

PATIENCE = 60.0  # seconds until the desk must be ready, or a card stand
SERVICE = DepartmentKey("service")
CHANNEL = "care-service"


@dataclass(frozen=True)
class Load:
    rounds: int
    posts: int  # of one round, one after the other
    a_second: int
    over: timedelta


FULL = Load(PAIRS, 20, 5, timedelta(seconds=20))
QUICK = Load(2, 3, 5, timedelta(seconds=1))


class Bench:
    """A running desk with a Slack beside it, and a hand that posts the same cards bare."""

    def __init__(self, services: Services, client: WebClient):
        self._services = services
        self._client = client
        self._numbers = count()
        self._changed = Event()
        services.nudges.add(self._changed.set)
        first = self._post()
        self._channel, _ = self._standing(first)
        self._card = card_of(services.kernel, first)

    def card(self) -> float:
        """One post; the seconds from its commit to its card."""
        case = self._post()
        kept = time.time()
        return self._standing(case)[1] - kept

    def bare_card(self) -> float:
        sent = time.time()
        return _said(self._client, self._channel, self._card) - sent

    def _post(self) -> CaseId:
        case = self._services.intake.receive(a_post(next(self._numbers))).case
        assert case is not None  # it is addressed to us
        return case

    def _standing(self, case: CaseId) -> tuple[ChannelId, float]:
        """Where its card stands, and since when by Slack's clock, which is this machine's."""
        while True:
            self._changed.clear()
            with self._services.kernel.look() as work:
                message = work.tx.outbox.get(card_key(case, SERVICE))
            if message and message.ts and message.channel:
                return message.channel, float(message.ts)
            assert self._changed.wait(PATIENCE), "the card does not come"


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with (
        folder() as place,
        Beside(serve_sandbox, place) as slack,
        _bench(place, slack.url) as bench,
    ):
        sides = {"ours": bench.card, "floor": bench.bare_card}
        single = {name: _one_by_one(load, act) for name, act in sides.items()}
        paced = {name: _paced(load, act) for name, act in sides.items()}
        yield _table(load, in_turns(load.rounds, single), in_turns(1, paced))


def _one_by_one(load: Load, act: Callable[[], float]) -> Callable[[], Round]:
    def measure() -> Round:
        each = [act() for _ in range(load.posts)]
        return Round(each, sum(each))

    return measure


def _paced(load: Load, act: Callable[[], float]) -> Callable[[], Round]:
    """Each at its moment, whatever became of the one before."""

    def measure() -> Round:
        begun = time.perf_counter()
        with ThreadPoolExecutor(DELIVERERS) as pool:
            waiting = []
            for number in range(int(load.over.total_seconds() * load.a_second)):
                due = begun + number / load.a_second
                time.sleep(max(due - time.perf_counter(), 0))
                waiting.append(pool.submit(act))
            each = [one.result() for one in waiting]
        return Round(each, time.perf_counter() - begun)

    return measure


def _table(load: Load, single: Mapping[str, Side], paced: Mapping[str, Side]) -> Table:
    rows = []
    steady = f"{load.a_second}/s for {load.over.total_seconds():.0f} s"
    for name, found in (("one at a time", single), (steady, paced)):
        ratios = {"ours": times(found["ours"].over(found["floor"])), "floor": ""}
        rows += [
            [name, side, *map(milliseconds, (one.p50, one.p99, one.worst)), ratios[side]]
            for side, one in found.items()
        ]
    columns = ["posts", "side", "p50", "p99", "latest", "ratio"]
    remarks = [
        "Ours: from the commit of the intake to the card in the local Slack, through the whole"
        " running desk; the local Slack in a process of its own, without rate limits.",
        "Floor: one chat.postMessage with the same card by the same client.",
    ]
    return Table("From post to card", columns, rows, remarks)


@contextmanager
def _bench(place: Path, api_url: str) -> Iterator[Bench]:
    settings = settings_in(
        place, port=0, slack_api_url=api_url, slack_bot_token=Secret(Sandbox.bot_token),
        slack_app_token=Secret(Sandbox.app_token),
    )  # fmt: skip
    services = open_desk(place)
    client = make_client(Sandbox.bot_token, api_url)
    _move_in(services, client)
    desk = _started(settings, services)
    try:
        yield Bench(services, client)
    finally:
        desk.stop()


def _move_in(services: Services, client: WebClient) -> None:
    """The channel that the desk knows is the one of this Slack: another takes an admin's press."""
    found = SlackDirectory(client, time.sleep).channels()
    here = next(one for one in found if one.name == CHANNEL)
    with services.kernel.store.transaction() as tx:
        tx.people.put_channel(KnownChannel(f"department:{SERVICE}", CHANNEL, here.id, True))


def _started(settings: Settings, services: Services) -> RunningDesk:
    desk = RunningDesk(settings, services, machine_time, {})
    desk.start()
    given_up = time.monotonic() + PATIENCE
    while any(desk.ready().values()):
        assert time.monotonic() < given_up, desk.ready()
        time.sleep(0.05)
    return desk


def _said(client: WebClient, channel: ChannelId, card: Drawn) -> float:
    """Since when it stands, by Slack's clock."""
    answer = call(client.chat_postMessage, channel=channel, text=card.text, blocks=card.blocks)
    return float(answer["ts"])


def serve_sandbox(_place: Path) -> tuple[str, Callable[[], None]]:
    slack = Sandbox.start()
    ann = slack.person("ann", email="ann@example.com")
    slack.channel(CHANNEL, members=[ann], private=True, bot=True)
    return slack.api_url, slack.stop
