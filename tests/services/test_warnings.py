"""Before a promise slips its owner or department hears of it, and rapid response does not."""

from bot.domain.effects import Kind
from bot.domain.ids import CaseId
from bot.domain.timeline import What
from tests.company import ANN, MARKETING, NINE_TO_FIVE, SERVICE, TECHNICAL
from tests.desk import TestDesk


def warned(desk: TestDesk, number: CaseId) -> list[str]:
    return [message.place for message in desk.messages(number, Kind.WARNING)]


def test_before_the_deadline_the_department_is_warned_and_nobody_pinged(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("44m", sweep=True)
    assert warned(desk, number) == []

    desk.pass_time("1m", sweep=True)

    assert warned(desk, number) == [f"department:{SERVICE}"]
    assert desk.pings(number) == []
    assert desk.whats(number) == [What.OPENED, What.WARNED]


def test_the_owner_is_warned_where_there_is_one(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)

    desk.pass_time("45m", sweep=True)

    assert warned(desk, number) == [f"person:{ANN}"]


def test_a_closed_department_s_cover_is_warned_as_well(desk: TestDesk) -> None:
    desk.department("technical", hours=NINE_TO_FIVE, cover="service")
    desk.target(department="technical", hours="always")
    desk.pass_time("10h")
    number = desk.post("the app is gone")

    desk.pass_time("45m", sweep=True)

    assert set(warned(desk, number)) == {f"department:{TECHNICAL}", f"department:{SERVICE}"}


def test_who_gets_a_case_after_its_warning_is_warned_too(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("50m", sweep=True)

    desk.hand_offs.to_department(number, MARKETING, "yours?", by=ANN)
    desk.watch.sweep()

    assert set(warned(desk, number)) == {f"department:{SERVICE}", f"department:{MARKETING}"}
