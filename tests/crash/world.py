"""A desk that may die before and after every call it makes and every commit, and its outside.

The outside outlives the desk: what stands in Slack, what is public, the time, the senders and the
people, who repeat what nobody has acknowledged.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bot.domain.errors import Refused
from bot.domain.post import Post
from bot.services.delivery import Delivery
from bot.services.rooms import Rooms
from bot.services.sending import Sending
from bot.store.engines import SQLITE
from bot.store.sqlite import SqliteDatabase
from tests.company import MONDAY
from tests.crash.fuse import Fuse
from tests.crash.mortal import MortalDatabase, MortalHalls, MortalSlack, Public
from tests.desk import TestDesk
from tests.halls import Halls
from tests.room import Room, SimCrash

COMES_TO_REST = timedelta(seconds=90)  # three looks for what is unknown, and then some
STEP = timedelta(seconds=2)
ROUNDS = 200


class OneByOne(ThreadPoolExecutor):
    """In this thread, so that every run of a story is the same."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: object) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args))
        return done


class MortalDesk(TestDesk):
    def __init__(self, world: "World", path: Path):
        self._fuse = world.fuse
        with world.fuse.out():
            super().__init__(path, now=world.now)
        self._keys, self._posts = world.keys, world.posts
        self.network = world.public  # type: ignore[assignment]
        self.sending = Sending(self.kernel, {"": world.public})
        speaker = MortalSlack(world.room, world.fuse)
        self.delivery = Delivery(self.kernel, speaker, OneByOne(1))
        self.rooms = Rooms(self.kernel, MortalHalls(world.halls, world.fuse))
        self.sending.recover()
        self.delivery.recover()

    def open(self, url: str, **_: object) -> SqliteDatabase:
        return MortalDatabase(Path(url.removeprefix(SQLITE)), self._fuse)


@dataclass
class World:
    """One run of one story."""

    path: Path
    fuse: Fuse
    now: datetime = MONDAY
    room: Room = field(default_factory=Room)
    halls: Halls = field(default_factory=Halls)
    sent: dict[str, Post] = field(default_factory=dict)  # posts whose sender was told 2xx
    approved: dict[str, str] = field(default_factory=dict)  # form to text, acknowledged
    decided: list[str] = field(default_factory=list)  # replies whose outcome a person looked up
    ends: int = 0

    def __post_init__(self) -> None:
        self.keys, self.posts = count(1), count(1)
        self.public = Public(self.fuse)
        self._start()

    # What a story says

    def do(self, act: Callable[[TestDesk], object]) -> None:
        """Somebody does something, and again while the desk dies of it; then it comes to rest."""
        while not self._lives(lambda: self._try(act)):
            pass
        self.rest()

    def deliver(self, post: Post) -> None:
        """A sender repeats a post until it is told that it was kept."""
        self.do(lambda desk: desk.receive(post, f"delivery-{post.id}"))
        self.sent[post.key] = post

    def deliver_at_once(self, *posts: Post) -> None:
        """Many senders in one moment, each until it is told that its post was kept."""
        self.do(lambda desk: [desk.receive(post, f"delivery-{post.id}") for post in posts])
        self.sent |= {post.key: post for post in posts}

    def pass_time(self, length: timedelta) -> None:
        """With the clock's sweep, and everything else that runs all the time."""
        end = self.now + length
        while self.now < end:
            self.now = self.desk.now = min(end, self.now + timedelta(minutes=1))
            self.turn()

    def rest(self) -> None:
        """Until there is nothing to say and nothing to look for, by itself."""
        end = self.now + COMES_TO_REST
        self.turn()
        while not self.is_at_rest() and self.now < end:
            self.now = self.desk.now = self.now + STEP
            self.turn()

    def turn(self) -> None:
        """Every loop has its turn, however often the desk dies in it."""
        for _ in range(ROUNDS):
            done: list[int] = []
            if self._lives(partial(self._one_turn, done)) and not done[0]:
                return
        raise AssertionError("the desk does not come to rest")

    def is_at_rest(self) -> bool:
        with self.desk.store.reading():
            rows = self.desk.db.rows(
                """select 1 from outbox
                   where state <> 'bundled' and (state <> 'shown' or wanted <> shown)"""
            )
        return not rows

    # How it dies and comes back

    def _one_turn(self, done: list[int]) -> None:
        desk = self.desk
        rung = (desk.watch.sweep() if _is_due(desk) else 0) + desk.incident_clock.remind()
        sent, said = desk.sending.send_due(), desk.delivery.deliver_due()
        looked, furnished = desk.delivery.look_for_unknown(), desk.rooms.furnish_due()
        done.append(rung + sent + said + looked + furnished)

    def _try(self, act: Callable[[TestDesk], object]) -> None:
        with suppress(Refused):  # "you have it already", where the first try was kept
            act(self.desk)

    def _lives(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except SimCrash:
            self.ends += 1
            self._start()
            return False
        return True

    def _start(self) -> None:
        """All memory is new, the file is what was committed; it may die in starting, too."""
        while True:
            try:
                self.desk = MortalDesk(self, self.path)
            except SimCrash:
                self.ends += 1
            else:
                return


def _is_due(desk: TestDesk) -> bool:
    due = desk.watch.next_at()
    return due is not None and due <= desk.now
