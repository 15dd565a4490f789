"""The one workspace: its collections, its ids and clock, and who is told when something changes."""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.grants import ResponseUrls, Triggers
from slack_sandbox.identity import (
    BOT_NAME,
    BOT_USER_ID,
    ENTERPRISE_ID,
    ENTERPRISE_NAME,
    TEAM_DOMAIN,
    TEAM_ID,
    TEAM_NAME,
)
from slack_sandbox.manifest import Manifest
from slack_sandbox.state import Channel, Member, Message
from slack_sandbox.view import View

REMEMBERED_CALLS = 100_000

EventListener = Callable[[Json, Channel | None], None]
HintListener = Callable[[str | None, Json], None]
UnderWay = Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Call:
    """One Web API call as it was answered."""

    method: str
    args: Json
    at: float
    status: int
    error: str | None


@dataclass(frozen=True)
class Violation:
    """Something Slack lets pass and a careful bot does not do."""

    kind: str
    detail: str
    call: str


@dataclass
class UserGroup:
    """A named group of people that can be mentioned as one."""

    id: str
    name: str
    handle: str
    description: str = ""
    users: tuple[str, ...] = ()
    is_disabled: bool = False


@dataclass(eq=False)
class Workspace:
    """Everything that is known; changes happen inside `change()`, one at a time."""

    clock: Callable[[], float]
    manifest: Manifest
    team: str = TEAM_NAME
    lock: threading.Condition = field(default_factory=threading.Condition)
    version: int = 0
    is_grid: bool = (
        False  # one workspace of an organisation of several: somebody of another is here
    )
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    channel_ids: dict[str, str] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    choices: dict[tuple[str, str], dict[str, Json]] = field(default_factory=dict)
    responses: defaultdict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    user_groups: dict[str, UserGroup] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    foreign_texts: list[str] = field(default_factory=list)
    lost_hosts: set[str] = field(default_factory=set)  # whose images nobody can fetch
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=REMEMBERED_CALLS))
    violations: list[Violation] = field(default_factory=list)
    event_listeners: list[EventListener] = field(default_factory=list)
    hint_listeners: list[HintListener] = field(default_factory=list)
    workers: list[UnderWay] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.triggers = Triggers(self)
        self.response_urls = ResponseUrls(self)
        self._serials = itertools.count(1)
        self._last_stamp = 0
        bot = Member(BOT_USER_ID, BOT_NAME, self.manifest.app_name, is_bot=True)
        self.members[bot.id] = bot

    @contextmanager
    def change(self) -> Iterator[None]:
        """Alone with the state; whoever waits looks again afterwards."""
        with self.lock:
            try:
                yield
            finally:
                self.version += 1
                self.lock.notify_all()

    def wait_for_change(self, seen: int, timeout: float) -> bool:
        """Return once the version is another than the one seen, or say that it is not."""
        with self.lock:
            return self.lock.wait_for(lambda: self.version != seen, timeout)

    def under_way(self) -> list[str]:
        """What is still to come, as far as those tell who are at work on it."""
        return [one for told in self.workers for one in told()]

    def now(self) -> float:
        """The time by the present clock, which may be replaced while all runs."""
        return self.clock()

    # Slack's ids are opaque; the prefix tells the kind.
    def new_id(self, prefix: str) -> str:
        return f"{prefix}07{self.serial():08d}"

    def serial(self) -> int:
        """A number nobody got before, from whichever thread."""
        return next(self._serials)

    def stamp(self) -> str:
        """A message's time stamp: later than every one before, also when the clock stands still."""
        self._last_stamp = max(int(self.now() * 1_000_000), self._last_stamp + 1)
        seconds, micros = divmod(self._last_stamp, 1_000_000)
        return f"{seconds:010d}.{micros:06d}"

    def channel(self, channel_id: object) -> Channel:
        channel = self.channels.get(str(channel_id))
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def channel_named(self, name: str) -> Channel:
        channel_id = self.channel_ids.get(name.lstrip("#"))
        if channel_id is None:
            raise LookupError(f"no channel {name!r}; there are: {', '.join(self.channel_ids)}")
        return self.channels[channel_id]

    def member(self, user_id: object) -> Member:
        member = self.members.get(str(user_id))
        if member is None:
            raise SlackError("user_not_found")
        return member

    def direct_channel(self, user_id: str) -> Channel:
        """The direct conversation of a person and the bot, opened at first use."""
        key = f"@{user_id}"
        if key not in self.channel_ids:
            channel = Channel(self.new_id("D"), key, is_private=True, is_direct=True)
            channel.members = {user_id: None, BOT_USER_ID: None}
            channel.created = int(self.now())
            self.channels[channel.id] = channel
            self.channel_ids[key] = channel.id
        return self.channels[self.channel_ids[key]]

    def emit(self, event: Json, channel: Channel | None = None) -> None:
        """Tell of an event; about a channel the bot hears only where it is a member."""
        event["event_ts"] = event.get("event_ts") or self.stamp()
        if channel is not None:
            event.setdefault("channel", channel.id)
        for listener in self.event_listeners:
            listener(event, channel)

    def hint(self, user_id: str | None, hint: Json) -> None:
        """Tell the page that something changed, for one person or for all."""
        for listener in self.hint_listeners:
            listener(user_id, hint)

    def blame(self, kind: str, detail: str, call: str = "") -> None:
        self.violations.append(Violation(kind, detail, call))

    def team_as_json(self) -> Json:
        facts = {"id": TEAM_ID, "name": self.team, "domain": TEAM_DOMAIN, "email_domain": ""}
        if not self.is_grid:
            return facts
        return facts | {"enterprise_id": ENTERPRISE_ID, "enterprise_name": ENTERPRISE_NAME}
