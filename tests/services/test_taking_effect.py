"""A change of the set-up reaches the promises that are open: from their own start, told once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tomli_w

from bot.domain.durations import parse_duration
from bot.domain.effects import Kind
from bot.domain.errors import NothingToChange
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.first_start import apply_files
from bot.services.policies import SlaOrder
from tests.company import ANN, CEM, EVE, NINE_TO_FIVE, PR, SALES, SERVICE, SUE, TECHNICAL, TRIAGE
from tests.desk import TestDesk

FIRST, NEXT, RESOLUTION = Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE, Promise.RESOLUTION


def promise(desk: TestDesk, promise: Promise, length: str) -> int:
    """`/sla set service …`, and a look of the clock; the number of the change."""
    order = SlaOrder(SERVICE, promise, parse_duration(length))
    number = desk.policies.set_promise(order, by=EVE).number or 0
    desk.watch.sweep()
    return number


def due(desk: TestDesk, number: int, promise: Promise) -> datetime | None:
    return desk.clocks(number)[promise].due_at


def only_sales_promises(desk: TestDesk) -> None:
    target = {"department": "sales", "first_response": "1h", "resolution": "1d"}
    desk.put("sla", {**desk.document("sla"), "target": [target]})


# Other targets


def test_another_target_counts_from_the_start_of_the_promise(desk: TestDesk) -> None:
    ours, theirs = desk.post(), desk.post("the app")
    opened = desk.now
    desk.pass_time("5m")

    promise(desk, FIRST, "20m")

    assert due(desk, ours, FIRST) == opened + timedelta(minutes=20)
    assert due(desk, theirs, FIRST) == opened + timedelta(hours=1)
    assert desk.whats(ours)[-1] is What.PROMISE
    assert What.PROMISE not in desk.whats(theirs)


def test_the_card_of_a_case_with_another_deadline_is_drawn_again(desk: TestDesk) -> None:
    number = desk.post()
    (before,) = desk.messages(number, Kind.CARD)

    promise(desk, FIRST, "20m")

    (after,) = desk.messages(number, Kind.CARD)
    assert after.wanted == before.wanted + 1


def test_undoing_the_change_puts_the_deadline_back(desk: TestDesk) -> None:
    number = desk.post()
    before = (desk.clocks(number), desk.timers(number))

    desk.administration.undo(promise(desk, FIRST, "20m"), by=EVE)
    desk.watch.sweep()

    assert (desk.clocks(number), desk.timers(number)) == before


def test_a_breach_that_was_told_stays_told(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("1h", sweep=True)
    broken = desk.clocks(number)[FIRST]

    promise(desk, FIRST, "4h")
    desk.pass_and_watch("5h", every="5m")

    assert desk.clocks(number)[FIRST] == broken
    assert desk.whats(number).count(What.BREACHED) == 1
    assert desk.pings(number)[0] == ("on-call", [CEM])


def test_who_was_warned_is_warned_again_only_before_another_deadline(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("50m", sweep=True)

    promise(desk, FIRST, "55m")
    desk.watch.sweep()

    assert desk.whats(number).count(What.WARNED) == 1
    desk.pass_time("5m", sweep=True)
    assert desk.whats(number).count(What.BREACHED) == 1


def test_a_solution_that_waits_for_the_customer_goes_on_waiting(desk: TestDesk) -> None:
    number = desk.post(conversation="t")
    opened = desk.now
    desk.answer(number)
    waited_from = desk.now

    promise(desk, RESOLUTION, "2d")
    assert due(desk, number, RESOLUTION) is None
    desk.pass_time("3h")
    desk.post("still not here", conversation="t")

    waited = desk.now - waited_from
    assert due(desk, number, RESOLUTION) == opened + timedelta(days=2) + waited


def test_what_is_promised_only_now_is_counted_from_now_on(desk: TestDesk) -> None:
    only_sales_promises(desk)
    number = desk.post()
    assert desk.running(number) == set()
    desk.pass_time("2d")

    promise(desk, FIRST, "30m")

    assert due(desk, number, FIRST) == desk.now + timedelta(minutes=30)


# Other hours and holidays


def test_other_hours_and_holidays_in_a_file_move_open_deadlines(
    desk: TestDesk, tmp_path: Path
) -> None:
    desk.pass_time("7h30m")  # 16:30 of a Monday
    number, opened = desk.post(), desk.now
    assert due(desk, number, FIRST) == opened + timedelta(hours=1)

    lay_down(desk, tmp_path, hours=NINE_TO_FIVE, holidays=["2026-03-03 Carnival"])

    assert due(desk, number, FIRST) == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    desk.pass_time("2h", sweep=True)
    assert desk.pings(number) == []


def test_what_a_file_leaves_out_gives_its_open_cases_to_triage(
    desk: TestDesk, tmp_path: Path
) -> None:
    number = desk.post()
    desk.hand_offs.to_department(number, PR, "a journalist", by=ANN)

    lay_down(desk, tmp_path, without=PR)

    assert PR not in [one["key"] for one in desk.document("departments")["department"]]
    assert desk.case(number).department == TRIAGE


def test_triage_stays_whatever_a_file_leaves_out(desk: TestDesk, tmp_path: Path) -> None:
    desk.rules()
    with pytest.raises(NothingToChange, match="Triage cannot be removed"):
        lay_down(desk, tmp_path, without=TRIAGE)


def lay_down(desk: TestDesk, folder: Path, *, without: str = "", **service: object) -> None:
    """`config apply` of the set-up in force, with service's table changed."""
    for area in ("departments", "routing", "sla", "on_call"):
        document = desk.document(area)
        if area == "departments":
            document["department"] = [
                one | service if one["key"] == SERVICE else one
                for one in document["department"]
                if one["key"] != without
            ]
        (folder / f"{area}.toml").write_text(tomli_w.dumps(document), encoding="utf-8")
    apply_files(desk.kernel, folder)
    desk.watch.sweep()


# Into a department that promises more


def test_a_case_that_moves_to_where_something_is_promised_gets_its_clocks(desk: TestDesk) -> None:
    only_sales_promises(desk)
    number = desk.post()
    desk.pass_time("2d")

    desk.hand_offs.to_department(number, SALES, "yours", by=ANN)
    desk.hand_offs.accept(number, by=SUE)

    assert due(desk, number, FIRST) == desk.now + timedelta(hours=1)
    assert due(desk, number, RESOLUTION) == desk.now + timedelta(days=1)
    desk.pass_time("1h", sweep=True)
    assert desk.pings(number) == [("on-call", [CEM])]


def test_an_answered_one_owes_no_answer_there_and_its_solution_waits(desk: TestDesk) -> None:
    only_sales_promises(desk)
    number = desk.post(conversation="t")
    desk.answer(number)

    desk.hand_offs.to_department(number, SALES, "yours", by=ANN)
    desk.hand_offs.accept(number, by=SUE)

    assert desk.running(number) == {RESOLUTION}
    assert due(desk, number, RESOLUTION) is None
    desk.post("and now?", conversation="t")
    assert due(desk, number, RESOLUTION) == desk.now + timedelta(days=1)


def test_a_broken_promise_is_pinged_on_also_where_nothing_is_promised(desk: TestDesk) -> None:
    sla = desk.document("sla")
    desk.put("sla", {**sla, "target": [{"department": "service", "first_response": "1h"}]})
    number = desk.post()
    desk.pass_time("1h", sweep=True)

    desk.hand_offs.to_department(number, TECHNICAL, "yours", by=ANN)
    desk.pass_and_watch("25m")

    assert len(desk.pings(number)) == 2  # with nobody at the second level, the team is next
    assert desk.running(number) == {FIRST}
