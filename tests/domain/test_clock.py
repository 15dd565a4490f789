"""The clock of one promise: when it is due, and what pauses it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clock import ClockState, Deadline, Pause, Running, deadline, state
from bot.domain.durations import Duration, hours, parse_duration
from bot.domain.hours import ALWAYS, BusinessHours, parse_periods
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.domain.promises import PromiseRun
from bot.domain.sla import DEFAULT, Promise, Terms

OFFICE = BusinessHours("UTC", dict.fromkeys(range(5), parse_periods("09:00-17:00")))


def at(day: int, clock: str) -> datetime:
    """November 2026; Monday is the 16th."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}+00:00")


def resolution(target: str, *pauses: Pause, calendar: BusinessHours = ALWAYS) -> Running:
    """A clock started on Monday at 10:00."""
    duration = parse_duration(target)
    return Running(Promise.RESOLUTION, at(16, "10:00"), duration, calendar, pauses)


def begun(promise: Promise, terms: Terms, start: datetime) -> PromiseRun | None:
    return PromiseRun.begun(CaseId(1), promise, terms, DepartmentKey("service"), start)


def test_an_answer_is_due_after_an_hour_and_warned_of_after_three_quarters() -> None:
    terms = DEFAULT.target_for(DepartmentKey("service"), Priority.NORMAL)
    run = begun(Promise.FIRST_RESPONSE, terms, at(16, "09:00"))
    assert run is not None
    due = run.deadline(ALWAYS, at(16, "09:00"))
    assert due == Deadline(Promise.FIRST_RESPONSE, at(16, "10:00"), at(16, "09:45"))


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("10:00", ClockState.RUNNING),
        ("11:29", ClockState.RUNNING),
        ("11:30", ClockState.WARNED),
        ("11:59", ClockState.WARNED),
        ("12:00", ClockState.BREACHED),
        ("18:00", ClockState.BREACHED),
    ],
)
def test_a_clock_runs_is_warned_of_and_breaches(clock: str, expected: ClockState) -> None:
    assert state(resolution("2h"), at(16, clock)) is expected


def test_what_is_not_promised_has_no_clock() -> None:
    assert begun(Promise.FIRST_RESPONSE, Terms({}), at(16, "09:00")) is None


@pytest.mark.parametrize(
    ("duration", "business", "due"),
    [
        ("1h", True, at(16, "09:30")),
        ("1h", False, at(13, "17:30")),
        ("1bd", True, at(16, "16:30")),
        ("1bd", False, at(16, "16:30")),  # a business day is the department's, whatever is said
    ],
)
def test_the_clock_counts_in_the_calendar_that_the_terms_name(
    duration: str, business: bool, due: datetime
) -> None:
    terms = Terms({Promise.NEXT_RESPONSE: parse_duration(duration)}, business=business)
    friday = at(13, "16:30")
    run = begun(Promise.NEXT_RESPONSE, terms, friday)
    assert run is not None
    found = run.deadline(OFFICE, friday)
    assert found is not None
    assert found.at == due


def test_waiting_for_the_customer_holds_the_deadline_open() -> None:
    running = resolution("2h", Pause(at(16, "11:00")))
    assert deadline(running, at(16, "11:30")) is None
    assert state(running, at(17, "11:30")) is ClockState.PAUSED


def test_afterwards_the_deadline_is_later_by_the_time_waited() -> None:
    running = resolution("2h", Pause(at(16, "11:00"), at(16, "14:00")))
    assert deadline(running, at(16, "14:00")) == Deadline(
        Promise.RESOLUTION, at(16, "15:00"), at(16, "14:30")
    )


def test_a_pause_of_closed_hours_costs_only_the_open_ones() -> None:
    waited = Pause(at(16, "16:00"), at(17, "10:00"))
    running = resolution("8h", waited, calendar=OFFICE)
    due = deadline(running, at(17, "10:00"))
    assert due is not None
    assert due.at == at(17, "12:00")


def test_a_pause_pushes_business_days_by_open_time_as_well() -> None:
    waited = Pause(at(16, "15:00"), at(17, "09:30"))
    running = resolution("1bd", waited, calendar=OFFICE)
    due = deadline(running, at(17, "09:30"))
    assert due == Deadline(Promise.RESOLUTION, at(17, "12:30"), at(17, "10:30"))


def test_a_pause_after_the_warning_leaves_the_warning_where_it_was() -> None:
    waited = Pause(at(16, "11:45"), at(16, "12:45"))
    assert deadline(resolution("2h", waited), at(16, "12:45")) == Deadline(
        Promise.RESOLUTION, at(16, "13:00"), at(16, "11:30")
    )


def test_a_pause_that_begins_after_the_breach_does_not_undo_it() -> None:
    running = resolution("2h", Pause(at(16, "12:00")))
    assert state(running, at(16, "13:00")) is ClockState.BREACHED


@pytest.mark.parametrize("promise", [Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE])
def test_an_answer_is_owed_whoever_is_waited_for(promise: Promise) -> None:
    running = replace(resolution("2h", Pause(at(16, "11:00"))), promise=promise)
    assert state(running, at(16, "12:00")) is ClockState.BREACHED


def test_the_past_is_seen_as_it_was_then() -> None:
    running = resolution("2h", Pause(at(16, "11:00"), at(16, "14:00")))
    assert state(running, at(16, "10:59")) is ClockState.RUNNING
    assert state(running, at(16, "13:59")) is ClockState.PAUSED
    assert state(running, at(16, "14:00")) is ClockState.RUNNING


def test_a_reopened_case_does_not_count_waiting_from_before() -> None:
    running = resolution("2h", Pause(at(16, "08:00"), at(16, "10:30")))
    due = deadline(running, at(16, "11:00"))
    assert due is not None
    assert due.at == at(16, "12:30")


START = at(13, "12:00")
breaks = st.lists(st.integers(1, 7 * 1440), unique=True, max_size=8).map(sorted)


def waits(breaks: list[int]) -> tuple[Pause, ...]:
    """Pauses between every other two of these minutes."""
    moments = [START + timedelta(minutes=minute) for minute in breaks]
    return tuple(Pause(*pair) for pair in zip(moments[::2], moments[1::2], strict=False))


@settings(deadline=None, max_examples=100)
@given(breaks, st.integers(1, 3000), st.sampled_from([OFFICE, ALWAYS]), st.integers(1, 99))
def test_due_is_when_the_target_has_been_counted_outside_the_pauses(
    breaks: list[int], target: int, calendar: BusinessHours, warn: int
) -> None:
    pauses = waits(breaks)
    length = timedelta(minutes=target)
    running = Running(Promise.RESOLUTION, START, Duration(length), calendar, pauses, warn)
    due = deadline(running, START + timedelta(days=8))
    assert due is not None
    waited = (
        calendar.elapsed(pause.start, min(pause.end or due.at, due.at))
        for pause in pauses
        if pause.start < due.at
    )
    assert calendar.elapsed(START, due.at) - sum(waited, timedelta()) == length
    assert START <= due.warn_at <= due.at


@settings(deadline=None, max_examples=100)
@given(breaks, st.lists(st.integers(0, 10_000), min_size=2, max_size=2).map(sorted))
def test_once_breached_a_promise_stays_breached(breaks: list[int], looks: list[int]) -> None:
    running = Running(Promise.RESOLUTION, START, hours(8), OFFICE, waits(breaks))
    earlier, later = (state(running, START + timedelta(minutes=minute)) for minute in looks)
    assert earlier is not ClockState.BREACHED or later is ClockState.BREACHED
