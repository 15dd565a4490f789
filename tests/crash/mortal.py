"""What a desk that may die stands on and speaks to: every call and every commit is a point."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.ids import ChannelId, MemberId
from bot.domain.outbox import Delivered, NetworkAnswer, Silence, SlackAnswer
from bot.domain.ports import LastLook, Letter, SeenChannel
from bot.domain.post import Post
from bot.domain.reply import Reply
from bot.store.sqlite import SqliteDatabase
from tests.crash.fuse import Fuse
from tests.halls import Halls
from tests.room import Room


class MortalDatabase(SqliteDatabase):
    """Every commit is a call; one that the end comes before is rolled back by SQLite."""

    def __init__(self, path: Path, fuse: Fuse):
        super().__init__(path, synchronous="OFF")
        self._fuse = fuse

    @contextmanager
    def writing(self) -> Iterator[None]:
        with super().writing():
            yield
            self._fuse.pass_point("before commit")
        self._fuse.pass_point("after commit")


class MortalSlack:
    """The room behind a wire that may break with the process."""

    def __init__(self, room: Room, fuse: Fuse):
        self._room, self._fuse = room, fuse

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        return self._room.wait(letter, now)

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:
        return self._room.takes(channel, here, everywhere)

    def keep_silent(self, silence: Silence) -> None:
        self._room.keep_silent(silence)

    def post(self, letter: Letter) -> SlackAnswer:
        with self._fuse.call("slack post"):
            return self._room.post(letter)

    def update(self, letter: Letter) -> SlackAnswer:
        with self._fuse.call("slack update"):
            return self._room.update(letter)

    def find(self, letter: Letter) -> SlackAnswer | None:
        with self._fuse.call("slack look"):
            return self._room.find(letter)


@dataclass
class Public:
    """What the network has published, each time it was asked to."""

    fuse: Fuse
    said: list[tuple[Reply, Post]] = field(default_factory=list)

    def send(self, reply: Reply, post: Post, _last_look: LastLook) -> NetworkAnswer:
        with self.fuse.call("network send"):
            self.said.append((reply, post))
            return Delivered(f"r-{len(self.said)}")


class MortalHalls:
    """The channels of incidents behind the same wire."""

    def __init__(self, halls: Halls, fuse: Fuse):
        self._halls, self._fuse = halls, fuse

    def create(self, name: str) -> SeenChannel | None:
        with self._fuse.call("room create"):
            return self._halls.create(name)

    def find(self, name: str) -> SeenChannel | None:
        with self._fuse.call("room find"):
            return self._halls.find(name)

    def let_in(self, channel: ChannelId, members: Sequence[MemberId]) -> dict[MemberId, str]:
        with self._fuse.call("room let in"):
            return self._halls.let_in(channel, members)

    def describe(self, channel: ChannelId, topic: str, purpose: str) -> None:
        with self._fuse.call("room describe"):
            self._halls.describe(channel, topic, purpose)

    def pin(self, channel: ChannelId, ts: str) -> None:
        with self._fuse.call("room pin"):
            self._halls.pin(channel, ts)

    def words_at(self, channel: ChannelId, ts: str) -> str | None:
        with self._fuse.call("room words"):
            return self._halls.words_at(channel, ts)
