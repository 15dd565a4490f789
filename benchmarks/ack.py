"""How soon a click on *Claim* is acknowledged, beside a Bolt listener that does nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from benchmarks.beside import Beside
from benchmarks.clicks import claims
from benchmarks.crowd import gather
from benchmarks.desks import folder, open_desk, settings_in
from benchmarks.lean_slack import TEAM, LeanSlack
from benchmarks.measure import PAIRS, Round, Side, in_turns
from benchmarks.table import Table, a_second, milliseconds, times
from bot.domain.ids import CaseId
from bot.running import RunningDesk
from bot.slack.gateway import make_client
from bot.slack_side import LISTENERS
from bot.views.ids import Action
from bot.wiring import machine_time
from config.values import Secret
from handlers.doors import SocketDoor

APP_TOKEN = "xapp-bench"
BOT_TOKEN = "xoxb-bench"
PACE = 1.0  # cards a second and channel, as against the real Slack


@dataclass(frozen=True)
class Load:
    rounds: int
    clicks: int  # of one side in one round
    in_flight: int
    burst: int


FULL = Load(PAIRS, 1_000, 10, 300)
QUICK = Load(2, 40, 10, 20)


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        cases = gather(place, load.rounds * (load.clicks + load.burst) + 1)
        payloads = iter(claims(open_desk(place).kernel, map(CaseId, cases)))
        slack = stack.enter_context(LeanSlack())
        for app, serve in (("ours", serve_desk), ("floor", serve_floor)):
            stack.enter_context(Beside(partial(serve, slack.api_url(app)), place))
        fresh = list(islice(payloads, 1))  # the floor claims nothing: it may press one for ever

        def pressing(app: str, clicks: int, at_once: int) -> Callable[[], Round]:
            def press() -> Round:
                taken = fresh * clicks if app == "floor" else list(islice(payloads, clicks))
                return slack.press(app, taken, at_once=at_once)

            return press

        few = {app: pressing(app, load.clicks, load.in_flight) for app in ("ours", "floor")}
        many = {app: pressing(app, load.burst, load.burst) for app in ("ours", "floor")}
        yield _table(load, in_turns(load.rounds, few), in_turns(load.rounds, many))


def _table(load: Load, few: dict[str, Side], many: dict[str, Side]) -> Table:
    rows = []
    for name, found in ((f"{load.in_flight} in flight", few), (f"{load.burst} at once", many)):
        ratios = {"ours": times(found["ours"].over(found["floor"])), "floor": ""}
        rows += [
            [
                name, side, milliseconds(one.p50), milliseconds(one.p99), milliseconds(one.worst),
                str(one.later_than(1.0)), str(one.later_than(3.0)), a_second(one.rate),
                ratios[side],
            ]
            for side, one in found.items()
        ]  # fmt: skip
    columns = ["clicks", "side", "p50", "p99", "latest", "> 1 s", "> 3 s", "acks", "ratio"]
    remarks = [
        "Ours: the whole running desk, each click claims another case (WAL, synchronous=FULL).",
        "Floor: an empty listener in a Bolt App with the same options behind the same socket door.",
        f"Each in a process of its own, {load.clicks:,} clicks a round. Goal: ratio at most x2 with"
        f" ten in flight, nothing later than 1 s with {load.burst} at once.",
    ]
    return Table("Ack of Claim", columns, rows, remarks)


def serve_desk(api_url: str, place: Path) -> tuple[str, Callable[[], None]]:
    settings = settings_in(
        place, port=0, slack_api_url=api_url, slack_bot_token=Secret(BOT_TOKEN),
        slack_app_token=Secret(APP_TOKEN), slack_pace=PACE,
    )  # fmt: skip
    desk = RunningDesk(settings, open_desk(place), machine_time, {})
    desk.start()
    return desk.url, desk.stop


def serve_floor(api_url: str, _place: Path) -> tuple[str, Callable[[], None]]:
    known = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_user_id="U0BOT", bot_id="B0BOT", bot_token=BOT_TOKEN
    )
    app = App(
        client=make_client(BOT_TOKEN, api_url),
        authorize=lambda: known,
        listener_executor=ThreadPoolExecutor(LISTENERS),
        signing_secret="",
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
        ssl_check_enabled=False,
    )

    @app.action(Action.CLAIM)
    def nothing(ack: Ack) -> None:
        ack()

    door = SocketDoor(app, APP_TOKEN)
    door.connect()
    return "", door.close
