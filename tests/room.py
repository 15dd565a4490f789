"""Slack as delivery and the roster see it: what stands there, and every fault on demand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.department import Person
from bot.domain.durations import parse_duration
from bot.domain.effects import Kind
from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.outbox import (
    Delivered,
    Message,
    NotExecuted,
    PlaceClosed,
    ShutOut,
    Silence,
    SlackAnswer,
    Unknown,
    Vanished,
)
from bot.domain.ports import Identity, Letter, SeenChannel
from bot.services.delivery import Delivery
from tests.desk import TestDesk

BOT = MemberId("UBOT")
A_MINUTE = timedelta(minutes=1)  # however slow the machine is


class SimCrash(BaseException):
    """The process is gone; what it had in memory too."""


@dataclass(frozen=True)
class Fault:
    """What the next call meets: it happens all the same, or not, and then this comes back."""

    answer: SlackAnswer | BaseException
    happens: bool = False


@dataclass
class Standing:
    """A message as people see it."""

    key: str
    channel: ChannelId
    ts: str
    thread: str | None
    content: object
    edits: int = 0
    says: tuple[str, ...] = ()  # the calls that it makes, as its metadata tells them


@dataclass
class Room:
    """Implements `Speaker`; `standing` is the ground truth of what people can see."""

    standing: list[Standing] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)  # (post or update, key), every try
    faults: list[Fault] = field(default_factory=list)
    archived: set[str] = field(default_factory=set)
    slow: dict[str, datetime] = field(default_factory=dict)  # channels that wait until then
    pace: timedelta = timedelta()  # between two messages of one channel
    pace_of_all: timedelta = timedelta()
    is_revoked: bool = False
    cannot_look: SlackAnswer | None = None
    looks: int = 0
    _count: Iterator[int] = field(default_factory=lambda: count(1))

    # Speaker

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        until = self.slow.get(letter.channel)
        return until - now if until and until > now else None

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:  # noqa: ARG002
        return max(self.pace * here, self.pace_of_all * everywhere)

    def keep_silent(self, silence: Silence) -> None:
        self.slow[silence.channel] = silence.until

    def post(self, letter: Letter) -> SlackAnswer:
        return self._meet("post", letter)

    def update(self, letter: Letter) -> SlackAnswer:
        return self._meet("update", letter)

    def find(self, letter: Letter) -> SlackAnswer | None:
        self.looks += 1
        if self.cannot_look:
            return self.cannot_look
        key = letter.message.key
        copies = self.of(key) or [one for one in self.standing if key in one.says]
        for copy in copies[1:]:
            self.standing.remove(copy)
        return Delivered(copies[0].ts, copies[0].channel) if copies else None

    # What a story says and sees

    def of(self, key: str) -> list[Standing]:
        return [one for one in self.standing if one.key == key]

    def stands(self, channel: str | None = None) -> list[str]:
        return [one.key for one in self.standing if channel in (None, one.channel)]

    def delete(self, key: str) -> None:
        """Somebody deletes it by hand."""
        self.standing = [one for one in self.standing if one.key != key]

    def _meet(self, method: str, letter: Letter) -> SlackAnswer:
        self.said.append((method, letter.message.key))
        refusal = self._refusal(letter)
        if refusal:
            return refusal
        fault = self.faults.pop(0) if self.faults else None
        if fault and not fault.happens:
            return _come_of(fault)
        answer = self._posted(letter) if method == "post" else self._updated(letter)
        return _come_of(fault) if fault else answer

    def _refusal(self, letter: Letter) -> SlackAnswer | None:
        if self.is_revoked:
            return ShutOut("token_revoked")
        return PlaceClosed("is_archived") if letter.channel in self.archived else None

    def _posted(self, letter: Letter) -> SlackAnswer:
        ts = f"{next(self._count)}.0"
        key = letter.message.key
        says = letter.message.said_together if letter.message.kind is Kind.BUNDLE else ()
        self.standing.append(
            Standing(key, letter.channel, ts, letter.thread, letter.content, says=says)
        )
        return Delivered(ts, letter.channel)

    def _updated(self, letter: Letter) -> SlackAnswer:
        for one in self.standing:
            if one.ts == letter.message.ts:
                one.content, one.edits = letter.content, one.edits + 1
                return Delivered(one.ts, one.channel)
        return Vanished("message_not_found")


def _come_of(fault: Fault) -> SlackAnswer:
    if isinstance(fault.answer, BaseException):
        raise fault.answer
    return fault.answer


LOST = Fault(Unknown("timeout"))
LOST_BUT_SAID = Fault(Unknown("timeout"), happens=True)
CRASH_BEFORE = Fault(SimCrash())
CRASH_AFTER = Fault(SimCrash(), happens=True)
NOT_SENT = Fault(NotExecuted("connect"))


class Office:
    """A desk with its delivery, which can be restarted like a process."""

    def __init__(self, desk: TestDesk, room: Room):
        self.desk, self.room = desk, room
        self._pool = ThreadPoolExecutor(1)
        self.delivery = self._fresh()

    def settle(self, rounds: int = 100) -> None:
        """Everything is said that can be said at this moment."""
        for _ in range(rounds):
            if not self.delivery.deliver_due():
                return
        raise AssertionError("delivery does not come to rest")

    def pass_time(self, length: str, *, every: str = "1s") -> None:
        """Time passes with the loop and the look-ups running."""
        end = self.desk.now + parse_duration(length).elapsed
        while self.desk.now < end:
            self.desk.pass_time(every)
            self.delivery.look_for_unknown()
            self.settle()

    def restart(self) -> None:
        """What ran beside the crash has come to its end."""
        self._pool.shutdown(cancel_futures=True)
        self._pool = ThreadPoolExecutor(1)
        self.delivery = self._fresh()
        self.delivery.recover()

    def crash(self) -> None:
        """One round, in which the process dies, and the next one that finds what it left."""
        try:
            self.delivery.deliver_due()
        except SimCrash:
            self.restart()
        else:
            raise AssertionError("it was to crash")

    def message(self, key: str) -> Message:
        found = self.desk.outbox(key)
        assert found is not None
        return found

    def close(self) -> None:
        self._pool.shutdown()

    def _fresh(self) -> Delivery:
        return Delivery(self.desk.kernel, self.room, self._pool, A_MINUTE)


@dataclass
class Workspace:
    """Implements `Directory`: channels and people that a story moves about."""

    channels_: dict[str, SeenChannel] = field(default_factory=dict)  # by id
    members_: dict[str, list[MemberId]] = field(default_factory=dict)
    people_: dict[str, Person] = field(default_factory=dict)
    invited: list[tuple[str, tuple[MemberId, ...]]] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    unlisted: set[str] = field(default_factory=set)  # told of only when asked for by name
    asked_for: list[str] = field(default_factory=list)  # single channels
    may_create: bool = True
    is_down: bool = False
    unreadable: set[str] = field(default_factory=set)  # channels whose members Slack does not tell

    def identity(self) -> Identity:
        self._ask()
        return Identity(BOT, "B1", "T1", "https://northwind.slack.com/", frozenset())

    def channels(self) -> list[SeenChannel]:
        self._ask()
        return list(self.channels_.values())

    def channel(self, channel: ChannelId) -> SeenChannel | None:
        self._ask()
        self.asked_for.append(channel)
        seen = self.channels_.get(channel)
        return seen if seen and (seen.is_member or not seen.is_private) else None

    def create_channel(self, name: str) -> SeenChannel:
        self._ask()
        if not self.may_create:
            raise SlackUnavailable("name_taken")
        self.created.append(name)
        return self.has(name, members=[BOT], is_ours=True)

    def join(self, channel: SeenChannel) -> SeenChannel:
        self._ask()
        if channel.is_private:
            return channel
        self.members_[channel.id].append(BOT)
        self.channels_[channel.id] = replace(channel, is_member=True)
        return self.channels_[channel.id]

    def members(self, channel: ChannelId) -> list[MemberId]:
        self._ask()
        if channel in self.unreadable:
            raise SlackUnavailable("channel_not_found")
        return list(self.members_[channel])

    def person(self, member: MemberId) -> Person | None:
        self._ask()
        return self.people_.get(member)

    def person_by_email(self, email: str) -> Person | None:
        self._ask()
        return next((one for one in self.people_.values() if one.email == email), None)

    def people(self) -> list[Person]:
        self._ask()
        return [one for id, one in self.people_.items() if id not in self.unlisted]

    def invite(self, channel: ChannelId, members: list[MemberId]) -> None:
        self._ask()
        self.invited.append((channel, tuple(members)))
        self.members_[channel] += [one for one in members if one not in self.members_[channel]]

    # What a story says

    def has(self, name: str, *, members: list[MemberId], **facts: object) -> SeenChannel:
        """`workspace.has("care-service", members=[BOT, ANN], is_private=False)`."""
        channel = ChannelId(str(facts.pop("id", f"C-NEW-{name}")))
        seen = SeenChannel(channel, name, True, False, BOT in members)
        self.channels_[channel] = replace(seen, **facts)  # type: ignore[arg-type]
        self.members_[channel] = list(members)
        return self.channels_[channel]

    def changes(self, channel: str, **facts: object) -> None:
        self.channels_[channel] = replace(self.channels_[channel], **facts)  # type: ignore[arg-type]

    def _ask(self) -> None:
        if self.is_down:
            raise SlackUnavailable("timeout")


@contextmanager
def office_of(desk: TestDesk) -> Iterator[Office]:
    office = Office(desk, Room())
    yield office
    office.close()
