"""The database takes nothing for a while: nothing is said without a record, and all goes on after.

One that is locked, away or restarted is met by a whole desk, in `tests/journeys`.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
import pytest
import sqlite_utils

from bot.domain.errors import StoreUnavailable
from bot.domain.post import Post
from bot.domain.reply import ReplyState
from bot.parts.reception import Reception
from bot.store.sqlite import SqliteDatabase
from tests.company import ANN
from tests.desk import TestDesk
from tests.engines import Databases
from tests.room import Office, office_of
from tests.store.sessions import end_sessions

MOST_POSTS = 200  # far more than the pages in use have room for


class ReadOnlyDay(Protocol):
    """A desk whose database can be read and not written, from `begin` to `end`."""

    desk: TestDesk

    def begin(self) -> None: ...

    def end(self) -> None: ...


class Moody(SqliteDatabase):
    """A file that says of its pages what the disk would say of its blocks."""

    pragma = "query_only = off"

    def says(self, pragma: str) -> None:
        """To whoever is lent a connection from now on."""
        self.pragma = pragma

    @contextmanager
    def _lent(self) -> Iterator[sqlite_utils.Database]:
        with super()._lent() as db:
            db.conn.execute(f"pragma {self.pragma}")
            yield db


class MoodyDesk(TestDesk):
    db: Moody

    def open(self, url: str, **_: object) -> Moody:
        return Moody(Path(url.removeprefix("sqlite:///")), synchronous="OFF")


class ReadOnlyFile:
    def __init__(self, folder: Path):
        self.desk = MoodyDesk(folder / "desk.db")

    def begin(self) -> None:
        self.desk.db.says("query_only = on")

    def end(self) -> None:
        self.desk.db.says("query_only = off")


class ReadOnlyServer:
    def __init__(self, url: str):
        self.desk = TestDesk(url)

    def begin(self) -> None:
        self._say("set default_transaction_read_only = on")

    def end(self) -> None:
        self._say("reset default_transaction_read_only")

    def _say(self, words: str) -> None:
        name = urlsplit(self.desk.url).path.removeprefix("/")
        with psycopg.connect(self.desk.url, autocommit=True) as admin:
            admin.execute("set default_transaction_read_only = off")
            admin.execute(f'alter database "{name}" {words}'.encode())
        end_sessions(self.desk.url)


@pytest.fixture(params=["sqlite", "postgres"])
def day(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReadOnlyDay]:
    if request.param == "sqlite":
        yield closed_after(ReadOnlyFile(tmp_path), request)
        return
    postgres: Databases = request.getfixturevalue("postgres")
    with postgres.lent() as url:
        yield closed_after(ReadOnlyServer(url), request)


def closed_after(day: ReadOnlyDay, request: pytest.FixtureRequest) -> ReadOnlyDay:
    request.addfinalizer(day.desk.close)
    return day


@pytest.fixture
def office(day: ReadOnlyDay) -> Iterator[Office]:
    with office_of(day.desk) as office:
        yield office


def test_a_post_is_refused_and_taken_in_once_when_it_comes_again(day: ReadOnlyDay):
    post = day.desk.a_post()
    day.begin()
    with pytest.raises(StoreUnavailable, match=r"read-?only"):
        day.desk.receive(post, "delivery")

    day.end()

    assert not day.desk.receive(post, "delivery").duplicate
    assert day.desk.receive(post, "delivery").duplicate


def test_nothing_is_said_without_a_record(day: ReadOnlyDay, office: Office):
    case = day.desk.post()
    reply = day.desk.replies.submit(case, "On it", by=ANN, once="form")
    day.desk.pass_time("10s")
    day.begin()

    with pytest.raises(StoreUnavailable):
        day.desk.sending.send_due()
    with pytest.raises(StoreUnavailable):
        office.delivery.deliver_due()

    assert (day.desk.network.said, office.room.said) == ([], [])
    day.end()
    day.desk.sending.send_due()
    office.settle()
    assert day.desk.network.texts == ["On it"]
    assert len(office.room.of(f"card:{case}:service")) == 1
    with day.desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.SENT


def test_whether_it_takes_anything_can_be_asked(day: ReadOnlyDay):
    day.desk.store.must_take_writes()

    day.begin()

    with pytest.raises(StoreUnavailable):
        day.desk.store.must_take_writes()
    day.end()
    day.desk.store.must_take_writes()


def test_on_a_full_disk_what_was_taken_in_stays_and_the_rest_comes_again(tmp_path: Path):
    with closing(MoodyDesk(tmp_path / "desk.db")) as desk:
        (used,) = desk.db.rows("pragma page_count")
        desk.db.says(f"max_page_count = {used['page_count']}")
        posts = [desk.a_post("where is my bag? " * 40) for _ in range(MOST_POSTS)]

        taken = taken_in(desk, posts)

        desk.db.says("max_page_count = 1073741823")

        assert taken < MOST_POSTS
        receipts = [desk.receive(post) for post in posts]
        assert [one.duplicate for one in receipts] == [True] * taken + [False] * (
            MOST_POSTS - taken
        )


def test_a_post_that_finds_no_room_is_a_fault_of_the_intake_until_one_does(tmp_path: Path):
    with closing(MoodyDesk(tmp_path / "desk.db")) as desk:
        door = Reception(desk.receive, lambda: desk.now)
        post = desk.a_post("where is my bag? " * 400)
        desk.db.says("max_page_count = 1")
        with pytest.raises(StoreUnavailable):
            door.receive(post, None)

        desk.store.must_take_writes()  # what is small still finds room
        assert door.fault() == "posts are to come again: database or disk is full"

        desk.db.says("max_page_count = 1073741823")
        assert not door.receive(post, None).duplicate
        assert door.fault() is None


def test_a_post_that_nobody_sends_again_is_no_fault_for_long(day: ReadOnlyDay):
    door = Reception(day.desk.receive, lambda: day.desk.now)
    day.begin()
    with pytest.raises(StoreUnavailable):
        door.receive(day.desk.a_post(), None)
    day.end()
    assert door.fault()

    day.desk.pass_time("11s")

    assert door.fault() is None


def taken_in(desk: TestDesk, posts: list[Post]) -> int:
    """How many, until one is refused."""
    for number, post in enumerate(posts):
        try:
            desk.receive(post)
        except StoreUnavailable:
            return number
    return len(posts)
