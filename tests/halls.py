"""Slack's channels as the rooms of incidents see them: every fault on demand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import SeenChannel
from tests.room import SimCrash


@dataclass
class Halls:
    """Implements `RoomMaker`; `made` are the desk's own, `others` somebody else's names."""

    made: dict[str, SeenChannel] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    members: dict[ChannelId, set[MemberId]] = field(default_factory=dict)
    unwelcome: dict[MemberId, str] = field(default_factory=dict)
    words: dict[tuple[ChannelId, str], str] = field(default_factory=dict)
    topics: dict[ChannelId, str] = field(default_factory=dict)
    pins: list[tuple[ChannelId, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    fault: str = ""  # why every call fails
    only_ascii: bool = False  # a workspace that takes no other letters
    crash_before: int = 0  # the call, counted from 1, at which the process dies
    crash_after: int = 0

    def create(self, name: str) -> SeenChannel | None:
        self._begin(f"create {name}")
        if self.only_ascii and not name.isascii():
            raise SlackUnavailable("invalid_name_specials")
        if name not in self.others and name not in self.made:
            channel = ChannelId(f"C-{name}")
            self.made[name] = SeenChannel(channel, name, True, False, True)
            self._end()
            return self.made[name]
        self._end()
        return None

    def find(self, name: str) -> SeenChannel | None:
        self._begin(f"find {name}")
        self._end()
        return self.made.get(name)

    def let_in(self, channel: ChannelId, members: Sequence[MemberId]) -> dict[MemberId, str]:
        self._begin("let in")
        refused = {one: self.unwelcome[one] for one in members if one in self.unwelcome}
        self.members.setdefault(channel, set()).update(set(members) - set(refused))
        self._end()
        return refused

    def describe(self, channel: ChannelId, topic: str, purpose: str) -> None:  # noqa: ARG002
        self._begin("describe")
        self.topics[channel] = topic
        self._end()

    def pin(self, channel: ChannelId, ts: str) -> None:
        self._begin("pin")
        if (channel, ts) not in self.pins:
            self.pins.append((channel, ts))
        self._end()

    def words_at(self, channel: ChannelId, ts: str) -> str | None:
        self._begin("words")
        self._end()
        return self.words.get((channel, ts))

    def _begin(self, what: str) -> None:
        self.calls.append(what)
        if len(self.calls) == self.crash_before:
            raise SimCrash
        if self.fault:
            raise SlackUnavailable(self.fault)

    def _end(self) -> None:
        if len(self.calls) == self.crash_after:
            raise SimCrash
