"""In which order cases wait, and what a snooze does to it."""

from datetime import timedelta

import pytest

from bot.domain.durations import Duration, hours, parse_duration
from bot.domain.errors import NotMember
from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.domain.timeline import What
from bot.services.desk_page import desk_page
from tests.company import ANN, BEN, NINE_TO_FIVE, SERVICE, TECHNICAL, TOM
from tests.desk import TestDesk

DAY = parse_duration("1d")


def queue(desk: TestDesk) -> list[CaseId]:
    return [line.case.id for line in desk.boards.queue(SERVICE, by=ANN).lines]


@pytest.fixture
def waiting(desk: TestDesk) -> list[CaseId]:
    """Of each sort some, in the queue's order; urgent ones have the longest time."""
    desk.target(priority="urgent", first_response="20h", resolution="20h")
    desk.target(priority="high", first_response="10h", resolution="10h")
    suitcase = desk.post("a lost suitcase")
    desk.pass_time("1m")
    low = desk.post("any news?", priority=Priority.LOW)
    high = desk.post("the gate is closing", priority=Priority.HIGH)
    insulin, same = (
        desk.post(f"insulin until tomorrow {n}", priority=Priority.URGENT) for n in range(2)
    )
    return [insulin, same, high, suitcase, low]


def test_the_urgent_wait_first_then_the_earlier_deadline_then_the_older(
    desk: TestDesk, waiting: list[CaseId]
) -> None:
    assert queue(desk) == waiting


def test_so_do_one_s_own_cases_and_the_page_for_when_slack_is_down(
    desk: TestDesk, waiting: list[CaseId]
) -> None:
    assert [row.case for row in desk_page(desk.kernel).rows] == waiting
    for case in reversed(waiting):
        desk.casework.claim(case, by=ANN)
    assert [line.case.id for line in desk.boards.mine(by=ANN).lines] == waiting


def test_so_do_the_cases_that_are_offered_to_somebody(
    desk: TestDesk, waiting: list[CaseId]
) -> None:
    for case in reversed(waiting):
        desk.hand_offs.to_person(case, BEN, "please", by=ANN)
    assert [line.case.id for line in desk.boards.mine(by=BEN).offered] == waiting


# A snooze


def test_a_day_is_24_hours_wherever_the_department_is(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE)
    case = desk.post()

    desk.casework.snooze(case, DAY, by=ANN)
    assert desk.case(case).snoozed_until == desk.now + timedelta(hours=24)

    desk.casework.snooze(case, Duration(business_days=1), by=ANN)
    assert desk.case(case).snoozed_until == desk.now + timedelta(hours=24)
    desk.pass_time("4d")  # it is Friday
    desk.casework.snooze(case, Duration(business_days=1), by=ANN)
    assert desk.case(case).snoozed_until == desk.now + timedelta(days=3)


def test_what_is_snoozed_stands_in_no_queue_and_is_counted(desk: TestDesk) -> None:
    snoozed, awake = desk.post("one"), desk.post("two")
    desk.casework.snooze(snoozed, DAY, by=ANN)

    board = desk.boards.queue(SERVICE, by=ANN)
    assert [line.case.id for line in board.lines] == [awake]
    assert (board.total_open, board.free, board.asleep) == (2, 1, 1)
    found = desk.boards.find("is:snoozed is:unclaimed", by=ANN).lines
    assert [line.case.id for line in found] == [snoozed]

    desk.pass_time("24h", sweep=True)
    assert queue(desk) == [snoozed, awake]


def test_what_somebody_has_snoozed_stands_last_in_their_list(desk: TestDesk) -> None:
    first, second = desk.post("one"), desk.post("two")
    for case in (first, second):
        desk.casework.claim(case, by=ANN)
    desk.casework.snooze(first, DAY, by=ANN)

    assert [line.case.id for line in desk.boards.mine(by=ANN).lines] == [second, first]


@pytest.mark.parametrize("wakes", ["escalate", "urgent", "release", "hand off", "route"])
def test_whoever_moves_a_snoozed_case_wakes_it(desk: TestDesk, wakes: str) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.casework.snooze(number, DAY, by=ANN)

    match wakes:
        case "escalate":
            desk.casework.escalate(number, "it burns", by=ANN)
        case "urgent":
            desk.casework.prioritise(number, Priority.URGENT, by=ANN)
        case "release":
            desk.casework.release(number, by=ANN)
        case "hand off":
            desk.hand_offs.to_department(number, TECHNICAL, "please", by=ANN)
        case "route":
            desk.casework.route(number, TECHNICAL, by=ANN)

    assert desk.case(number).snoozed_until is None


def test_a_snoozed_case_keeps_its_promises(desk: TestDesk) -> None:
    case = desk.post()
    desk.casework.snooze(case, DAY, by=ANN)

    desk.pass_time("1h", sweep=True)

    assert What.BREACHED in desk.whats(case)
    assert desk.case(case).snoozed_until
    with pytest.raises(NotMember):
        desk.casework.snooze(case, hours(1), by=TOM)
