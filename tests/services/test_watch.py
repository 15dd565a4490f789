"""What falls due: warned, broken, pinged once, climbing until somebody has it or it is answered."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.durations import minutes
from bot.domain.errors import AlreadyAcknowledged, NothingToAcknowledge, NotResponder
from bot.domain.ids import CaseId
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import (
    ANN,
    BEN,
    CEM,
    DORA,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    email_of,
)  # fmt: skip
from tests.desk import TestDesk


def whys(desk: TestDesk, number: CaseId) -> list[str]:
    return [why for why, _ in desk.pings(number)]


def matter(desk: TestDesk, number: CaseId) -> str:
    return desk.clocks(number)[Promise.FIRST_RESPONSE].name


# Breaches and climbing


def test_at_the_deadline_who_is_on_duty_is_pinged_exactly_once(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("59m59s", sweep=True)
    assert desk.pings(number) == []

    desk.pass_time("1s", sweep=True)
    desk.watch.sweep()
    desk.pass_time("1m", sweep=True)

    assert desk.pings(number) == [("on-call", [CEM])]
    assert desk.clocks(number)[Promise.FIRST_RESPONSE].breached_at is not None
    assert desk.whats(number).count(What.BREACHED) == 1


def test_unanswered_it_climbs_at_10_20_and_30_minutes_and_then_ends(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)
    climbed = []
    for _ in range(50):
        staffed.pass_time("1m", sweep=True)
        climbed.append(len(staffed.pings(number)))

    assert staffed.pings(number) == [
        ("on-call", [CEM]),
        ("second", [TOM]),
        ("team", [CEM, TOM, SUE]),
        ("lead", [DORA]),
    ]
    assert [climbed[9], climbed[8], climbed[19], climbed[29], climbed[49]] == [2, 1, 3, 4, 4]


def test_an_acknowledgement_stops_the_climbing(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)
    staffed.pass_time("5m")

    staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)
    staffed.pass_and_watch("25m", every="5m")

    assert whys(staffed, number) == ["on-call"]
    assert What.ACKNOWLEDGED in staffed.whats(number)
    assert staffed.clocks(number)[Promise.FIRST_RESPONSE].is_running
    with pytest.raises(AlreadyAcknowledged, match=CEM):
        staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)


def test_acknowledged_and_then_nothing_calls_once_more_and_then_a_step_up(
    staffed: TestDesk,
) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)
    staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)

    staffed.pass_and_watch("30m", every="5m")
    assert staffed.pings(number)[1:] == [("acknowledged, and no answer since", [CEM])]
    staffed.pass_and_watch("30m", every="5m")
    assert staffed.pings(number)[2:] == [("second", [TOM])]
    staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)


def test_the_step_up_goes_on_when_nobody_acknowledges_it_and_ends_by_itself(
    staffed: TestDesk,
) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)
    staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)
    staffed.pass_and_watch("12h", every="5m")

    assert [why.split(",")[0] for why in whys(staffed, number)] == [
        "on-call", "acknowledged", "second", "team", "lead",
    ]  # fmt: skip


def test_whoever_acknowledges_at_each_step_no_step_is_taken_twice(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)
    for _ in range(200):
        with suppress(AlreadyAcknowledged):
            staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)
        staffed.pass_time("5m", sweep=True)

    told = [why.split(",")[0] for why in whys(staffed, number)]
    assert told == [
        "on-call", "acknowledged", "second", "acknowledged", "team", "acknowledged", "lead",
        "acknowledged",
    ]  # fmt: skip


def test_an_answer_or_a_close_ends_it(staffed: TestDesk) -> None:
    answered, closed = staffed.post(by="@a"), staffed.post(by="@b")
    staffed.pass_time("1h", sweep=True)
    for number in (answered, closed):
        staffed.watch.acknowledge(number, matter(staffed, number), by=CEM)
    staffed.answer(answered)
    staffed.closings.no_reply(closed, by=ANN)
    staffed.pass_and_watch("2h", every="5m")

    assert [whys(staffed, number) for number in (answered, closed)] == [["on-call"]] * 2


def test_so_it_is_where_somebody_has_escalated(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.casework.escalate(number, "the press", by=ANN)
    name = f"escalated:{staffed.case(number).version}"
    staffed.watch.acknowledge(number, name, by=CEM)
    staffed.answer(staffed.post(by="@other"))

    staffed.pass_and_watch("55m", every="5m")
    assert [people for _, people in staffed.pings(number)] == [[CEM], [CEM]]
    staffed.pass_time("5m", sweep=True)
    assert [people for _, people in staffed.pings(number)][2] == [TOM]


def test_only_responders_acknowledge_and_only_what_was_pinged(desk: TestDesk) -> None:
    number = desk.post()

    with pytest.raises(NothingToAcknowledge):
        desk.watch.acknowledge(number, matter(desk, number), by=CEM)
    desk.pass_time("1h", sweep=True)
    with pytest.raises(NotResponder):
        desk.watch.acknowledge(number, matter(desk, number), by=ANN)


def test_a_claim_does_not_stop_the_climbing(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)

    staffed.casework.claim(number, by=ANN)
    staffed.pass_and_watch("10m", every="5m")

    assert whys(staffed, number) == ["on-call", "second"]


def test_a_delivered_answer_does(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)

    staffed.answer(number)
    staffed.pass_and_watch("1h", every="5m")

    assert whys(staffed, number) == ["on-call"]


def test_with_nobody_on_duty_it_stands_there_once_naming_nobody(desk: TestDesk) -> None:
    desk.rota()
    number = desk.post("the app is gone")

    desk.pass_time("1h", sweep=True)
    desk.pass_and_watch("1h", every="10m")

    assert desk.pings(number) == [("on-call", [])]


def test_a_person_who_is_gone_is_not_pinged(desk: TestDesk) -> None:
    desk.rota({"person": email_of(CEM)}, {"person": email_of(BEN)})
    desk.gone(CEM)
    number = desk.post()

    desk.pass_time("1h", sweep=True)

    assert desk.pings(number) == [("on-call", [BEN])]


def test_a_hand_off_does_not_stop_a_climbing_breach(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("1h", sweep=True)

    staffed.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    staffed.pass_time("10m", sweep=True)

    assert whys(staffed, number) == ["on-call", "second"]


def test_a_bounce_and_a_breach_of_one_instant_end_right(staffed: TestDesk) -> None:
    number = staffed.post()
    staffed.pass_time("45m")
    staffed.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    staffed.pass_time("15m", sweep=True)
    staffed.watch.sweep()

    assert staffed.case(number).department == SERVICE
    assert staffed.whats(number).count(What.BREACHED) == 1
    assert whys(staffed, number) == ["on-call"]
    assert staffed.clocks(number)[Promise.FIRST_RESPONSE].department == SERVICE


def test_a_snooze_and_a_bounce_of_one_instant_end_right(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.snooze(number, minutes(15), by=ANN)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    desk.pass_time("15m", sweep=True)

    case = desk.case(number)
    assert (case.department, case.snoozed_until, case.hand_off) == (SERVICE, None, None)


def test_a_bounce_pushes_no_deadline_away(desk: TestDesk) -> None:
    desk.target(department="technical", first_response="30m")
    number = desk.post()
    desk.pass_time("15m")
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    desk.pass_time("15m", sweep=True)

    assert desk.whats(number)[-3:] == [What.BOUNCED, What.BREACHED, What.PINGED]
    assert desk.case(number).department == SERVICE


# The door


def test_a_closed_case_is_left_alone(desk: TestDesk) -> None:
    number = desk.post()
    desk.closings.no_reply(number, by=ANN)

    desk.pass_and_watch("80h", every="10h")

    assert desk.pings(number) == []
    assert desk.watch.next_at() is None


def test_the_next_moment_is_known_and_a_sweep_before_it_does_nothing(desk: TestDesk) -> None:
    desk.post()

    assert desk.watch.next_at() == desk.now + timedelta(minutes=45)
    assert desk.watch.sweep() == 0


def test_more_than_one_batch_is_swept_at_once(desk: TestDesk) -> None:
    numbers = [desk.post(by=f"@a{n}") for n in range(1100)]
    desk.pass_time("45m", sweep=True)
    desk.pass_time("15m")

    assert desk.watch.sweep() == 1100
    assert {len(desk.pings(number)) for number in numbers} == {1}
