"""One person's home tab: theirs, their queues, today against usual, and what is missing."""

from datetime import timedelta

import pytest

from bot.domain.figure_boards import HomeBoard
from bot.domain.ids import MemberId
from bot.services.home import Home
from tests.company import ANN, BOB, EVE, SERVICE, SUE
from tests.desk import TestDesk


@pytest.fixture
def home(desk: TestDesk) -> Home:
    return Home(desk.kernel, desk.boards, desk.administration)


def today(board: HomeBoard) -> dict[str, tuple[float | None, float | None]]:
    assert board.today is not None
    return {one.figure.kpi.name: (one.figure.value, one.usual) for one in board.today.figures}


def a_day(desk: TestDesk, wait: str, *, by: MemberId = ANN) -> None:
    """A post at nine, answered and solved; then the clock stands at noon."""
    nine = desk.now
    case = desk.post()
    desk.pass_time(wait)
    desk.answer(case, by=by)
    desk.closings.solve(case, "found", by=by)
    desk.now = nine + timedelta(hours=3)


def test_an_agent_sees_their_cases_and_their_queues_and_no_set_up(desk: TestDesk, home: Home):
    mine, free = desk.post(), desk.post(by="@joe")
    desk.post("I want to buy")
    desk.casework.claim(mine, by=ANN)
    board = home.board(by=ANN)
    assert [line.case.id for line in board.mine.lines] == [mine]
    assert [queue.department.key for queue in board.queues] == [SERVICE]
    assert [line.case.id for line in board.queues[0].lines] == [free]
    assert board.steps is None


def test_the_queue_has_the_oldest_deadline_on_top(desk: TestDesk, home: Home):
    first = desk.post()
    desk.pass_time("10m")
    second = desk.post(by="@joe")
    assert [line.case.id for line in home.board(by=ANN).queues[0].lines] == [first, second]


def test_an_admin_sees_how_far_the_set_up_is(home: Home):
    steps = home.board(by=EVE).steps
    assert steps is not None
    assert len(steps) == 7


def test_who_belongs_nowhere_sees_an_empty_home(home: Home):
    board = home.board(by=BOB)
    assert (board.queues, board.today, board.steps) == ((), None, None)


def test_today_stands_beside_the_median_of_the_same_hours_of_four_weeks(desk: TestDesk, home: Home):
    monday = desk.now
    desk.now -= timedelta(days=40)
    a_day(desk, "1m")  # so that there is a desk before the four weeks
    for weeks, wait in ((4, "5m"), (3, "10m"), (2, "20m"), (1, "50m")):
        desk.now = monday - timedelta(weeks=weeks)
        a_day(desk, wait)
    desk.now = monday
    a_day(desk, "7m")
    found = today(home.board(by=ANN))
    assert found["first_response_time"] == (7 * 60 + 10, 15 * 60 + 10)
    assert found["open"] == (0, 0)


def test_two_weeks_are_too_little_to_say_what_is_usual(desk: TestDesk, home: Home):
    monday = desk.now
    for weeks in (2, 1, 0):
        desk.now = monday - timedelta(weeks=weeks)
        a_day(desk, "5m")
    assert today(home.board(by=ANN))["first_response_time"] == (310, None)


def test_today_begins_at_the_persons_own_midnight(desk: TestDesk, home: Home):
    with desk.store.transaction() as tx:
        person = tx.people.get(SUE)
        assert person is not None
        tx.people.put([type(person)(SUE, "Sue", person.email, time_zone="Asia/Tokyo")])
    desk.pass_time("5h")  # 14:00 UTC, 23:00 in Tokyo
    desk.post("I want to buy")
    desk.pass_time("2h")  # the next day there
    assert today(home.board(by=SUE))["open"] == (1, None)
    board = home.board(by=SUE)
    assert board.today is not None
    assert board.today.period.since == desk.now.replace(hour=15, minute=0)


def test_a_zone_that_this_machine_does_not_know_hides_nothing(desk: TestDesk, home: Home):
    with desk.store.transaction() as tx:
        person = tx.people.get(SUE)
        assert person is not None
        tx.people.put([type(person)(SUE, "Sue", person.email, time_zone="Mars/Olympus")])
    assert home.board(by=SUE).today is not None
