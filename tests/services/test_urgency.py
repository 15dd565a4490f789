"""How soon a case is seen to: snoozed, another priority, escalated; promises go on."""

from datetime import timedelta

import pytest

from bot.domain.durations import hours
from bot.domain.errors import (
    NothingToChange,
)
from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import (
    ANN,
    CEM,
    DORA,
    TOM,
)  # fmt: skip
from tests.desk import TestDesk


def test_a_snooze_hides_the_case_and_stops_no_promise(desk: TestDesk) -> None:
    number = desk.post()
    before = desk.clocks(number)

    desk.casework.snooze(number, hours(2), by=ANN)
    assert desk.case(number).snoozed_until == desk.now + timedelta(hours=2)
    assert desk.clocks(number) == before
    desk.pass_time("2h", sweep=True)

    assert desk.case(number).snoozed_until is None
    assert {What.WOKE, What.BREACHED} <= set(desk.whats(number))


def test_a_word_of_the_customer_wakes_a_case_for_good(desk: TestDesk) -> None:
    post = desk.a_post()
    desk.receive(post)
    desk.casework.snooze(CaseId(1001), hours(2), by=ANN)

    desk.post("anybody?", in_reply_to=post.id)

    assert desk.case(1001).snoozed_until is None
    desk.pass_time("2h", sweep=True)
    assert What.WOKE not in desk.whats(1001)


def test_another_priority_has_other_targets_and_the_same_start(desk: TestDesk) -> None:
    desk.target(priority="urgent", first_response="20m")
    number = desk.post()
    started = desk.now
    desk.pass_time("5m")

    desk.casework.prioritise(number, Priority.URGENT, by=ANN)

    run = desk.clocks(number)[Promise.FIRST_RESPONSE]
    assert (run.started_at, run.due_at) == (started, started + timedelta(minutes=20))
    assert desk.timers(number)[f"{run.name}:breach"] == run.due_at
    with pytest.raises(NothingToChange):
        desk.casework.prioritise(number, Priority.URGENT, by=ANN)


def test_escalating_calls_who_is_on_duty_by_name(desk: TestDesk) -> None:
    number = desk.post()

    desk.casework.escalate(number, "a bomb", by=ANN)

    [(why, people)] = desk.pings(number)
    assert people == [CEM]
    assert ANN in why
    assert desk.case(number).escalated == "a bomb"
    assert desk.whats(number) == [What.OPENED, What.ESCALATED, What.PINGED]


def test_escalating_with_nobody_on_duty_stands_there_naming_nobody(desk: TestDesk) -> None:
    desk.rota()
    number = desk.post()

    desk.casework.escalate(number, "a bomb", by=ANN)

    [(_, people)] = desk.pings(number)
    assert people == []


def test_the_first_rung_is_the_lead_in_a_direct_message(desk: TestDesk) -> None:
    number = desk.post()

    assert desk.casework.tell_lead(number, "look here", by=ANN) == DORA

    assert desk.notes(number) == ["escalated"]
    assert desk.pings(number) == []
    with pytest.raises(NothingToChange, match="no lead"):
        desk.casework.tell_lead(desk.post("the app"), "look", by=TOM)


def test_calls_to_the_lead_within_ten_minutes_are_one_message(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.tell_lead(number, "look here", by=ANN)

    with pytest.raises(NothingToChange, match="just now"):
        desk.casework.tell_lead(number, "look here", by=ANN)
    desk.casework.tell_lead(number, "look at this too", by=ANN)
    assert desk.notes(number) == ["escalated"]

    desk.pass_time("10m")
    desk.casework.tell_lead(number, "look here", by=ANN)
    assert desk.notes(number) == ["escalated"] * 2
