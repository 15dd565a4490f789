"""What the services ask of the world; wiring hands in who answers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.domain.department import Person
from bot.domain.ids import ChannelId, MemberId
from bot.domain.outbox import Message, NetworkAnswer, Silence, SlackAnswer
from bot.domain.post import Post
from bot.domain.reply import Reply

Now = Callable[[], datetime]  # always aware, UTC
Steady = Callable[[], float]  # seconds that only ever grow, of this process alone
NewKey = Callable[[], str]  # a fresh unguessable key
LastLook = Callable[[], None]  # right before the first byte leaves; raises TermOver
HolidayBook = Callable[[str], Mapping[date, str]]  # "NL" or "DE-BY" to days with names


def no_last_look() -> None:
    """For what nobody else can take over."""


class LanguageFinder(Protocol):
    def language(self, text: str) -> str | None:
        """A two-letter code, or None where the text is too short or too strange to say."""


class Network(Protocol):
    """Where public replies go; one for each connector."""

    def send(self, reply: Reply, post: Post, last_look: LastLook = no_last_look) -> NetworkAnswer:
        """One attempt, never more; what surely did not happen is told apart from what may have."""


@dataclass(frozen=True)
class Letter:
    """A message with everything that delivery found for it: where to, and what it shows."""

    message: Message
    channel: ChannelId
    thread: str | None
    content: object  # the facts that the view of `message.kind` draws


class Speaker(Protocol):
    """The one voice in Slack."""

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        """How long it has to be silent for this one; None: now, and its turn is taken."""

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:
        """How long it takes to say so many new messages in a channel, and in all of them."""

    def keep_silent(self, silence: Silence) -> None:
        """What Slack said before the desk was started again."""

    def post(self, letter: Letter) -> SlackAnswer: ...

    def update(self, letter: Letter) -> SlackAnswer: ...

    def find(self, letter: Letter) -> SlackAnswer | None:
        """Look for the message of an unknown attempt; None: three looks, and it is not there.

        `Delivered` with the oldest copy, the others removed; anything else: could not look.
        """


class Forms(Protocol):
    """What one person sees on top of Slack; raises PressedTooLongAgo, TooManyForms,
    FormIsClosed or SlackUnavailable, each after a single call (`fill` after two).
    """

    def open(self, trigger: str, view: Mapping[str, Any]) -> str:
        """The id of the form."""

    def push(self, trigger: str, view: Mapping[str, Any]) -> str: ...

    def update(self, form: str, view: Mapping[str, Any], shown: str | None = None) -> None:
        """Only while it is the one with the hash `shown`, where that is given."""

    def fill(self, name: str, form: str, view: Mapping[str, Any]) -> None:
        """In the place of what an acknowledgement draws in that form with that `external_id`."""


class Hooks(Protocol):
    """Ways back that came with clicks: each changes the message that was clicked on."""

    def spots(self) -> Collection[tuple[ChannelId, str]]:
        """Where the messages stand that have one."""

    def update(self, letter: Letter) -> SlackAnswer:
        """Not executed where there is none any more; then it takes the usual way."""


class UserGroups(Protocol):
    """People of the workspace who are mentioned as one."""

    def keep(self, group: str, members: tuple[MemberId, ...]) -> str | None:
        """Makes the group, by id or handle, these people; why it could not be, or None."""


@dataclass(frozen=True)
class SeenChannel:
    id: ChannelId
    name: str
    is_private: bool
    is_archived: bool
    is_member: bool  # whether the bot itself is in it
    is_shared: bool = False  # with another company
    is_ours: bool = False  # the desk itself has made it


@dataclass(frozen=True)
class Identity:
    """Who the desk is in Slack, and what it may do there."""

    bot_user: MemberId
    bot_id: str
    team: str
    url: str  # of the workspace, "https://northwind.slack.com/"
    scopes: frozenset[str]


class Directory(Protocol):
    """Who and what there is in the workspace; each call may raise `SlackUnavailable`."""

    def identity(self) -> Identity: ...

    def join(self, channel: SeenChannel) -> SeenChannel:
        """Into a public channel the bot is not in, where its scopes allow it."""

    def channels(self) -> list[SeenChannel]: ...

    def channel(self, channel: ChannelId) -> SeenChannel | None:
        """None where there is none, or a private one that the bot is not in."""

    def create_channel(self, name: str) -> SeenChannel:
        """A private one."""

    def members(self, channel: ChannelId) -> list[MemberId]: ...

    def person(self, member: MemberId) -> Person | None: ...

    def person_by_email(self, email: str) -> Person | None: ...

    def people(self) -> list[Person]:
        """All that Slack tells of, without bots."""

    def invite(self, channel: ChannelId, members: list[MemberId]) -> None: ...


class RoomMaker(Protocol):
    """Opens and furnishes channels; each call may raise `SlackUnavailable` with Slack's reason."""

    def create(self, name: str) -> SeenChannel | None:
        """A private one; None where somebody has that name."""

    def find(self, name: str) -> SeenChannel | None:
        """The open private channel of that name that the desk is in."""

    def let_in(self, channel: ChannelId, members: Sequence[MemberId]) -> dict[MemberId, str]:
        """Whom Slack would not let in, each with why."""

    def describe(self, channel: ChannelId, topic: str, purpose: str) -> None: ...

    def pin(self, channel: ChannelId, ts: str) -> None: ...

    def words_at(self, channel: ChannelId, ts: str) -> str | None:
        """What stands there; None where it is gone."""
