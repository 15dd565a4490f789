"""Who hears that a case is passed on: its sender, where it goes, and whoever stands in there."""

from collections.abc import Callable

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import HandOffIsPending, NoHandOffPending, NotAssignee, NotMember
from bot.domain.ids import CaseId
from bot.domain.outbox import Message
from bot.domain.timeline import What
from tests.company import (
    ANN,
    BEN,
    DORA,
    EVE,
    MARKETING,
    NINE_TO_FIVE,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    email_of,
)
from tests.desk import TestDesk


def said(desk: TestDesk, number: int, say: str) -> list[Message]:
    return [one for one in desk.messages(number, Kind.NOTE) if one.args["say"] == say]


def places(desk: TestDesk, number: int, say: str) -> list[str]:
    return [one.place for one in said(desk, number, say)]


def closed(desk: TestDesk, key: str, cover: str) -> None:
    """It is the evening before a working day, and that department has gone home."""
    desk.department(key, hours=NINE_TO_FIVE, cover=cover)
    desk.pass_time("10h")


# A closed department's cover


def _by_hand_off(desk: TestDesk) -> CaseId:
    number = desk.post()
    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    return number


def _by_triage(desk: TestDesk) -> CaseId:
    number = desk.post("a mystery")
    desk.casework.route(number, MARKETING, by=EVE)
    return number


def _by_return(desk: TestDesk) -> CaseId:
    number = desk.post("a mystery")
    desk.casework.route(number, MARKETING, by=EVE)
    desk.hand_offs.to_department(number, SERVICE, "yours?", by=SUE)
    desk.hand_offs.give_back(number, by=ANN, why="no")
    assert len(said(desk, number, "covering")) == 2
    return number


@pytest.mark.parametrize("way", [_by_hand_off, _by_triage, _by_return])
def test_a_closed_department_s_cover_is_asked_and_told_by_when(
    desk: TestDesk, way: Callable[[TestDesk], CaseId]
) -> None:
    closed(desk, "marketing", cover="technical")
    number = way(desk)

    told = said(desk, number, "covering")[-1]
    assert told.place == f"department:{TECHNICAL}"
    due = min(run.due_at for run in desk.clocks(number).values() if run.due_at)
    assert told.args["due"] == due.timestamp() * 1000
    assert TECHNICAL in desk.cards(number)
    asks = desk.boards.case(number, by=SUE).card.asks
    assert [(one.department, one.is_open) for one in asks] == [(TECHNICAL, True)]


def test_the_cover_takes_over_what_is_offered_to_the_closed_department(desk: TestDesk) -> None:
    closed(desk, "marketing", cover="technical")
    number = _by_hand_off(desk)

    taken = desk.casework.take_over(number, TECHNICAL, by=TOM)

    assert (taken.department, taken.assignee, taken.hand_off) == (TECHNICAL, TOM, None)
    assert "hand_off" not in desk.timers(number)


def test_another_follower_waits_for_the_answer_to_the_offer(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")
    desk.hand_offs.to_department(number, SERVICE, "yours?", by=SUE)
    with pytest.raises(HandOffIsPending):
        desk.casework.take_over(number, MARKETING, by=SUE)


def test_an_open_department_has_no_cover_to_disturb(desk: TestDesk) -> None:
    desk.department("marketing", hours=NINE_TO_FIVE, cover="technical")
    number = _by_hand_off(desk)
    assert places(desk, number, "covering") == []
    assert TECHNICAL not in desk.cards(number)


def test_who_gets_a_case_back_in_person_needs_no_cover(desk: TestDesk) -> None:
    number = desk.post()
    desk.department("service", cover="technical")
    desk.hand_offs.to_department(number, SALES, "yours?", by=ANN)
    desk.hand_offs.give_back(number, by=SUE, why="no")
    assert desk.case(number).assignee == ANN
    assert places(desk, number, "covering") == []


# The receiving department


def test_a_department_that_has_its_card_already_gets_a_line_of_its_own(desk: TestDesk) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    assert places(desk, number, "arrived") == []
    desk.hand_offs.give_back(number, by=TOM, why="no")

    desk.hand_offs.to_department(number, TECHNICAL, "please look again", by=ANN)

    assert places(desk, number, "arrived") == [f"department:{TECHNICAL}"]


def test_a_follower_that_is_to_own_the_case_hears_of_it(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")
    desk.hand_offs.to_department(number, MARKETING, "all yours", by=SUE)
    assert places(desk, number, "arrived") == [f"department:{MARKETING}"]


def test_a_case_that_comes_back_to_the_queue_is_a_new_line_there(desk: TestDesk) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.left("service", ANN)
    desk.hand_offs.give_back(number, by=TOM, why="no")
    assert places(desk, number, "arrived") == [f"department:{SERVICE}"]


# The sender


def test_a_return_names_who_returned_it_and_why(desk: TestDesk) -> None:
    number = _by_hand_off(desk)
    desk.hand_offs.give_back(number, by=SUE, why="a refund is not ours")

    for told in said(desk, number, "returned"):
        assert (told.args["by"], told.args["why"]) == (SUE, "a refund is not ours")
    assert set(places(desk, number, "returned")) == {"department:service", f"person:{ANN}"}


def test_a_sender_who_works_there_no_longer_is_not_told(desk: TestDesk) -> None:
    number = _by_hand_off(desk)
    desk.left("service", ANN)
    desk.hand_offs.give_back(number, by=SUE, why="no")
    assert places(desk, number, "returned") == ["department:service"]


def test_a_bounce_mentions_its_sender_in_the_thread(desk: TestDesk) -> None:
    number = _by_hand_off(desk)
    desk.pass_time("15m", sweep=True)
    (told,) = said(desk, number, "returned")
    assert (told.args["to"], told.thread) == ([ANN], f"card:{number}:service")


def test_both_leads_hear_of_the_third_return_of_a_day_and_of_no_other(desk: TestDesk) -> None:
    desk.department("technical", lead=email_of(TOM))
    number = desk.post()
    for turn in range(5):
        assert bool(said(desk, number, "third_return")) == (turn >= 3)
        desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=BEN)
        desk.hand_offs.give_back(number, by=TOM, why="no")
    assert set(places(desk, number, "third_return")) == {
        f"person:{BEN}", f"person:{DORA}", f"person:{TOM}",
    }  # fmt: skip


def test_returns_of_the_day_before_count_no_longer(desk: TestDesk) -> None:
    number = desk.post()
    for _ in range(3):
        desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=BEN)
        desk.hand_offs.give_back(number, by=TOM, why="no")
        desk.pass_time("13h")
    assert said(desk, number, "third_return") == []


def test_who_may_return_is_known_before_a_reason_is_typed(desk: TestDesk) -> None:
    number = desk.post()
    with pytest.raises(NoHandOffPending):
        desk.hand_offs.to_return(number, by=ANN)
    desk.hand_offs.to_person(number, BEN, "you know her", by=ANN)
    with pytest.raises(NotAssignee):
        desk.hand_offs.to_return(number, by=DORA)
    with pytest.raises(NotMember):
        desk.hand_offs.to_return(number, by=TOM)
    assert desk.hand_offs.to_return(number, by=BEN).id == number


def test_who_is_offered_a_colleague_s_case_by_their_lead_and_who_had_it_both_hear(
    desk: TestDesk,
) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.hand_offs.to_person(number, BEN, "you know her", by=DORA)
    assert places(desk, number, "taken_from") == [f"person:{ANN}"]
    assert places(desk, number, "hand_off_offer") == [f"person:{BEN}"]
    assert desk.whats(number)[-1] is What.HANDED_OFF
