"""Five thousand posts in ten minutes, against a Slack that takes a message a second and channel."""

import random
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ash_cloud import DEPARTMENTS, LASTS, SEVERITIES, Arrival, arrivals
from benchmarks.desks import folder
from benchmarks.goals import Goal, at_least, at_most, none
from benchmarks.measure import share
from benchmarks.naive_poster import NaivePoster
from benchmarks.sight import Delays
from benchmarks.storm_desk import LATENCY, StormDesk
from benchmarks.storm_people import People
from benchmarks.table import Table
from benchmarks.virtual import VirtualTime
from handlers.manifest import manifest
from slack_sandbox import Call, Message, Sandbox

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
SEED = 20100415
LONGEST = 4 * 3600.0  # virtual seconds after which a run is ended, finished or not
MEMBERS = 12  # of each department
POST, UPDATE = "chat.postMessage", "chat.update"


@dataclass(frozen=True)
class Load:
    posts: int
    within: float  # seconds after a case has appeared, in which somebody works on it


FULL = Load(5_000, 2_400.0)
QUICK = Load(100, 60.0)


@dataclass(frozen=True)
class Run:
    """What one side came to."""

    name: str
    cards: Delays
    updates: Delays
    calls: Sequence[Call]
    unseen: int
    took: float  # real seconds
    lasted: float  # virtual ones
    kinds: Counter[str] = field(default_factory=Counter)  # of messages
    remarks: Sequence[str] = ()

    def of(self, delays: Delays, *severities: str) -> list[float]:
        return [one for severity in severities for one in delays[severity]]

    def messages(self) -> int:
        return sum(one.method == POST and one.status == 200 for one in self.calls)

    def announcing(self) -> int:
        return sum(number for kind, number in self.kinds.items() if not kind.endswith("thread"))

    def refused(self) -> int:
        return sum(one.status == 429 for one in self.calls)


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    posts = arrivals(load.posts, SEED)
    with folder() as place:
        ours = _ours(place, posts, load)
    naive = _naive(posts, load)
    yield _delays(ours, naive)
    yield _calls(load, ours, naive)


def _ours(place: Path, posts: list[Arrival], load: Load) -> Run:
    begun = time.perf_counter()
    clock = VirtualTime(START)
    with slack_with_limits() as slack:
        slack.clock = clock.epoch
        desk = StormDesk(place, clock, slack)
        people = People(clock, slack, desk, SEED, load.within)
        desk.sight.tell(people.appeared)
        slack.rate_limits = True  # from the first post; who was asked before is no part of it
        first_call = len(slack.calls)
        desk.start()
        clock.begin(people.work)
        clock.begin(lambda: posts_come(clock, desk, posts))
        clock.begin(lambda: _end(clock, desk, people))
        clock.run()
        remarks = (
            f"{people.changes:,} changes by clicks; {people.looks_in_vain:,} times a button was"
            f" not there yet; {people.given_up} given up; {desk.hooks.taken:,} updates"
            " went by response_url",
        )
        return Run(
            "the desk", desk.sight.cards, desk.sight.updates, slack.calls[first_call:],
            desk.sight.unseen, time.perf_counter() - begun, clock.seconds, _kinds(slack), remarks,
        )  # fmt: skip


def posts_come(clock: VirtualTime, desk: StormDesk, posts: list[Arrival]) -> None:
    for arrival in posts:
        clock.sleep(arrival.at - clock.seconds)
        case = desk.services.intake.receive(arrival.post).case
        assert case is not None  # all are addressed to us
        severity = desk.sight.opened(case)
        assert severity == arrival.severity, (arrival, severity)


def _end(clock: VirtualTime, desk: StormDesk, people: People) -> None:
    """When all is said and seen, or has taken too long."""
    while clock.seconds < LONGEST:
        clock.sleep(5.0)
        if clock.seconds > LASTS and not people.are_busy and not desk.sight.unseen:
            break
    people.stop()
    desk.stop()


def _naive(posts: list[Arrival], load: Load) -> Run:
    begun = time.perf_counter()
    with slack_with_limits() as slack:
        slack.rate_limits = True
        poster = NaivePoster(slack, START.timestamp(), LATENCY, random.Random(SEED))
        poster.work(posts, load.within)
        return Run(
            "naive poster", poster.cards, poster.updates, slack.calls, 0,
            time.perf_counter() - begun, poster.now, _kinds(slack),
        )  # fmt: skip


def slack_with_limits() -> Sandbox:
    """With a channel for each department, and so many people in each."""
    slack = Sandbox.start(manifest=manifest(""))
    for department in DEPARTMENTS:
        people = [slack.person(f"{department}-{number}") for number in range(MEMBERS)]
        slack.channel(f"care-{department}", members=people)
    slack.channel("rapid-response", members=[slack.person("on.call")])
    return slack


def _kinds(slack: Sandbox) -> Counter[str]:
    """What stands in Slack at the end, and where."""
    messages = [one for place in slack.workspace.channels.values() for one in place.history]
    return Counter(_kind(one) for one in messages if one.is_bot)


def _kind(message: Message) -> str:
    payload = (message.metadata or {}).get("event_payload", {})
    kind = str(payload.get("key", "card")).partition(":")[0]
    return f"{kind} in a thread" if message.is_reply else kind


# What is said of it


def _delays(ours: Run, naive: Run) -> Table:
    rows = []
    for what in ("cards", "updates"):
        for severity in SEVERITIES:
            for side in (ours, naive):
                found = getattr(side, what)[severity]
                rows.append([what, severity, side.name, f"{len(found):,}", *_shares(found)])
    columns = ["what", "severity", "side", "seen", "p50", "p95", "p99", "max"]
    remarks = [
        "Virtual time: seconds by one clock that the desk, the people and Slack share. A call takes"
        f" {LATENCY} s and stands at its end; whatever the desk itself computes takes none.",
        "A card counts from the moment its post was kept until it stands in Slack, alone or as a"
        " line of a digest; an update from the click to the message that shows it.",
        *ours.remarks,
        f"Floor: one call, {LATENCY} s. Desk: {ours.lasted / 60:,.0f} virtual minutes in"
        f" {ours.took:,.0f} s; naive poster: {naive.lasted / 60:,.0f} minutes in"
        f" {naive.took:,.0f} s.",
    ]
    return Table("The deluge: how late", columns, rows, remarks)


def _calls(load: Load, ours: Run, naive: Run) -> Table:
    methods = [POST, UPDATE, "views.open", "views.push", "views.update"]
    rows = []
    for side in (ours, naive):
        made = Counter(one.method for one in side.calls)
        refused = Counter(one.method for one in side.calls if one.status == 429)
        for method in methods:
            if made[method]:
                busiest = _busiest_minute(side.calls, method)
                rows.append([side.name, method, f"{made[method]:,}", f"{refused[method]:,}",
                             f"{busiest:,}"])  # fmt: skip
    columns = ["side", "method", "calls", "429", "taken in the busiest minute"]
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in ours.kinds.most_common())
    remarks = [
        f"{load.posts:,} posts in {LASTS / 60:.0f} minutes, 60 % of them in the first three, half"
        f" of them in one channel; people work on them within {load.within / 60:.0f} minutes.",
        f"{ours.messages():,} messages of the desk: {kinds}. Those in threads are what people's"
        " clicks lead to; the others announce the posts.",
    ]
    return Table("The deluge: what was said", columns, rows, remarks, _goals(load, ours, naive))


def _goals(load: Load, ours: Run, naive: Run) -> list[Goal]:
    urgent, others = ours.cards["urgent"], ours.of(ours.cards, "high", "normal")
    changes = ours.of(ours.updates, "high", "normal")
    late = share(naive.cards["urgent"], 0.99) / share(urgent, 0.99)
    return [
        at_most("urgent posts p99", share(urgent, 0.99), 5),
        at_most("urgent posts max", max(urgent), 8),
        at_most("other posts p99", share(others, 0.99), 15),
        at_most("other posts max", max(others), 30),
        at_most("urgent updates p99", share(ours.updates["urgent"], 0.99), 3),
        at_most("other updates p99", share(changes, 0.99), 240),
        none("no call was answered by 429", ours.refused()),
        at_most("messages in the busiest minute", _busiest_minute(ours.calls, POST), 240, ""),
        at_most("updates in the busiest minute", _busiest_minute(ours.calls, UPDATE), 50, ""),
        at_most("messages that announce the posts", ours.announcing(), 0.38 * load.posts, ""),
        at_least("the naive poster, urgent posts p99, times later,", late, 100),
        none("no post and no change that nobody can see", ours.unseen),
    ]


def _shares(found: Sequence[float]) -> list[str]:
    if not found:
        return ["-"] * 4
    shares = [share(found, part) for part in (0.5, 0.95, 0.99)]
    return [f"{one:,.1f} s" for one in (*shares, max(found))]


def _busiest_minute(calls: Sequence[Call], method: str) -> int:
    """As Slack took them: it may allow more than its limit at the beginning, the desk may not."""
    within: deque[float] = deque()
    most = 0
    for call in calls:
        if call.method == method and call.status == 200:
            within.append(call.at)
            while call.at - within[0] >= 60:
                within.popleft()
            most = max(most, len(within))
    return most
