"""Where a message goes, and who is told while that place takes nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain import effects
from bot.domain.effects import Kind
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.outbox import Message, MessageState
from bot.services.kernel import Work
from bot.services.places import close_place, fault_of, give_up, open_place, where
from tests.company import ANN, CEM, channel_of
from tests.desk import TestDesk


@pytest.fixture
def work(desk: TestDesk) -> Iterator[Work]:
    with desk.work() as work:
        yield work


def told(work: Work, key: str, place: str) -> Message:
    work.tell(effects.tell(key, place, {"say": "place_closed", "why": "hello"}))
    return kept(work, f"note:{key}")


def kept(work: Work, key: str) -> Message:
    message = work.tx.outbox.get(key)
    assert message is not None
    return message


@pytest.mark.parametrize(
    ("place", "channel"),
    [
        ("department:service", channel_of("service")),
        ("rapid-response", channel_of("rapid-response")),
        ("person:UANN", ANN),
        ("channel:C77", "C77"),
        ("department:nowhere", None),
    ],
)
def test_every_place_has_its_channel(work: Work, place: str, channel: str | None):
    assert where(work, place) == channel


def test_a_closed_place_is_named_with_its_reason_until_it_opens(work: Work):
    message = told(work, "a", "department:service")
    close_place(work, message, "is_archived")
    assert where(work, "department:service") is None
    assert fault_of(work, "department:service") == "is_archived"
    assert kept(work, message.key).state is MessageState.PARKED
    known = work.tx.people.channel_at("department:service")
    assert known is not None
    open_place(work, known)
    assert where(work, "department:service") == known.channel
    assert kept(work, message.key).state is MessageState.QUEUED


def test_triage_is_told_where_the_desk_cannot_write(work: Work):
    close_place(work, told(work, "a", "department:service"), "is_archived")
    close_place(work, told(work, "b", "department:service"), "is_archived")
    (notice,) = [
        one
        for one in work.tx.outbox.in_state(MessageState.QUEUED, limit=9)
        if one.args["say"] == "place_closed"
    ]
    assert notice.place == "department:triage"
    assert notice.args["why"] == "is_archived"


def test_where_triage_itself_is_closed_rapid_response_is_told_and_no_circle_begins(work: Work):
    close_place(work, told(work, "a", "department:triage"), "is_archived")
    (notice,) = work.tx.outbox.in_state(MessageState.QUEUED, limit=9)
    assert notice.place == "rapid-response"
    close_place(work, notice, "is_archived")
    assert work.tx.outbox.in_state(MessageState.QUEUED, limit=9) == []


def test_a_person_out_of_reach_is_nobody_to_wait_for(work: Work):
    message = told(work, "a", "person:UANN")
    close_place(work, message, "channel_not_found")
    assert kept(work, message.key).state is MessageState.DEAD
    assert work.tx.outbox.in_state(MessageState.QUEUED, limit=9) == []


def test_a_ping_given_up_reaches_everybody_it_names(desk: TestDesk):
    case = desk.post()
    with desk.work() as work:
        work.tell(effects.ping(case, "m", "0", (ANN, CEM), "on-call"))
        give_up(work, kept(work, f"ping:{case}:m:0"), "msg_too_long")
        direct = [
            one
            for one in work.tx.outbox.in_state(MessageState.QUEUED, limit=9)
            if one.kind is Kind.PING and one.place != RAPID_RESPONSE
        ]
        assert [one.place for one in direct] == [f"person:{ANN}", f"person:{CEM}"]


def test_a_place_that_was_closed_before_keeps_its_first_reason(work: Work):
    close_place(work, told(work, "a", "department:service"), "is_archived")
    close_place(work, told(work, "b", "department:service"), "its channel is not known yet")
    assert fault_of(work, "department:service") == "is_archived"


def test_the_sweep_finds_a_fault_before_any_message_does(work: Work):
    known = work.tx.people.channel_at("department:service")
    assert known is not None
    work.tx.people.put_channel(replace(known, fault="it is archived"))
    assert where(work, "department:service") is None
