"""One desk, two processes: whoever is paused in the middle of something finds it in other hands."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from bot.domain.errors import TermOver
from bot.domain.ids import CaseId, ChannelId
from bot.domain.leases import CALLS_END, LEASE, Task
from bot.domain.outbox import MessageState, NetworkAnswer, NotExecuted, Silence, SlackAnswer
from bot.domain.ports import LastLook, Letter
from bot.domain.post import Post
from bot.domain.reply import Reply, ReplyState
from bot.services.delivery import Delivery
from bot.services.sending import Sending
from bot.services.terms import Process, Term, Terms
from bot.services.watch import Watch
from tests.company import ANN, CEM, Megaphone, email_of
from tests.desk import TestDesk
from tests.room import A_MINUTE, Room

Pause = Callable[[], object]
Answer = TypeVar("Answer", SlackAnswer, NetworkAnswer)


@dataclass
class Wire:
    """Implements `Speaker` and `Network`: looks last as real connections do; may be paused."""

    room: Room
    megaphone: Megaphone
    term: Term
    before: list[Pause] = field(default_factory=list)  # the next call stands still there
    after: list[Pause] = field(default_factory=list)

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        return self.room.wait(letter, now)

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:
        return self.room.takes(channel, here, everywhere)

    def keep_silent(self, silence: Silence) -> None:
        self.room.keep_silent(silence)

    def post(self, letter: Letter) -> SlackAnswer:
        return self._said(lambda: self.room.post(letter))

    def update(self, letter: Letter) -> SlackAnswer:
        return self._said(lambda: self.room.update(letter))

    def find(self, letter: Letter) -> SlackAnswer | None:
        return self.room.find(letter)

    def send(self, reply: Reply, post: Post, _last_look: LastLook) -> NetworkAnswer:
        return self._said(lambda: self.megaphone.send(reply, post))

    def _said(self, call: Callable[[], Answer]) -> Answer | NotExecuted:
        if self.before:
            self.before.pop()()
        try:
            self.term.must_be_on()
        except TermOver:
            return NotExecuted("TermOver")
        answer = call()
        if self.after:
            self.after.pop()()
        return answer


@dataclass
class Life:
    """What a term of this process does, step by step as the story wants it."""

    term: Term
    wire: Wire
    delivery: Delivery
    sending: Sending
    watch: Watch
    is_over: bool = False

    def is_well(self) -> bool:
        return True

    def stop(self) -> None:
        self.is_over = True

    def leave(self) -> None:
        self.is_over = True


class Worker:
    """A process with every task, on the desk's database."""

    def __init__(self, name: str, desk: TestDesk, room: Room):
        self.desk, self.room, self.pool = desk, room, ThreadPoolExecutor(1)
        self.lives: dict[Task, Life] = {}
        tasks = dict.fromkeys([Task.DELIVERY, Task.SENDING, Task.CLOCK], self._begin)
        self.terms = Terms(desk.store, Process(name), tasks, lambda: desk.now, self._steady)

    def turn(self) -> None:
        self.terms.turn()

    @property
    def delivery(self) -> Delivery:
        return self.lives[Task.DELIVERY].delivery

    @property
    def sending(self) -> Sending:
        return self.lives[Task.SENDING].sending

    def wire(self, task: Task = Task.DELIVERY) -> Wire:
        return self.lives[task].wire

    def settle(self) -> None:
        while self.delivery.deliver_due():
            pass

    def _steady(self) -> float:
        return self.desk.now.timestamp()

    def _begin(self, term: Term) -> Life:
        kernel = self.desk.kernel.under(term.guard)
        wire = Wire(self.room, self.desk.network, term)
        delivery = Delivery(kernel, wire, self.pool, A_MINUTE)
        sending = Sending(kernel, {"": wire}, term.must_be_on)
        life = Life(term, wire, delivery, sending, Watch(kernel))
        self.lives[term.task] = life
        if term.task is Task.DELIVERY:
            delivery.recover(term.settles_in)
        if term.task is Task.SENDING:
            sending.recover()
        return life


@dataclass
class Desks:
    desk: TestDesk
    room: Room
    first: Worker
    second: Worker

    def pass_time(self, length: timedelta, *alive: Worker) -> None:
        end = self.desk.now + length
        while self.desk.now < end:
            self.desk.now += timedelta(seconds=1)
            for worker in alive:
                worker.turn()

    def replace_first(self) -> None:
        """The first process stands still until the second has all its tasks."""
        self.pass_time(LEASE + timedelta(seconds=1), self.second)
        assert set(self.second.lives) == {Task.DELIVERY, Task.SENDING, Task.CLOCK}

    def replace_and_look(self) -> None:
        """And until the second has looked three times for what it found on its way."""
        self.replace_first()
        for _ in range(40):
            self.pass_time(timedelta(seconds=1), self.second)
            self.second.delivery.look_for_unknown()
            self.second.settle()

    def state(self, key: str) -> MessageState:
        message = self.desk.outbox(key)
        assert message is not None
        return message.state

    def reply(self, key: str) -> Reply:
        with self.desk.reading() as tx:
            return tx.replies.get(key)


@pytest.fixture
def desks(desk: TestDesk) -> Iterator[Desks]:
    room = Room()
    first, second = Worker("first", desk, room), Worker("second", desk, room)
    first.turn()
    second.turn()
    yield Desks(desk, room, first, second)
    first.pool.shutdown()
    second.pool.shutdown()


def card_of(case: CaseId) -> str:
    return f"card:{case}:service"


def test_a_card_whose_sender_was_paused_before_it_left_is_said_by_the_other_one(desks: Desks):
    card = card_of(desks.desk.post())
    desks.first.wire().before.append(desks.replace_and_look)
    with pytest.raises(TermOver):
        desks.first.delivery.deliver_due()
    assert desks.room.stands() == [card]
    assert desks.room.said == [("post", card)]
    assert desks.state(card) is MessageState.SHOWN


def test_what_was_said_before_the_pause_is_found_and_not_said_again(desks: Desks):
    card = card_of(desks.desk.post())
    desks.first.wire().after.append(desks.replace_and_look)
    with pytest.raises(TermOver):
        desks.first.delivery.deliver_due()
    assert desks.room.stands() == [card]
    assert desks.room.said.count(("post", card)) == 1
    assert desks.state(card) is MessageState.SHOWN


def test_a_message_on_its_way_is_unknown_and_never_queued_when_another_takes_over(desks: Desks):
    card = card_of(desks.desk.post())
    states: list[MessageState] = []

    def paused() -> None:
        desks.replace_first()
        states.append(desks.state(card))

    desks.first.wire().before.append(paused)
    with pytest.raises(TermOver):
        desks.first.delivery.deliver_due()
    assert states == [MessageState.UNKNOWN]


def test_an_answer_to_an_attempt_that_is_over_moves_nothing(desks: Desks):
    card = card_of(desks.desk.post())

    def settled_elsewhere() -> None:
        with desks.desk.work() as work:
            message = work.tx.outbox.get(card)
            assert message is not None
            work.tx.outbox.move(message, MessageState.UNKNOWN, why="the desk stopped")

    desks.first.wire().after.append(settled_elsewhere)
    desks.first.delivery.deliver_due()
    assert desks.state(card) is MessageState.UNKNOWN


def test_a_change_is_repeated_only_when_the_one_on_its_way_has_ended(desks: Desks):
    case = desks.desk.post()
    desks.first.settle()
    desks.desk.casework.claim(case, by=ANN)
    desks.first.wire().before.append(desks.replace_first)
    with pytest.raises(TermOver):
        desks.first.delivery.deliver_due()
    desks.second.settle()
    assert desks.room.said[1:] == []
    desks.pass_time(CALLS_END, desks.second)
    desks.second.settle()
    assert desks.room.said[1:] == [("update", card_of(case))]


def test_a_reply_whose_sender_was_paused_before_it_left_never_leaves(desks: Desks):
    case = desks.desk.post()
    reply = desks.desk.replies.submit(case, "On it", by=ANN, once="form")
    desks.pass_time(timedelta(seconds=10), desks.first, desks.second)
    desks.first.wire(Task.SENDING).before.append(desks.replace_first)
    with pytest.raises(TermOver):
        desks.first.sending.send_due()
    desks.second.sending.send_due()
    assert desks.desk.network.said == []
    assert desks.reply(reply.key).state is ReplyState.UNKNOWN


def test_a_reply_that_left_before_the_pause_is_shown_to_a_person_and_not_repeated(desks: Desks):
    case = desks.desk.post()
    reply = desks.desk.replies.submit(case, "On it", by=ANN, once="form")
    desks.pass_time(timedelta(seconds=10), desks.first, desks.second)
    desks.first.wire(Task.SENDING).after.append(desks.replace_first)
    with pytest.raises(TermOver):
        desks.first.sending.send_due()
    desks.second.sending.send_due()
    assert len(desks.desk.network.said) == 1
    assert desks.reply(reply.key).state is ReplyState.UNKNOWN
    assert "reply_unknown" in desks.desk.notes(case)


def test_a_clock_that_wakes_in_other_hands_pings_nobody(desks: Desks):
    desks.desk.rota({"person": email_of(CEM)})
    case = desks.desk.post()
    watch = desks.first.lives[Task.CLOCK].watch
    desks.replace_first()
    desks.desk.pass_time("1h")
    desks.second.turn()
    desks.second.lives[Task.CLOCK].watch.sweep()
    pings = desks.desk.pings(case)
    with pytest.raises(TermOver):
        watch.sweep()
    assert desks.desk.pings(case) == pings != []


def test_the_process_that_was_replaced_may_take_over_again_with_nothing_of_before(desks: Desks):
    card = card_of(desks.desk.post())
    desks.first.wire().before.append(desks.replace_first)
    with pytest.raises(TermOver):
        desks.first.delivery.deliver_due()
    before = desks.first.delivery
    desks.first.turn()
    desks.second.terms.close()
    desks.second.terms.release()
    desks.first.turn()
    assert desks.first.delivery is not before
    with pytest.raises(TermOver):
        before.look_for_unknown()
    desks.pass_time(timedelta(seconds=40), desks.first)
    for _ in range(4):
        desks.first.delivery.look_for_unknown()
        desks.first.settle()
        desks.pass_time(timedelta(seconds=20), desks.first)
    assert desks.room.stands() == [card]
