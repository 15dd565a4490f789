"""Figures of a desk that has lived: equal to a second count, and with the cases behind them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NoSuchDepartment, NotMember
from bot.domain.ids import DepartmentKey
from bot.domain.report import Period
from bot.services.figures import Asked, Figures
from tests.company import ANN, BOB, SERVICE, SUE
from tests.desk import TestDesk
from tests.own_log import a_log_of_its_own
from tests.proof.figures import compare
from tests.proof.month import Month

WEEK = timedelta(days=7)


@pytest.fixture
def figures(desk: TestDesk) -> Figures:
    return Figures(desk.kernel)


def test_what_is_reported_is_what_a_second_count_of_the_exports_finds(tmp_path: Path):
    month = Month(tmp_path / "desk.db", cases=40, seed=7)
    month.live()
    with a_log_of_its_own():
        compared, found = compare(tmp_path / "desk.db", month)
    assert compared > 50
    assert found == []


def test_the_last_days_as_a_member_sees_them(desk: TestDesk, figures: Figures):
    case = desk.post()
    desk.pass_time("9m50s")
    desk.answer(case)
    desk.pass_time("1h")
    report = figures.since(WEEK, by=ANN)
    assert report.figure("first_response_time").value == 600
    assert report.figure("open").value == 1


def test_who_belongs_to_no_department_sees_no_figures(figures: Figures):
    with pytest.raises(NotMember):
        figures.since(WEEK, by=BOB)


def test_a_department_nobody_knows_is_refused(desk: TestDesk, figures: Figures):
    with pytest.raises(NoSuchDepartment):
        figures.report(Period(desk.now - WEEK, desk.now), DepartmentKey("nowhere"))


def test_a_departments_report_is_of_the_cases_that_are_its_own(desk: TestDesk, figures: Figures):
    desk.post()
    desk.post("I want to buy")
    desk.pass_time("1m")
    period = Period(desk.now - WEEK, desk.now)
    assert figures.report(period).figure("cases").value == 2
    assert figures.report(period, SERVICE).figure("cases").value == 1


def test_behind_a_figure_are_its_cases_where_the_asker_works(desk: TestDesk, figures: Figures):
    slow, fast = desk.post(), desk.post(by="@joe")
    desk.post("I want to buy")
    desk.answer(fast)
    desk.pass_time("1h")
    desk.answer(slow)
    desk.pass_time("1m")
    period = Period(desk.now - WEEK, desk.now)
    board = figures.behind(Asked("first_response_time", None, period), by=ANN)
    assert [line.case.id for line in board.lines] == [slow, fast]
    still_open = figures.behind(Asked("open", None, period), by=SUE)
    assert (still_open.mine, still_open.total) == (1, 3)


def test_a_case_closed_since_was_open_when_the_period_ended(desk: TestDesk, figures: Figures):
    desk.post()
    desk.pass_time("1h")
    noon = desk.now
    desk.pass_time("1h")
    desk.closings.no_reply(desk.post(), by=ANN)
    desk.pass_time("1m")
    at_noon = figures.report(Period(noon - timedelta(minutes=1), noon))
    assert (at_noon.figure("open").value, at_noon.figure("cases").value) == (1, 0)
