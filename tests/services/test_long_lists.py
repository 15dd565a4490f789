"""A list that is cut says how many more there are, and how they are reached."""

import pytest

from bot.domain.ids import CaseId
from bot.domain.incident import Severity
from bot.services.desk_page import desk_page
from bot.views.case_forms import close_preview
from bot.views.desk_lists import all_members, changes
from bot.views.lists import found
from tests.company import ANN, EVE
from tests.desk import TestDesk


@pytest.fixture
def busy(desk: TestDesk) -> TestDesk:
    """262 cases are open."""
    for _ in range(262):
        desk.post("the same bag")
    return desk


def said(blocks: object) -> str:
    return str(blocks)


def test_the_page_counts_all_open_cases_and_has_a_next_page(busy: TestDesk) -> None:
    first, second = desk_page(busy.kernel), desk_page(busy.kernel, 2)

    assert (first.total, len(first.rows), first.after) == (262, 200, 62)
    assert (second.total, len(second.rows), second.before) == (262, 62, 200)
    assert {row.case for row in (*first.rows, *second.rows)} == {
        CaseId(n) for n in range(1001, 1263)
    }
    assert desk_page(busy.kernel, 99).rows == second.rows


def test_closing_more_than_two_hundred_says_how_many_stay_open(busy: TestDesk) -> None:
    form = close_preview(busy.boards.closable("words:bag", by=ANN))

    assert "… and 62 more. They stay open; type the same command again" in said(form)


def test_a_search_counts_what_it_does_not_show(busy: TestDesk) -> None:
    shown = found(busy.boards.find("words:bag", by=ANN))

    assert "… and 222 more. One more condition finds fewer" in said(shown.blocks)


def test_a_search_that_finds_all_says_nothing_of_more(desk: TestDesk) -> None:
    desk.post("the same bag")

    assert "more" not in said(found(desk.boards.find("words:bag", by=ANN)).blocks)


def test_older_changes_are_counted_and_reached(desk: TestDesk) -> None:
    for n in range(45):
        desk.administration.add_department(f"d{n}", f"care-d{n}", f"D {n}", by=EVE)

    newest = desk.administration.changes(by=EVE)
    drawn = changes(newest, desk.now, desk.administration.older_changes(newest[-1].id))
    older = desk.administration.changes(by=EVE, before=newest[-1].id)

    assert f"… and 25 more. `/desk changes {newest[-1].id}` shows those before" in said(drawn)
    assert [one.id for one in older] == list(range(newest[-1].id - 1, newest[-1].id - 21, -1))


def test_members_of_many_departments_are_cut_between_departments(desk: TestDesk) -> None:
    for n in range(36):
        desk.administration.add_department(f"d{n}", f"care-d{n}", f"D {n}", by=EVE)

    drawn = all_members(desk.administration.members(None, by=EVE))

    assert "`/desk members DEPARTMENT` shows one of them" in said(drawn.blocks[-1])
    assert len(drawn.blocks) <= 50


def test_all_open_incidents_are_listed_and_the_others_counted(desk: TestDesk) -> None:
    for n in range(25):
        desk.incidents.declare(f"Fire {n}", Severity.SEV3, by=ANN)

    shown = desk.incidents.all(by=ANN)

    assert len(shown) == desk.incidents.count() == 25
