"""What runs every second, and what a person waits for, reads no big table whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.ids import CaseId
from bot.domain.reply import Outgoing
from bot.services.contents import card_facts
from tests.company import ANN, EVE, SALES, SERVICE
from tests.desk import TestDesk
from tests.room import Office, office_of

BIG = ("posts", "cases", "outbox", "replies", "promises", "events", "timers", "seen")
CASE = CaseId(1001)


def card(desk: TestDesk, _office: Office) -> None:
    with desk.kernel.look() as work:
        card_facts(work, work.case(CASE), SALES)


ACTS: dict[str, Callable[[TestDesk, Office], object]] = {
    "a round of delivery": lambda _desk, office: office.delivery.deliver_due(),
    "a look for unknown messages": lambda _desk, office: office.delivery.look_for_unknown(),
    "recovery": lambda _desk, office: office.delivery.recover(),
    "recovery of replies": lambda desk, _office: desk.sending.recover(),
    "a round of replies": lambda desk, _office: desk.sending.send_due(),
    "a card": card,
    "a draft": lambda desk, _office: desk.replies.draft(CASE, by=ANN),
    "the brake": lambda desk, _office: desk.administration.set_outgoing(Outgoing.HOLD, by=EVE),
    "dead letters": lambda desk, _office: desk.boards.dead_letters(by=ANN),
    "an admin's dead letters": lambda desk, _office: desk.boards.dead_letters(by=EVE),
    "mine": lambda desk, _office: desk.boards.mine(by=ANN),
    "a queue": lambda desk, _office: desk.boards.queue(SERVICE, by=ANN),
}


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    """Only SQLite explains itself where its tables are empty."""
    return TestDesk(tmp_path / "desk.db")


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_searched_for_that_can_be_looked_up(desk: TestDesk, act: str):
    desk.post()
    with office_of(desk) as office:
        plans = plans_of(desk, lambda: ACTS[act](desk, office))
    assert plans
    assert [
        plan
        for plan in plans
        if plan.split()[:1] == ["SCAN"] and plan.split()[1] in BIG and "INDEX" not in plan
    ] == []


def plans_of(desk: TestDesk, act: Callable[[], object]) -> list[str]:
    """How SQLite finds the rows of each statement that this thread asks for."""
    with desk.db._connection() as last_used:  # so it is the next that is lent
        connection = last_used.conn
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    act()
    connection.set_trace_callback(None)
    explained = (s for s in statements if s.lstrip().split()[0].lower() in ("select", "update"))
    return [
        row["detail"]
        for statement in explained
        for row in connection.execute(f"explain query plan {statement}")
    ]
