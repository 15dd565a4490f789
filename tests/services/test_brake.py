"""The brake on public replies: in force at once, said in every channel, with who and why."""

import pytest

from bot.domain.effects import Lane
from bot.domain.errors import NotAdmin, NothingToChange, NotMember
from bot.domain.ids import RAPID_RESPONSE
from bot.domain.outbox import Message, MessageState
from bot.domain.reply import Outgoing, ReplyState
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, TOM
from tests.desk import TestDesk

EVERYWHERE = {
    RAPID_RESPONSE, "department:service", "department:sales", "department:marketing",
    "department:technical", "department:pr", "department:triage",
}  # fmt: skip


def announced(desk: TestDesk) -> list[Message]:
    with desk.reading() as tx:
        waiting = tx.outbox.in_state(MessageState.QUEUED)
    return [one for one in waiting if one.args.get("say") == "outgoing"]


def test_everybody_hears_who_braked_and_why(desk: TestDesk) -> None:
    desk.administration.set_outgoing(Outgoing.OFF, by=ANN, why="wrong prices in the template")

    told = announced(desk)
    assert {one.place for one in told} == EVERYWHERE
    assert {(one.args["name"], one.args["why"]) for one in told} == {
        ("Ann", "wrong prices in the template")
    }


def test_everybody_hears_of_the_release_too(desk: TestDesk) -> None:
    desk.administration.set_outgoing(Outgoing.HOLD, by=ANN)
    desk.pass_time("5m")
    desk.administration.set_outgoing(Outgoing.ON, by=DORA)

    released = [one for one in announced(desk) if one.args["switch"] == "on"]
    assert {one.place for one in released} == EVERYWHERE
    assert {one.args["name"] for one in released} == {"Dora"}


def test_an_undo_of_the_brake_is_told_to_everybody(desk: TestDesk) -> None:
    number = desk.administration.set_outgoing(Outgoing.OFF, by=ANN)
    desk.administration.undo(number, by=EVE)

    released = [one for one in announced(desk) if one.args["switch"] == "on"]
    assert {one.place for one in released} == EVERYWHERE
    assert {one.args["name"] for one in released} == {"Eve"}


def test_a_desk_that_brakes_by_itself_tells_everybody(desk: TestDesk) -> None:
    desk.epochs.restored()

    assert {(one.place, one.args["name"]) for one in _unsure(desk)} == {
        (place, "the desk") for place in EVERYWHERE
    }


def _unsure(desk: TestDesk) -> list[Message]:
    """After a restore everything is looked for in Slack before it is said."""
    with desk.reading() as tx:
        looked_for = tx.outbox.in_state(MessageState.UNKNOWN)
    return [one for one in looked_for if one.args.get("say") == "outgoing"]


def test_it_is_said_before_every_ping_that_waits(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.escalate(number, "the press asks", by=ANN)
    desk.pass_time("1m")
    desk.administration.set_outgoing(Outgoing.OFF, by=ANN)

    with desk.reading() as tx:
        heads = {head.place: head for head in tx.queue.heads(desk.now) if head.lane is Lane.PING}
    assert {head.args.get("say") for head in heads.values()} == {"outgoing"}
    assert set(heads) == EVERYWHERE


def test_the_reason_can_follow_and_nobody_is_told_twice(desk: TestDesk) -> None:
    desk.administration.set_outgoing(Outgoing.OFF, by=ANN)
    board = desk.administration.explain_outgoing("wrong prices", by=ANN)

    assert board.note is not None
    assert (board.note.by, board.note.why) == (ANN, "wrong prices")
    told = announced(desk)
    assert len(told) == len(EVERYWHERE)
    assert {one.args["why"] for one in told} == {"wrong prices"}


def test_the_same_typed_again_with_a_reason_adds_it(desk: TestDesk) -> None:
    desk.administration.set_outgoing(Outgoing.HOLD, by=ANN)
    desk.administration.set_outgoing(Outgoing.HOLD, by=BEN, why="wrong prices")

    note = desk.administration.outgoing(by=TOM).note
    assert note is not None
    assert (note.by, note.why) == (ANN, "wrong prices")
    with pytest.raises(NothingToChange, match="wrong prices"):
        desk.administration.set_outgoing(Outgoing.HOLD, by=TOM, why="I do not like it")


def test_what_is_not_stopped_needs_no_reason(desk: TestDesk) -> None:
    with pytest.raises(NothingToChange):
        desk.administration.explain_outgoing("wrong prices", by=ANN)


def test_rapid_response_brakes_too_and_does_not_release(desk: TestDesk) -> None:
    desk.administration.set_outgoing(Outgoing.OFF, by=CEM)

    assert not desk.administration.outgoing(by=CEM).may_release
    with pytest.raises(NotAdmin):
        desk.administration.set_outgoing(Outgoing.ON, by=CEM)
    with pytest.raises(NotMember):
        desk.administration.set_outgoing(Outgoing.HOLD, by=BOB)


def test_the_next_answer_is_stopped_at_once(desk: TestDesk) -> None:
    number = desk.post()
    reply = desk.replies.submit(number, "We are on it.", by=ANN, once="form")
    desk.pass_time("10s")
    desk.administration.set_outgoing(Outgoing.HOLD, by=TOM, why="wrong prices")

    desk.sending.send_due()

    assert desk.network.texts == []
    with desk.reading() as tx:
        held = tx.replies.get(reply.key)
    assert (held.state, held.reason) == (ReplyState.HELD, "public replies were put on hold")
