"""The connection is lost while a transaction commits: it was kept, and nobody heard of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.errors import StoreUnavailable
from bot.domain.outbox import NetworkAnswer, SlackAnswer
from bot.domain.ports import LastLook, Letter
from bot.domain.post import Post
from bot.domain.reply import Reply, ReplyState
from bot.domain.timeline import What
from bot.services.casework import Casework
from bot.services.once import Once
from bot.services.sending import Sending
from bot.store.sqlite import SqliteDatabase
from tests.company import ANN, Megaphone
from tests.desk import TestDesk
from tests.room import Office, Room, office_of


class Faint(SqliteDatabase):
    """Keeps what it is told, and loses its voice as often as it is to."""

    losses = 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        with super().writing():
            yield
        if self.losses:
            self.losses -= 1
            raise StoreUnavailable("the connection was lost while it committed")


class FaintDesk(TestDesk):
    db: Faint

    def open(self, url: str, **_: object) -> Faint:
        return Faint(Path(url.removeprefix("sqlite:///")), synchronous="OFF")

    @contextmanager
    def losing(self) -> Iterator[None]:
        self.db.losses = 1
        with pytest.raises(StoreUnavailable):
            yield
        assert self.db.losses == 0


@pytest.fixture
def desk(tmp_path: Path) -> FaintDesk:
    return FaintDesk(tmp_path / "desk.db")


@pytest.fixture
def office(desk: FaintDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def test_a_post_sent_again_is_one_case(desk: FaintDesk) -> None:
    post = desk.a_post()
    with desk.losing():
        desk.receive(post, "delivery-1")

    assert desk.receive(post, "delivery-1").duplicate
    assert desk.post() == 1002


def test_what_slack_tells_again_is_acted_on_once(desk: FaintDesk) -> None:
    once, case = Once(desk.kernel), desk.post()
    with desk.losing():
        Casework(once.acting("V1")).claim(case, by=ANN)

    assert once.knows("V1")
    assert desk.whats(case).count(What.CLAIMED) == 1


def test_a_message_that_was_to_leave_is_said_once(desk: FaintDesk, office: Office) -> None:
    desk.post()
    with desk.losing():
        office.delivery.deliver_due()
    assert office.room.said == []

    office.settle()

    assert office.room.said == [("post", "card:1001:service")]


def test_a_message_whose_answer_was_kept_is_not_said_again(desk: FaintDesk) -> None:
    class Fainting(Room):
        def post(self, letter: Letter) -> SlackAnswer:
            desk.db.losses = 1
            return super().post(letter)

    desk.post()
    office = Office(desk, Fainting())
    office.delivery.deliver_due()
    office.settle()
    office.close()

    assert office.room.said == [("post", "card:1001:service")]


def test_a_reply_that_was_to_leave_is_sent_once(desk: FaintDesk) -> None:
    case = desk.post()
    reply = desk.replies.submit(case, "We are on it.", by=ANN, once="V1")
    desk.pass_time("10s")
    with desk.losing():
        desk.sending.send_due()
    assert desk.network.texts == []

    desk.sending.send_due()

    assert desk.network.texts == ["We are on it."]
    with desk.reading() as tx:
        assert tx.replies.get(reply.key).state is ReplyState.SENT


def test_a_reply_whose_receipt_was_kept_is_not_sent_again(desk: FaintDesk) -> None:
    class Fainting(Megaphone):
        def send(self, reply: Reply, post: Post, _last_look: LastLook) -> NetworkAnswer:
            desk.db.losses = 1
            return super().send(reply, post)

    case = desk.post()
    desk.replies.submit(case, "We are on it.", by=ANN, once="V1")
    desk.pass_time("10s")
    network = Fainting()
    sending = Sending(desk.kernel, {"": network})
    with pytest.raises(StoreUnavailable):
        sending.send_due()
    sending.send_due()

    assert network.texts == ["We are on it."]
