"""What a click changed is shown at once by the way that came with it, or by the usual one."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from bot.domain.outbox import Delivered, MessageState, NotExecuted, SlackAnswer
from bot.domain.ports import Letter
from bot.services.click_updates import ClickUpdates
from tests.company import ANN, BEN
from tests.desk import TestDesk
from tests.room import Office, Room, office_of


class RoomHooks:
    """Implements `Hooks` over a room."""

    def __init__(self, room: Room):
        self._room = room
        self.open: set[tuple[str, str]] = set()
        self.used: list[str] = []

    def spots(self):
        return self.open

    def update(self, letter: Letter) -> SlackAnswer:
        self.used.append(letter.message.key)
        if (letter.channel, letter.message.ts) not in self.open:
            return NotExecuted("no_hook", wait=timedelta())
        answer = self._room.update(letter)
        return answer if isinstance(answer, Delivered) else NotExecuted("hook_404", timedelta())

    def click(self, key: str) -> None:
        (one,) = self._room.of(key)
        self.open.add((one.channel, one.ts))


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


@pytest.fixture
def hooks(office: Office) -> RoomHooks:
    return RoomHooks(office.room)


@pytest.fixture
def clicks(desk: TestDesk, hooks: RoomHooks) -> ClickUpdates:
    return ClickUpdates(desk.kernel, hooks)


def a_card(desk: TestDesk, office: Office, by: str = "@jane") -> tuple[int, str]:
    case = desk.post(by=by)
    office.settle()
    return case, f"card:{case}:service"


def test_a_claim_is_shown_by_the_clicks_own_way(
    desk: TestDesk, office: Office, hooks: RoomHooks, clicks: ClickUpdates
):
    case, key = a_card(desk, office)
    hooks.click(key)
    desk.casework.claim(case, by=ANN)
    assert clicks.send_due() == 1
    assert office.message(key).state is MessageState.SHOWN
    assert office.room.of(key)[0].content.case.assignee == ANN
    office.settle()
    assert office.room.of(key)[0].edits == 1


def test_what_nobody_clicked_on_is_left_alone(
    desk: TestDesk, office: Office, hooks: RoomHooks, clicks: ClickUpdates
):
    case, key = a_card(desk, office)
    other, other_key = a_card(desk, office, by="@joe")
    hooks.click(other_key)
    desk.casework.claim(case, by=ANN)
    assert clicks.send_due() == 0
    assert hooks.used == []
    office.settle()
    assert office.room.of(key)[0].edits == 1
    assert office.message(other_key).wanted == 1
    assert desk.case(other).assignee is None


def test_where_it_is_not_taken_delivery_says_it(
    desk: TestDesk, office: Office, hooks: RoomHooks, clicks: ClickUpdates
):
    case, key = a_card(desk, office)
    hooks.click(key)
    desk.casework.claim(case, by=ANN)
    spots, hooks.open = set(hooks.open), set()

    class Expired(RoomHooks):
        def spots(self):
            return spots

    assert ClickUpdates(desk.kernel, Expired(office.room)).send_due() == 1
    assert office.message(key).state is MessageState.QUEUED
    office.settle()
    assert office.room.of(key)[0].content.case.assignee == ANN
    assert clicks.send_due() == 0


def test_a_deleted_card_comes_back_by_the_usual_way(
    desk: TestDesk, office: Office, hooks: RoomHooks, clicks: ClickUpdates
):
    case, key = a_card(desk, office)
    hooks.click(key)
    office.room.delete(key)
    desk.casework.claim(case, by=ANN)
    clicks.send_due()
    office.settle()
    assert office.room.stands() == [key]


def test_what_delivery_is_saying_is_not_said_twice(
    desk: TestDesk, office: Office, hooks: RoomHooks, clicks: ClickUpdates
):
    case, key = a_card(desk, office)
    hooks.click(key)
    desk.casework.claim(case, by=ANN)

    class Meanwhile(Room):
        def update(self, letter):
            assert clicks.send_due() == 0
            return super().update(letter)

    office.room = Meanwhile(standing=office.room.standing)
    office.restart()
    office.settle()
    assert hooks.used == []


def test_a_change_that_a_process_left_half_said_is_said_after_a_minute(
    desk: TestDesk, office: Office, hooks: RoomHooks
):
    case, key = a_card(desk, office)
    desk.casework.claim(case, by=ANN)
    changed = office.message(key)
    with desk.work() as work:
        work.tx.outbox.start([changed], attempt="gone", at=desk.now)
    office.pass_time("59s", every="10s")
    assert office.message(key).state is MessageState.SENDING
    office.pass_time("10s")
    assert office.message(key).state is MessageState.SHOWN
    assert office.room.of(key)[0].edits == 1


def test_an_answer_that_cannot_be_recorded_is_recorded_later(desk: TestDesk, office: Office):
    others = ExitStack()

    class TakesTheStoreAway(RoomHooks):
        def update(self, letter: Letter) -> SlackAnswer:
            answer = super().update(letter)
            others.enter_context(desk.other_writer())
            return answer

    hooks = TakesTheStoreAway(office.room)
    clicks = ClickUpdates(desk.kernel, hooks)
    case, key = a_card(desk, office)
    hooks.click(key)
    desk.casework.claim(case, by=BEN)
    clicks.send_due()
    others.close()
    assert office.message(key).state is MessageState.SENDING
    clicks.send_due()
    assert office.message(key).state is MessageState.SHOWN
    assert hooks.used == [key]
