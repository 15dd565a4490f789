"""A whole desk in this process: a local Slack, real Socket Mode, a clock that the story moves."""

import json
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from urllib.request import ProxyHandler, Request, build_opener

from standardwebhooks import Webhook

from bot.demo.stage import DOCUMENTS, departments, set_stage
from bot.domain.durations import parse_duration
from bot.domain.errors import StoreUnavailable
from bot.domain.ids import ChannelId
from bot.domain.outbox import MessageState
from bot.domain.reply import ReplyState
from bot.first_start import take_over_files
from bot.parts.share import WHOLE, Share
from bot.running import RunningDesk
from bot.services.timekeeping import GivenTime
from bot.store.engines import open_database
from bot.store.store import Store
from bot.wiring import Services, build_services, networks, since_now
from config.files import SHIPPED, read_documents
from config.networks import load_networks
from config.settings import load_settings
from handlers.manifest import manifest
from slack_sandbox import Message, Person, Sandbox, View
from tests.company import Megaphone
from tests.desk import begin_with_tables
from tests.views.slack_markup import seen

T = TypeVar("T")

INTAKE_KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NO_CHANGE: Mapping[str, Any] = {}
# Slack's three seconds are kept by benchmarks; a journey asks what happens, not how fast.
ON_A_BUSY_MACHINE = 60.0
SOON = timedelta(minutes=1)
ON_ITS_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)
_direct = build_opener(ProxyHandler({}))


class StoryTime:
    """The machine's time, as far ahead as the story has come; desk and Slack both go by it."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._now = since_now()

    def now(self) -> datetime:
        return self._now() + self._ahead

    def seconds(self) -> float:
        return self.now().timestamp()

    def jump(self, length: str) -> None:
        self._ahead += parse_duration(length).elapsed


class House:
    """Who works at Northwind, their Slack, their desk and the network their customers are on."""

    def __init__(
        self,
        database_url: str,
        slack: Sandbox,
        time: StoryTime,
        documents: Mapping[str, Any],
        settings: Mapping[str, str],
        share: Share = WHOLE,
    ):
        self.slack, self.url = slack, database_url
        self.time = time
        self.network = Megaphone()
        self._ids = count(1)
        people = set_stage(slack)
        self.ann, self.ben, self.cem = people["Ann"], people["Ben"], people["Cem"]
        self.dora, self.eve, self.sue = people["Dora"], people["Eve"], people["Sue"]
        self._env = {**_environment(slack, database_url), **settings}
        self.settings = load_settings(self._env, None)
        begin_with_tables(database_url)
        self.desks: list[RunningDesk] = []
        self._stores: list[Store] = []
        services = self._services()
        self.store = self._stores[0]
        self.store.migrate()
        slack.hear_of_work(self.under_way)
        self._lay_down({**DOCUMENTS, **documents})
        take_over_files(services.kernel, SHIPPED)
        self.desk = self._desk(services, share)

    def beside(self, *parts: str) -> RunningDesk:
        """One more process of this desk, as far as it can tell; it is started."""
        desk = self._desk(self._services(), Share(frozenset(parts), is_alone=False))
        desk.start()
        return desk

    def _services(self) -> Services:
        self._stores.append(Store(open_database(self.settings.database_url, durable=False)))
        known = load_networks(self.settings, self._env, None)
        return build_services(self.settings, self._stores[-1], GivenTime(self.time.now), known)

    def _desk(self, services: Services, share: Share) -> RunningDesk:
        ways_out = {**networks(services), "": self.network}
        self.desks.append(RunningDesk(self.settings, services, self.time.now, ways_out, share))
        return self.desks[-1]

    @classmethod
    def open(
        cls,
        database_url: str,
        documents: Mapping[str, Any] = NO_CHANGE,
        prefix: str = "",
        over_http: bool = False,
        parts: frozenset[str] | None = None,
        **settings: str,
    ) -> "House":
        """A desk that has found its people and hears their clicks.

        With `parts` it is but the first process of one, and not waited for.
        """
        time, port = StoryTime(), _free_port() if over_http else 0
        door = f"http://127.0.0.1:{port}/slack/events" if over_http else None
        slack = Sandbox.start(
            manifest=manifest(prefix), clock=time.seconds, request_url=door,
            ack_seconds=ON_A_BUSY_MACHINE, trigger_seconds=ON_A_BUSY_MACHINE,
        )  # fmt: skip
        settings |= {"COMMAND_PREFIX": prefix, "PORT": str(port)}
        if over_http:
            settings |= {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": slack.signing_secret}
        share = Share(parts, is_alone=False) if parts else WHOLE
        house = cls(database_url, slack, time, documents, settings, share)
        house.desk.start()
        if not parts:
            house.come_up(over_http=over_http)
        return house

    def come_up(self, *, over_http: bool) -> None:
        self.wait(lambda: self.desk.ready()["slack"] is None, "a desk that is in Slack")
        hears = self.slack.server.socket_mode.is_open
        self.wait(lambda: over_http or hears(), "a Slack that tells the desk what happens")

    def close(self) -> None:
        for desk in reversed(self.desks):
            desk.stop()
        self.slack.stop()
        for store in self._stores:
            store.close()

    # What customers and time do

    def post(self, text: str, *, door: str = "webhook", key: str = INTAKE_KEY, **facts: Any) -> str:
        """A customer writes, through a signed door; the post's id."""
        post: dict[str, Any] = {"id": f"p{next(self._ids)}", "source": "x", "text": text}
        post |= {"author": {"handle": "@jane", "name": "Jane Doe", "followers": 120}}
        post |= {"account": "@northwind", "language": "en", **facts}
        self._deliver(json.dumps(post), door, key)
        return str(post["id"])

    def pass_time(self, length: str) -> None:
        """`house.pass_time("45m")`: it is so much later, for the desk and for Slack."""
        self.time.jump(length)

    def forgive(self, kind: str) -> None:
        """Slack complained once, and rightly: the journey did what no person can."""
        assert [one.kind for one in self.slack.violations] == [kind]
        self.slack.workspace.violations.clear()

    def wait(self, condition: Callable[[], T], what: str = "the condition") -> T:
        """It is over when it is so, or when nobody has anything to do any more."""
        return self.slack.wait(condition, what=what)

    def under_way(self) -> list[str]:
        """What the desk has still to do, by itself and soon."""
        missing = [f"{part}: {why}" for part, why in self.desk.ready().items() if why]
        try:
            with self.store.reading() as tx:
                messages = [one.key for one in tx.outbox.in_state(*ON_ITS_WAY)]
                replies = tx.replies.in_state(ReplyState.UNDO, ReplyState.SENDING)
                timer = tx.timers.next_at()
        except StoreUnavailable as away:
            return [*missing, str(away)]
        is_soon = timer is not None and timer < self.time.now() + SOON
        timers = [f"a timer at {timer:%H:%M:%S}"] if timer and is_soon else []
        return [*missing, *messages, *(one.key for one in replies), *timers]

    def wait_long(self, condition: Callable[[], T], what: str = "the condition") -> T:
        """The same while time flies: two seconds pass with every look."""

        def later() -> T:
            self.pass_time("2s")
            return condition()

        return self.wait(later, what)

    # What people do and see

    def answer(self, person: Person, text: str, case: int = 1001) -> None:
        """From *Reply* on the card, over the preview, to *Send*; it waits with *Undo* then."""
        person.press(self.card(case), "Reply")
        person.wait_view("reply")
        person.submit({"text": text})
        person.wait_view("reply_preview")
        person.submit()

    def cards(self, case: int, channel: str) -> list[Message]:
        """Every live card of the case that stands in the channel."""
        key = f"card:{case}:{channel.removeprefix('care-')}"
        return [one for one in self.slack.messages(channel) if _key_of(one) == key]

    def card(
        self, case: int, channel: str = "care-service", says: str = "", not_says: str = "\0"
    ) -> Message:
        """The one card of the case there, as soon as it says the one and not the other."""
        what = f"a card of #{case} in #{channel} that says {says!r}, not {not_says!r}"
        card = self.wait(lambda: _newest(self.cards(case, channel), says, not_says), what)
        assert len(self.cards(case, channel)) == 1
        self.wait(lambda: self._is_known(card), "a desk that knows where its card stands")
        return card

    def thread(self, card: Message, says: str) -> Message:
        """The newest line below the card that says so."""
        channel = self.slack.workspace.channels[card.channel_id].name
        return self._seen(lambda: self.slack.messages(channel, card.ts), says)

    def said_in(self, channel: str, says: str) -> Message:
        """The newest message of the channel that says so."""
        return self._seen(lambda: self.slack.messages(channel), says)

    def said_to(self, person: Person, says: str) -> Message:
        """The newest direct message to the person that says so."""
        return self._seen(lambda: self.slack.direct_messages(person), says)

    def shown_to(self, person: Person, says: str) -> Message:
        """The newest of what only this person was shown that says so."""
        return self._seen(lambda: self.slack.ephemerals(person), says)

    def told(self, person: Person, command: str, channel: str = "care-service") -> str:
        """What the person is answered who types this."""
        name, _, text = command.partition(" ")
        before = len(self.slack.ephemerals(person))
        person.command(name, text, channel)
        answers = self.wait(lambda: self.slack.ephemerals(person)[before:], "an answer")
        return "\n".join(map(read, answers))

    def _is_known(self, card: Message) -> bool:
        """Nobody reads faster than Slack answers the desk, except a test."""
        with self.store.reading() as tx:
            return tx.outbox.at_message(ChannelId(card.channel_id), card.ts) is not None

    def _seen(self, messages: Callable[[], Sequence[Message]], says: str) -> Message:
        return self.wait(lambda: _newest(messages(), says), f"a message that says {says!r}")

    def _lay_down(self, documents: Mapping[str, Any]) -> None:
        """The rules of the stage are in force before the desk starts."""
        shipped = departments(read_documents(SHIPPED)["departments"])
        with self.store.transaction() as tx:
            for area, document in {"departments": shipped, **documents}.items():
                tx.setup.put(area, document)

    def _deliver(self, body: str, door: str, key: str) -> None:
        at, name = self.time.now(), f"msg_{next(self._ids)}"
        headers = {
            "Content-Type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(key).sign(name, at, body),
        }
        address = Request(f"{self.desk.url}/intake/{door}", body.encode(), headers)
        with _direct.open(address, timeout=ON_A_BUSY_MACHINE):
            pass


def _environment(slack: Sandbox, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "INTAKE_SECRET": INTAKE_KEY,
        "WEBHOOK_REPLY_URL": "https://network.example/replies",  # the megaphone stands there
        "PUBLIC_REPLIES": "on",
        "DESK_ADMINS": "eve@example.com",
    }


def read(shown: Message | View) -> str:
    """Its words as a reader sees them."""
    return seen(shown.words)


def _free_port() -> int:
    """Slack has to know the address before the desk has it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _key_of(message: Message) -> object:
    return ((message.metadata or {}).get("event_payload") or {}).get("key")


def _newest(messages: Sequence[Message], says: str, not_says: str = "\0") -> Message:
    for one in reversed(messages):
        words = read(one)
        if says in words and not_says not in words:
            return one
    raise LookupError(says)
