"""A call to a channel says so once somebody has taken its case: it calls for nothing any more."""

from collections.abc import Callable, Mapping

import pytest

from bot.domain.effects import Kind
from bot.domain.facts import AlertFacts, AlertLine
from bot.domain.ids import CaseId
from bot.domain.outbox import Delivered, MessageState
from bot.domain.post import Priority
from bot.services.contents import content_of
from tests.company import ANN
from tests.desk import TestDesk

DOES: Mapping[str, Callable[[TestDesk, CaseId], object]] = {
    "claims": lambda desk, case: desk.casework.claim(case, by=ANN),
    "answers": lambda desk, case: desk.answer(case),
    "closes": lambda desk, case: desk.closings.no_reply(case, by=ANN),
}


def show_everything(desk: TestDesk) -> None:
    with desk.store.transaction() as tx:
        for message in tx.outbox.in_state(MessageState.QUEUED):
            tx.outbox.shown(message, Delivered(f"ts-{message.key}"))


def drawn_anew(desk: TestDesk) -> list[AlertLine]:
    with desk.work() as work:
        queued = work.tx.outbox.in_state(MessageState.QUEUED)
        drawn = [content_of(work, one) for one in queued if one.kind is Kind.ALERT]
    assert all(isinstance(one, AlertFacts) for one in drawn)
    return [line for one in drawn for line in one.lines]  # type: ignore[union-attr]


@pytest.mark.parametrize("what", DOES)
def test_the_line_says_what_somebody_did_about_it(desk: TestDesk, what: str) -> None:
    number = desk.post(priority=Priority.URGENT)
    show_everything(desk)
    desk.pass_and_watch("6m")
    show_everything(desk)
    assert drawn_anew(desk) == []

    DOES[what](desk, number)

    (line,) = drawn_anew(desk)
    assert (line.case.id, line.waits) == (number, False)


def test_a_line_that_names_others_too_is_drawn_anew(desk: TestDesk) -> None:
    first, second = (desk.post(priority=Priority.HIGH, by=by) for by in ("@one", "@two"))
    show_everything(desk)
    desk.pass_and_watch("16m")
    show_everything(desk)

    desk.casework.claim(second, by=ANN)

    lines = drawn_anew(desk)
    assert {line.case.id: line.waits for line in lines} == {first: True, second: False}
