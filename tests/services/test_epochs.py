"""A backup is put back: what the desk has forgotten it neither says nor sends a second time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.domain.effects import Kind
from bot.domain.epoch import Epoch
from bot.domain.errors import NotAdmin, OutgoingIsOff
from bot.domain.facts import BundleFacts, CardFacts
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import MessageState
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.store.engines import sqlite_file
from tests.backups import Backup, back_up, has_started, restore
from tests.company import ANN, DORA, EVE, channel_of
from tests.desk import TestDesk
from tests.room import Office, Room, office_of

Again = Callable[..., TestDesk]

# The rules are the same on both engines; how an older copy is known differs, and is tried on both.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(database_url: str) -> Iterator[TestDesk]:
    with has_started(database_url) as desk:
        yield desk


@pytest.fixture
def begun_again(desk: TestDesk) -> Iterator[Again]:
    """As `run` begins: first of all it looks whether it has gone back in time."""
    begun: list[TestDesk] = []

    def begin(backup: Backup, *, looks: bool = True) -> TestDesk:
        begun.append(restore(desk, backup))
        if looks:
            begun[-1].epochs.look()
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def newest(desk: TestDesk) -> Epoch:
    with desk.reading() as tx:
        epoch = tx.epochs.newest()
    assert epoch is not None
    return epoch


def replies(desk: TestDesk, case: CaseId) -> list[Reply]:
    with desk.reading() as tx:
        return tx.replies.of_case(case)


def written(desk: TestDesk, case: CaseId, text: str = "On it") -> Reply:
    return desk.replies.submit(case, text, by=ANN, once=f"{case}:{text}")


# Whether there is a new epoch


def test_a_desk_that_only_stopped_goes_on_in_the_same_epoch(desk: TestDesk):
    desk.post()
    desk.close()

    desk.epochs.look()

    assert desk.epochs.waits() is None


def test_an_older_copy_begins_an_epoch_and_says_of_when_it_is(desk: TestDesk, begun_again: Again):
    desk.post()
    backup = back_up(desk)
    desk.pass_time("2h")
    desk.post()

    after = begun_again(backup)

    assert newest(after).number == 2
    assert after.epochs.waits() == "the desk was restored from a backup of 2026-03-02 09:00 UTC"
    assert after.outbox("note:epoch:2:20260302110000")


@on_sqlite
def test_what_is_no_number_of_ours_beside_the_file_begins_an_epoch(desk: TestDesk):
    beside = Path(f"{sqlite_file(desk.url)}.pulse")
    beside.write_text("9" * 30)

    desk.epochs.look()

    assert newest(desk).is_waiting
    desk.post()
    assert len(beside.read_text()) < 30


@on_sqlite
def test_an_epoch_begins_once_however_often_the_desk_starts(desk: TestDesk, begun_again: Again):
    desk.post()
    backup = back_up(desk)
    desk.post()
    after = begun_again(backup)

    after.epochs.look()
    after.post()
    after.epochs.look()

    assert newest(after).number == 2


def test_what_no_desk_can_see_an_operator_says(desk: TestDesk):
    reply = written(desk, desk.post())

    desk.epochs.restored()

    assert replies(desk, reply.case)[0].state is ReplyState.UNKNOWN
    assert newest(desk).is_waiting


def test_a_sender_that_is_under_way_already_sees_it_before_it_sends(
    desk: TestDesk, begun_again: Again
):
    case = desk.post()
    written(desk, case)
    backup = back_up(desk)
    desk.pass_time("10s")
    desk.sending.send_due()

    after = begun_again(backup, looks=False)
    after.sending.send_due()

    assert desk.network.texts == ["On it"]
    assert newest(after).number == 2


@on_sqlite
def test_a_reply_that_is_on_its_way_when_it_is_said_is_left_to_a_person(desk: TestDesk):
    case = desk.post()
    written(desk, case)
    desk.pass_time("10s")
    desk.network.meanwhile = desk.epochs.restored

    desk.sending.send_due()
    desk.sending.send_due()

    assert desk.network.texts == ["On it"]
    assert [reply.state for reply in replies(desk, case)] == [ReplyState.UNKNOWN]


# Public replies


def test_a_reply_sent_since_the_backup_is_not_sent_again_by_any_switch(
    desk: TestDesk, begun_again: Again
):
    case = desk.post()
    written(desk, case)
    backup = back_up(desk)
    desk.pass_time("10s")
    desk.sending.send_due()
    assert desk.network.texts == ["On it"]

    after = begun_again(backup)
    after.administration.set_outgoing(Outgoing.ON, by=EVE)
    after.pass_time("1h")
    after.sending.send_due()

    assert desk.network.texts == ["On it"]
    (reply,) = replies(after, case)
    assert reply.state is ReplyState.UNKNOWN
    assert reply.reason == (
        "the desk was restored from a backup of 2026-03-02 09:00 UTC: "
        "look on the network whether this was sent"
    )
    assert after.in_thread(case) == ["reply_unknown"]


@on_sqlite
def test_a_held_reply_may_have_been_sent_since_too(desk: TestDesk, begun_again: Again):
    desk.administration.set_outgoing(Outgoing.HOLD, by=EVE)
    case = desk.post()
    desk.answer(case)
    backup = back_up(desk)
    desk.post()

    after = begun_again(backup)

    assert [reply.state for reply in replies(after, case)] == [ReplyState.UNKNOWN]


@on_sqlite
def test_a_reply_that_was_sent_before_the_backup_stays_as_it_was(
    desk: TestDesk, begun_again: Again
):
    case = desk.post()
    desk.answer(case)
    backup = back_up(desk)
    desk.post()

    after = begun_again(backup)

    assert [reply.state for reply in replies(after, case)] == [ReplyState.SENT]


@on_sqlite
def test_its_owner_decides_what_became_of_it(desk: TestDesk, begun_again: Again):
    case = desk.post()
    reply = written(desk, case)
    backup = back_up(desk)
    desk.post()
    after = begun_again(backup)

    with pytest.raises(OutgoingIsOff):
        after.replies.send_again(reply.key, by=ANN)
    after.replies.found(reply.key, "https://x.example/77", by=ANN)

    assert [one.state for one in replies(after, case)] == [ReplyState.SENT]


@on_sqlite
def test_new_replies_wait_until_an_admin_says_on(desk: TestDesk, begun_again: Again):
    old = desk.post()
    backup = back_up(desk)
    desk.post()
    after = begun_again(backup)
    assert after.answer(after.post(), text="New").state is ReplyState.HELD

    with pytest.raises(NotAdmin):
        after.administration.set_outgoing(Outgoing.ON, by=DORA)
    after.administration.set_outgoing(Outgoing.ON, by=EVE)

    assert after.epochs.waits() is None
    assert after.answer(old, text="Newer").state is ReplyState.SENT
    assert desk.network.texts == ["Newer"]


@on_sqlite
def test_a_switch_that_was_off_stays_off(desk: TestDesk, begun_again: Again):
    desk.administration.set_outgoing(Outgoing.OFF, by=EVE)
    backup = back_up(desk)
    desk.post()

    after = begun_again(backup)

    assert after.administration.outgoing(by=EVE).switch is Outgoing.OFF


@on_sqlite
def test_who_answers_a_case_from_before_is_told_to_look_first(desk: TestDesk, begun_again: Again):
    old = desk.post()
    backup = back_up(desk)
    desk.pass_time("5m")
    desk.post()
    after = begun_again(backup)

    assert "Look on the network first" in after.replies.draft(old, by=ANN).warnings[0]
    assert after.replies.draft(after.post(by="@piet"), by=ANN).warnings == ()


# Slack


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def opened(after: TestDesk, room: Room) -> Office:
    """The restored desk, before the Slack that remembers everything."""
    office = Office(after, room)
    office.delivery.recover()
    return office


def test_a_card_said_since_the_backup_is_found_and_not_said_twice(
    desk: TestDesk, office: Office, begun_again: Again
):
    case = desk.post()
    backup = back_up(desk)
    office.settle()
    assert len(office.room.of(f"card:{case}:service")) == 1

    office.close()
    again = opened(begun_again(backup), office.room)
    again.pass_time("5s")

    assert len(office.room.of(f"card:{case}:service")) == 1
    assert again.message(f"card:{case}:service").state is MessageState.SHOWN
    again.close()


@on_sqlite
def test_a_card_never_said_is_said_after_one_look(
    desk: TestDesk, office: Office, begun_again: Again
):
    case = desk.post()
    backup = back_up(desk)
    desk.post()

    office.close()
    again = opened(begun_again(backup), office.room)
    again.pass_time("3s")

    assert len(office.room.of(f"card:{case}:service")) == 1
    again.close()


@on_sqlite
def test_a_note_waits_for_its_card_before_it_is_looked_for(
    desk: TestDesk, office: Office, begun_again: Again
):
    case = desk.post()
    desk.answer(case)
    backup = back_up(desk)
    office.settle()
    note = next(one.key for one in desk.messages(case, Kind.NOTE))
    assert len(office.room.of(note)) == 1

    office.close()
    again = opened(begun_again(backup), office.room)
    again.pass_time("1m")

    assert len(office.room.of(note)) == 1
    again.close()


@on_sqlite
def test_a_card_that_moved_on_since_shows_again_what_the_desk_knows(
    desk: TestDesk, office: Office, begun_again: Again
):
    case = desk.post()
    office.settle()
    backup = back_up(desk)
    desk.casework.claim(case, by=ANN)
    office.settle()

    office.close()
    again = opened(begun_again(backup), office.room)
    again.settle()

    (card,) = office.room.of(f"card:{case}:service")
    assert isinstance(card.content, CardFacts)
    assert card.content.case.assignee is None
    again.close()


@on_sqlite
def test_a_ping_that_rang_since_the_backup_does_not_ring_again(
    desk: TestDesk, office: Office, begun_again: Again
):
    case = desk.post()
    office.settle()
    backup = back_up(desk)
    desk.pass_time("70m", sweep=True)
    office.settle()
    rang = office.room.stands(channel_of("rapid-response"))
    assert len(rang) == 1

    office.close()
    after = begun_again(backup)
    after.watch.sweep()
    again = opened(after, office.room)
    again.pass_time("5s")

    stands = office.room.stands(channel_of("rapid-response"))
    assert [key for key in stands if not key.startswith("note:brake:")] == rang
    assert after.pings(case)
    after.closings.no_reply(case, by=ANN)
    again.settle()
    (late,) = office.room.of(rang[0])
    assert isinstance(late.content, BundleFacts)
    assert [one.settled for one in late.content.pings] == ["no reply needed"]
    again.close()


# Numbers


@on_sqlite
def test_no_case_number_is_given_twice(desk: TestDesk, begun_again: Again):
    desk.post()
    backup = back_up(desk)
    lost = [desk.post() for _ in range(3)]

    after = begun_again(backup)

    assert after.post() > max(lost)


def test_a_question_asked_since_keeps_its_number(desk: TestDesk, begun_again: Again):
    case = desk.post()
    backup = back_up(desk)
    desk.questions.ask_channel(case, ChannelId("C-HELP"), "Is it late?", by=ANN)
    lost = question_numbers(desk, case)

    after = begun_again(backup)
    after.questions.ask_channel(case, ChannelId("C-HELP"), "Is it late?", by=ANN)

    assert not lost & question_numbers(after, case)


def question_numbers(desk: TestDesk, case: CaseId) -> set[int]:
    with desk.reading() as tx:
        return {question.id for question in tx.asks.questions(case)}
