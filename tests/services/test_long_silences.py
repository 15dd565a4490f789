"""What nobody answers for days, and what a desk that was down for a night says first."""

from bot.domain.ids import CaseId
from bot.domain.timeline import What
from tests.company import CEM, DORA
from tests.desk import TestDesk


def whys(desk: TestDesk, number: CaseId) -> list[str]:
    return [why for why, _ in desk.pings(number)]


def test_what_is_unanswered_for_72_hours_raises_its_own_alarm_once(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_and_watch("71h", every="30m")
    before = whys(desk, number)
    desk.pass_and_watch("3h", every="30m")

    alarm = desk.pings(number)[len(before) :]
    assert alarm == [("unanswered for 72 hours", [CEM, DORA])]
    assert desk.whats(number).count(What.HANGING) == 1


def test_what_waits_for_the_customer_hangs_nowhere(desk: TestDesk) -> None:
    number = desk.post()
    desk.answer(number)
    desk.pass_and_watch("80h", every="1h")

    assert desk.pings(number) == []


def test_after_a_long_night_one_ping_stands_and_the_steps_count_from_now(
    staffed: TestDesk,
) -> None:
    number = staffed.post()
    staffed.pass_time("20h")

    staffed.watch.sweep()
    assert whys(staffed, number) == ["on-call"]
    assert What.WARNED not in staffed.whats(number)[:2]
    staffed.watch.sweep()
    staffed.pass_time("9m", sweep=True)
    assert whys(staffed, number) == ["on-call"]
    staffed.pass_time("1m", sweep=True)
    assert whys(staffed, number) == ["on-call", "second"]
    staffed.pass_and_watch("1h", every="10m")
    assert whys(staffed, number) == ["on-call", "second", "team", "lead"]


def test_after_a_night_during_the_climbing_no_step_is_said_twice(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)

    staffed.pass_time("25m", sweep=True)
    staffed.watch.sweep()
    assert whys(staffed, number) == ["on-call", "team"]
    assert What.NOT_CALLED in staffed.whats(number)
    staffed.pass_time("5m", sweep=True)
    assert whys(staffed, number) == ["on-call", "team", "lead"]
