"""A call that hangs holds its own place only: the others go on, each channel in its order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from bot.domain.outbox import MessageState, SlackAnswer
from bot.domain.ports import Letter
from bot.services.delivery import BATCH, Delivery
from tests.company import channel_of
from tests.desk import TestDesk
from tests.room import Room


@dataclass
class Hanging(Room):
    """Whatever goes to one channel hangs until it is let go."""

    where: str = channel_of("service")
    let_go: Event = field(default_factory=Event)

    def post(self, letter: Letter) -> SlackAnswer:
        if letter.channel == self.where:
            assert self.let_go.wait(30)
        return super().post(letter)


@dataclass
class Office:
    desk: TestDesk
    room: Hanging
    pool: ThreadPoolExecutor
    delivery: Delivery

    def state(self, number: int, department: str) -> MessageState:
        message = self.desk.outbox(f"card:{number}:{department}")
        assert message is not None
        return message.state

    def finish(self) -> None:
        """All that hung comes to its end, and then all else."""
        self.room.let_go.set()
        self.pool.shutdown()
        with ThreadPoolExecutor(1) as pool:
            self.delivery = Delivery(self.desk.kernel, self.room, pool)
            while self.delivery.deliver_due():
                pass


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    room = Hanging()
    with ThreadPoolExecutor(4) as pool:
        yield Office(desk, room, pool, Delivery(desk.kernel, room, pool))
        room.let_go.set()


def test_the_others_go_on_while_one_hangs(desk: TestDesk, office: Office):
    hung = desk.post()
    office.delivery.deliver_due()
    others = [desk.post(f"the app fails {number}") for number in range(2 * BATCH)]
    while office.delivery.deliver_due():
        pass
    assert {office.state(one, "technical") for one in others} == {MessageState.SHOWN}
    assert office.state(hung, "service") is MessageState.SENDING


def test_what_comes_after_it_in_its_channel_stays_behind_it(desk: TestDesk, office: Office):
    first = desk.post()
    office.delivery.deliver_due()
    second = desk.post("and my coat?")
    while office.delivery.deliver_due():
        pass
    assert office.state(second, "service") is MessageState.QUEUED
    desk.pass_time("1m")
    office.finish()
    assert office.room.stands() == [f"card:{one}:service" for one in (first, second)]


def test_its_answer_is_kept_when_it_comes(desk: TestDesk, office: Office):
    hung = desk.post()
    office.delivery.deliver_due()
    office.room.let_go.set()
    office.pool.shutdown()
    assert office.state(hung, "service") is MessageState.SHOWN


def test_an_answer_the_store_did_not_keep_is_recorded_later(desk: TestDesk, office: Office):
    hung = desk.post()
    office.delivery.deliver_due()
    with desk.other_writer():
        office.room.let_go.set()
        office.pool.shutdown()
    office.delivery.deliver_due()
    assert office.state(hung, "service") is MessageState.SHOWN
    assert office.room.said == [("post", f"card:{hung}:service")]
