"""A hand-off is a contract: accepted, returned, or back after fifteen minutes."""

from datetime import timedelta

import pytest

from bot.domain.ask import Ask
from bot.domain.durations import parse_duration
from bot.domain.errors import (
    HandOffIsPending,
    NoAskOpen,
    NoHandOffPending,
    NoQueue,
    NotAssignee,
    NothingToChange,
    NotInDepartment,
    NotMember,
)
from bot.domain.ids import DepartmentKey
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.hand_offs import give_up_cases
from bot.services.policies import SlaOrder
from tests.company import (
    ANN,
    BEN,
    BOB,
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
)  # fmt: skip
from tests.desk import TestDesk


def test_the_receiver_has_the_card_at_once_and_accepts(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)

    offered = desk.hand_offs.to_department(number, TECHNICAL, "the app fails", by=ANN)

    assert (offered.department, offered.assignee) == (TECHNICAL, None)
    assert desk.cards(number) == {SERVICE, TECHNICAL}
    assert desk.notes(number) == ["handed_off"]
    assert desk.hand_offs.accept(number, by=TOM).assignee == TOM
    assert "hand_off" not in desk.timers(number)
    assert desk.whats(number)[-2:] == [What.HANDED_OFF, What.ACCEPTED]


def test_while_it_is_offered_it_is_accepted_or_returned_not_claimed(desk: TestDesk) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    with pytest.raises(HandOffIsPending):
        desk.casework.claim(number, by=TOM)
    with pytest.raises(HandOffIsPending):
        desk.hand_offs.to_department(number, SALES, "or yours?", by=TOM)
    with pytest.raises(NotMember):
        desk.hand_offs.accept(number, by=ANN)


def test_a_returned_case_comes_to_its_sender_with_the_reason(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    case = desk.hand_offs.give_back(number, by=TOM, why="it is a billing matter")

    assert (case.department, case.assignee, case.hand_off) == (SERVICE, ANN, None)
    returned = desk.timeline(number)[-1]
    assert (returned.what, returned.data["why"]) == (What.RETURNED, "it is a billing matter")
    assert "hand_off" not in desk.timers(number)


def test_it_comes_to_the_queue_while_the_sender_s_department_is_closed(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE)
    number = desk.post()
    desk.pass_time("7h59m")
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.pass_time("2m")

    assert desk.hand_offs.give_back(number, by=TOM).assignee is None


def test_it_comes_to_the_queue_when_the_sender_has_left(desk: TestDesk) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.left("service", ANN)

    assert desk.hand_offs.give_back(number, by=TOM).assignee is None


def test_unanswered_it_is_back_after_15_minutes_and_the_lead_hears_of_it(desk: TestDesk) -> None:
    desk.department("technical", lead=email_of(TOM))
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.pass_time("14m", sweep=True)
    assert desk.case(number).department == TECHNICAL

    desk.pass_time("1m", sweep=True)

    case = desk.case(number)
    assert (case.department, case.assignee) == (SERVICE, ANN)
    assert desk.whats(number)[-1] is What.BOUNCED
    with desk.reading() as tx:
        told = {m.place for m in tx.outbox.of_case(number, "note") if m.args["say"] == "lapsed"}  # type: ignore[arg-type]
    assert told == {f"person:{ANN}", f"person:{TOM}"}


def test_the_15_minutes_are_counted_in_the_receiver_s_hours(desk: TestDesk) -> None:
    desk.department("technical", hours=NINE_TO_FIVE)
    desk.pass_time("7h55m")
    number = desk.post()

    offered = desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    assert offered.hand_off is not None
    assert offered.hand_off.due == desk.now + timedelta(hours=16, minutes=15)


def test_a_missing_need_is_named_and_never_refused(desk: TestDesk) -> None:
    desk.department("technical", handoff_needs=["booking reference", "app version"])
    number = desk.post()

    offer = desk.hand_offs.to_department(
        number, TECHNICAL, "Booking Reference AB12", by=ANN
    ).hand_off

    assert offer is not None
    assert offer.missing == ("app version",)


def test_to_a_colleague_here_only_they_may_accept(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)

    desk.hand_offs.to_person(number, BEN, "you know her", by=ANN)

    assert sorted(desk.notes(number)) == ["hand_off_offer", "handed_off"]
    with pytest.raises(NotAssignee):
        desk.hand_offs.accept(number, by=DORA)
    with pytest.raises(NotAssignee):
        desk.hand_offs.give_back(number, by=DORA)
    assert desk.hand_offs.accept(number, by=BEN).assignee == BEN


def test_to_a_person_elsewhere_the_case_goes_where_they_work(desk: TestDesk) -> None:
    number = desk.post()

    case = desk.hand_offs.to_person(number, TOM, "an app matter", by=ANN)

    assert case.department == TECHNICAL
    assert case.hand_off is not None
    assert case.hand_off.person == TOM
    with pytest.raises(NotInDepartment):
        desk.hand_offs.to_person(desk.post(), BOB, "yours?", by=ANN)


def test_only_the_assignee_or_the_lead_hands_off(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)

    with pytest.raises(NotAssignee):
        desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=BEN)
    assert desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=DORA).hand_off


def test_a_hand_off_goes_elsewhere_and_to_where_there_is_a_queue(desk: TestDesk) -> None:
    number = desk.post()

    with pytest.raises(NothingToChange):
        desk.hand_offs.to_department(number, SERVICE, "mine?", by=ANN)
    with pytest.raises(NoQueue):
        desk.hand_offs.to_department(number, DepartmentKey("legal"), "yours?", by=ANN)
    with pytest.raises(NoHandOffPending):
        desk.hand_offs.accept(number, by=ANN)


def test_the_customer_s_clock_goes_on_with_the_receiver_s_target(desk: TestDesk) -> None:
    desk.target(department="technical", first_response="20m")
    number = desk.post()
    opened = desk.now
    desk.pass_time("5m")

    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    run = desk.clocks(number)[Promise.FIRST_RESPONSE]
    assert (run.started_at, run.due_at) == (opened, opened + timedelta(minutes=20))
    desk.hand_offs.give_back(number, by=TOM)
    assert desk.clocks(number)[Promise.FIRST_RESPONSE].due_at == opened + timedelta(minutes=20)


def test_a_closed_department_s_hours_stretch_no_running_promise(desk: TestDesk) -> None:
    desk.department("marketing", hours=NINE_TO_FIVE)
    desk.pass_time("8d")  # a Tuesday
    desk.pass_time("10h")  # 19:00, when marketing is closed
    number = desk.post()
    due = desk.now + timedelta(hours=1)
    desk.pass_time("1m")

    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)

    assert desk.clocks(number)[Promise.FIRST_RESPONSE].due_at == due
    assert desk.timers(number)[_breach(desk, number)] == due
    receipt = desk.boards.receipt(number, by=SUE)
    assert desk.clocks(number)[Promise.FIRST_RESPONSE].name in receipt.kept


def _breach(desk: TestDesk, number: int) -> str:
    return f"{desk.clocks(number)[Promise.FIRST_RESPONSE].name}:breach"


@pytest.mark.parametrize("way", ["triage", "take over", "return", "bounce"])
def test_no_other_move_makes_a_promise_later_either(desk: TestDesk, way: str) -> None:
    desk.target(department="technical", first_response="20m")
    desk.target(department="marketing", first_response="4h", next_response="8h")
    number = desk.post("the app")
    due = desk.clocks(number)[Promise.FIRST_RESPONSE].due_at
    if way == "triage":
        desk.casework.route(number, MARKETING, by=TOM)
    elif way == "take over":
        with desk.store.transaction() as tx:
            tx.asks.put(Ask(number, MARKETING, ""))
        desk.casework.take_over(number, MARKETING, by=SUE)
    else:
        desk.hand_offs.to_department(number, MARKETING, "yours?", by=TOM)
        desk.hand_offs.give_back(number, by=SUE) if way == "return" else desk.pass_time(
            "15m", sweep=True
        )

    assert desk.clocks(number)[Promise.FIRST_RESPONSE].due_at == due


def test_a_receiver_without_a_target_ends_no_running_promise(desk: TestDesk) -> None:
    desk.put("sla", {"target": [{"department": "service", "first_response": "1h"}]})
    number = desk.post()
    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    assert Promise.FIRST_RESPONSE in desk.running(number)


def test_a_solution_that_waits_for_the_customer_is_no_later_after_a_move(desk: TestDesk) -> None:
    desk.department("marketing", hours=NINE_TO_FIVE)
    number = desk.post(conversation="talk")
    due = desk.clocks(number)[Promise.RESOLUTION].due_at
    desk.answer(number)
    waited = desk.now
    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    desk.pass_time("10h")
    desk.receive(desk.a_post("it is back", conversation="talk"))

    assert due is not None
    assert desk.clocks(number)[Promise.RESOLUTION].due_at == due + (desk.now - waited)


def test_other_terms_of_the_receiver_stretch_it_no_more_than_the_move_did(desk: TestDesk) -> None:
    number = desk.post()
    due = desk.clocks(number)[Promise.FIRST_RESPONSE].due_at
    desk.target(department="marketing", first_response="3h")
    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    order = SlaOrder(MARKETING, Promise.FIRST_RESPONSE, parse_duration("8h"))
    desk.policies.set_promise(order, by=EVE)
    desk.watch.sweep()

    assert desk.clocks(number)[Promise.FIRST_RESPONSE].due_at == due


def test_a_follower_that_gets_the_case_owns_it(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")

    desk.hand_offs.to_department(number, MARKETING, "all yours", by=SUE)
    assert desk.boards.case(number, by=SUE).card.asks == ()
    with pytest.raises(NoAskOpen):
        desk.casework.done(number, MARKETING, by=SUE)
    desk.hand_offs.accept(number, by=SUE)

    with desk.reading() as tx:
        assert tx.asks.of_case(number) == []


@pytest.mark.parametrize("way_back", ["return", "bounce"])
def test_a_follower_that_does_not_take_the_case_has_its_own_part_again(
    desk: TestDesk, way_back: str
) -> None:
    number = desk.post("I would buy ten")
    desk.hand_offs.to_department(number, MARKETING, "all yours", by=SUE)

    if way_back == "return":
        desk.hand_offs.give_back(number, by=SUE, why="not ours")
    else:
        desk.pass_time("15m", sweep=True)

    (ask,) = desk.boards.case(number, by=SUE).card.asks
    assert (ask.department, ask.is_open) == (MARKETING, True)
    desk.casework.done(number, MARKETING, by=SUE)
    assert desk.whats(number)[-1] is What.ASK_DONE


def test_assigning_an_offered_case_answers_the_offer(desk: TestDesk) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    assert desk.casework.assign(number, to=TOM, by=TOM).hand_off is None
    assert "hand_off" not in desk.timers(number)


# Somebody leaves


def test_what_a_person_held_where_they_worked_goes_back_to_the_queue(desk: TestDesk) -> None:
    held, offered, elsewhere = desk.post(), desk.post(), desk.post("the app")
    desk.casework.claim(held, by=ANN)
    desk.hand_offs.to_person(offered, ANN, "yours?", by=BEN)
    desk.casework.claim(elsewhere, by=TOM)
    desk.left("service", ANN)

    with desk.work() as work:
        give_up_cases(work, ANN)

    assert desk.case(held).assignee is None
    assert desk.notes(held) == ["left_queue"]
    returned = desk.case(offered)
    assert (returned.department, returned.assignee, returned.hand_off) == (SERVICE, BEN, None)
    assert desk.case(elsewhere).assignee == TOM


def test_a_deactivated_person_holds_nothing(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.gone(ANN)

    with desk.work() as work:
        give_up_cases(work, ANN)

    assert desk.case(number).assignee is None
