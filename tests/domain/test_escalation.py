"""Steps after a breach: in order, once each, and never without end."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.durations import Duration, minutes
from bot.domain.escalation import (
    DEFAULT_STEPS,
    MOST_STEPS,
    EscalationStep,
    Ping,
    PingKind,
    check_steps,
    next_step,
    parse_ping,
)
from bot.domain.ids import DepartmentKey

BREACH = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def test_a_breach_climbs_from_on_call_to_the_lead_in_half_an_hour() -> None:
    taken, climbed = 0, []
    while step := next_step(DEFAULT_STEPS, taken):
        climbed.append((str(step.ping), step.fires_at(BREACH) - BREACH))
        taken += 1
    assert climbed == [
        ("on-call", timedelta()),
        ("second", timedelta(minutes=10)),
        ("team", timedelta(minutes=20)),
        ("lead", timedelta(minutes=30)),
    ]


def test_after_the_last_step_nothing_follows() -> None:
    assert next_step(DEFAULT_STEPS, len(DEFAULT_STEPS)) is None
    assert next_step(DEFAULT_STEPS, 1000) is None
    assert next_step((), 0) is None


@pytest.mark.parametrize("written", ["on-call", "second", "team", "lead", "lead:sales", "channel"])
def test_a_ping_is_written_as_it_is_read(written: str) -> None:
    assert str(parse_ping(written)) == written


def test_the_lead_of_another_department_can_be_called() -> None:
    assert parse_ping(" Lead: sales ") == Ping(PingKind.LEAD, DepartmentKey("sales"))
    assert parse_ping("lead") == Ping(PingKind.LEAD)


@pytest.mark.parametrize("written", ["", "everybody", "lead:", "team:sales", "on call", ":sales"])
def test_nobody_to_ping_is_said_with_who_there_is(written: str) -> None:
    with pytest.raises(ValueError, match="on-call, second, team, lead, lead:DEPARTMENT, channel"):
        parse_ping(written)


def test_steps_are_capped_and_in_order() -> None:
    team = Ping(PingKind.TEAM)
    check_steps(tuple(EscalationStep(minutes(n), team) for n in range(MOST_STEPS)))
    check_steps((EscalationStep(minutes(5), team), EscalationStep(minutes(5), team)))
    with pytest.raises(ValueError, match="more than 10"):
        check_steps(tuple(EscalationStep(minutes(n), team) for n in range(MOST_STEPS + 1)))
    with pytest.raises(ValueError, match="not in the order"):
        check_steps((EscalationStep(minutes(5), team), EscalationStep(minutes(0), team)))


def test_a_step_does_not_wait_for_business_days() -> None:
    with pytest.raises(ValueError, match="1bd counts business days"):
        EscalationStep(Duration(business_days=1), Ping(PingKind.TEAM))
