"""Messages on their way to Slack, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import CaseId, ChannelId


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"  # recorded before the first byte leaves
    SHOWN = "shown"
    UNKNOWN = "unknown"  # looked up before it is tried again
    PARKED = "parked"  # its channel cannot be written to; probed
    BUNDLED = "bundled"  # said by another message that lists several
    DEAD = "dead"  # on the admins' home tabs; nothing is tried any more


@dataclass(frozen=True)
class Message:
    """One Slack message that the desk owns; `wanted` and `shown` count its revisions."""

    key: str
    kind: Kind
    place: str
    thread: str | None  # the key of the message it hangs under
    lane: Lane
    case: CaseId | None
    args: Mapping[str, object]
    wanted: int
    shown: int
    state: MessageState
    due_at: datetime
    tries: int
    created_at: datetime
    started_at: datetime | None = None
    attempt: str | None = None
    channel: ChannelId | None = None
    ts: str | None = None
    error: str | None = None
    looks: int = 0  # how often an unknown outcome was looked for
    within: str | None = None  # the key of the message that says it with others
    reposts: int = 0  # how often it was deleted and said anew

    @property
    def said_together(self) -> tuple[str, ...]:
        """The keys of the messages that this one says; none where it speaks for itself."""
        keys = self.args.get(_LISTED_AS.get(self.kind, ""), [])
        assert isinstance(keys, list)
        return tuple(map(str, keys))

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, and what stood in the list before this one."""
        before = self.args.get("lines", [])
        assert isinstance(before, list)
        return (*self.said_together, *map(str, before))

    @property
    def listed(self) -> int:
        """Of how many cases that list had a line; each stands in it once."""
        return len({key.split(":")[1] for key in self.lines})

    @property
    def posted_at(self) -> datetime | None:
        """When a list was said; a later change of it says nothing new."""
        at = self.args.get("at")
        return datetime.fromtimestamp(int(str(at)), UTC) if at else None

    @property
    def is_aloud(self) -> bool:
        """A line of a thread that the channel shows too."""
        return bool(self.thread and self.args.get("aloud"))

    def again(self) -> Effect:
        """The same message at its latest state."""
        return Effect(
            self.key, self.kind, self.place, self.lane, self.case, self.args, thread=self.thread
        )


_LISTED_AS = {Kind.BUNDLE: "pings", Kind.WARNINGS: "warnings", Kind.DIGEST: "cards"}


@dataclass(frozen=True)
class Line:
    """What waits together when Slack says *slower*: a place's posts, its updates, its pings."""

    place: str
    is_update: bool
    is_ping: bool

    @classmethod
    def of(cls, message: Message) -> "Line":
        return cls(message.place, message.ts is not None, message.lane is Lane.PING)


@dataclass(frozen=True)
class Silence:
    """Slack said *slower*: until then no posts in a channel, or no changes anywhere."""

    is_update: bool
    channel: ChannelId
    until: datetime


# What came of one try: exactly one of these.


@dataclass(frozen=True)
class Delivered:
    """`id` is the message's `ts` in Slack, or the reply's id on its network."""

    id: str
    channel: ChannelId | None = None
    url: str | None = None


@dataclass(frozen=True)
class NotExecuted:
    """Surely nothing happened; it may be tried again after `wait`."""

    why: str
    wait: timedelta = timedelta(seconds=5)
    limited: bool = False


@dataclass(frozen=True)
class Refused:
    """Understood and declined, for good."""

    why: str


@dataclass(frozen=True)
class Unknown:
    """It may have happened: look first, never repeat blindly."""

    why: str


@dataclass(frozen=True)
class PlaceClosed:
    """The channel is archived, gone, or we are not in it: wait there, go on elsewhere."""

    why: str


@dataclass(frozen=True)
class Vanished:
    """The message to change is gone: somebody deleted it."""

    why: str


@dataclass(frozen=True)
class ShutOut:
    """Slack refuses the desk altogether: a revoked token, a missing scope."""

    why: str


SlackAnswer = Delivered | NotExecuted | Refused | Unknown | PlaceClosed | Vanished | ShutOut
NetworkAnswer = Delivered | NotExecuted | Refused | Unknown
