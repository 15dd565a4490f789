"""What is promised to whom."""

import pytest

from bot.domain.durations import Duration, hours, minutes
from bot.domain.escalation import EscalationStep, Ping, PingKind
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.sla import DEFAULT, EVERY, Policy, Promise, Target, Terms, parse_percent

SERVICE, SALES = DepartmentKey("service"), DepartmentKey("sales")
FIRST, NEXT, RESOLUTION = Promise

LAYERED = Policy(
    (
        Target(EVERY, EVERY, hours(1), hours(2), hours(24), warn=75, business=True),
        Target(EVERY, Priority.URGENT, first_response=minutes(15), warn=50),
        Target(SERVICE, EVERY, first_response=minutes(30), next_response=hours(1)),
        Target(SERVICE, Priority.URGENT, first_response=minutes(5), business=False),
    )
)


def test_as_shipped_an_answer_is_promised_within_an_hour_and_a_solution_within_a_day() -> None:
    assert DEFAULT.target_for(SERVICE, Priority.NORMAL) == Terms(
        {FIRST: hours(1), NEXT: hours(2), RESOLUTION: hours(24)}, warn=75, business=True
    )


@pytest.mark.parametrize(
    ("department", "priority", "terms"),
    [
        (SALES, Priority.LOW, (hours(1), hours(2), 75, True)),
        (SALES, Priority.URGENT, (minutes(15), hours(2), 50, True)),
        (SERVICE, Priority.LOW, (minutes(30), hours(1), 75, True)),
        (SERVICE, Priority.URGENT, (minutes(5), hours(1), 50, False)),
    ],
)
def test_each_term_comes_from_the_most_precise_target_that_names_it(
    department: DepartmentKey, priority: Priority, terms: tuple[Duration, Duration, int, bool]
) -> None:
    found = LAYERED.target_for(department, priority)
    durations = found.durations
    assert (durations[FIRST], durations[NEXT], found.warn, found.business) == terms
    assert durations[RESOLUTION] == hours(24)


def test_a_department_is_more_precise_than_a_priority_wherever_it_is_written() -> None:
    backwards = Policy(LAYERED.targets[::-1])
    assert backwards.target_for(SERVICE, Priority.URGENT) == LAYERED.target_for(
        SERVICE, Priority.URGENT
    )
    fitting = LAYERED.fitting(SERVICE, Priority.URGENT)
    assert [target.key for target in fitting] == [
        ("service", "urgent"),
        ("service", "*"),
        ("*", "urgent"),
        ("*", "*"),
    ]


def test_what_no_target_names_is_not_promised() -> None:
    only_first = Policy((Target(first_response=hours(1)),))
    assert only_first.target_for(SALES, Priority.LOW) == Terms({FIRST: hours(1)}, 75, business=True)


def test_setting_a_promise_changes_that_one_and_leaves_the_rest() -> None:
    policy = DEFAULT.set(SERVICE, FIRST, minutes(20))
    assert policy.target_for(SERVICE, Priority.NORMAL).durations == {
        FIRST: minutes(20),
        NEXT: hours(2),
        RESOLUTION: hours(24),
    }
    assert policy.target_for(SALES, Priority.NORMAL) == DEFAULT.target_for(SALES, Priority.NORMAL)


def test_setting_for_a_priority_and_hours_adds_one_target_and_setting_again_changes_it() -> None:
    policy = DEFAULT.set(SERVICE, NEXT, hours(1), priority=Priority.HIGH, business=False)
    assert policy.targets[1] == Target(
        SERVICE, Priority.HIGH, next_response=hours(1), business=False
    )
    again = policy.set(SERVICE, RESOLUTION, hours(8), priority=Priority.HIGH)
    assert again.targets[1] == Target(
        SERVICE, Priority.HIGH, next_response=hours(1), resolution=hours(8), business=False
    )
    assert len(again.targets) == 2


def test_setting_for_every_department_changes_the_broadest_target_in_place() -> None:
    policy = LAYERED.set(EVERY, RESOLUTION, hours(48))
    assert policy.targets[0].resolution == hours(48)
    assert policy.targets[1:] == LAYERED.targets[1:]


def test_a_new_warning_holds_for_all_whatever_single_targets_said() -> None:
    policy = LAYERED.warn(60)
    assert {policy.target_for(d, p).warn for d in (SERVICE, SALES) for p in Priority} == {60}
    assert Policy().warn(60).target_for(SALES, Priority.LOW) == Terms({}, 60, business=True)


@pytest.mark.parametrize(("written", "percent"), [("75%", 75), ("75", 75), (" 1 % ", 1)])
def test_a_percentage_is_read_with_or_without_its_sign(written: str, percent: int) -> None:
    assert parse_percent(written) == percent


@pytest.mark.parametrize("written", ["", "%", "0%", "100%", "-5%", "7.5%", "²%", "soon"])
def test_a_warning_before_the_start_or_at_the_end_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="is no percentage"):
        parse_percent(written)


def test_a_policy_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="2 targets are for department service, priority"):
        Policy((Target(SERVICE), Target(SERVICE)))
    with pytest.raises(ValueError, match="not at 100%"):
        Target(warn=100)
    late = EscalationStep(minutes(5), Ping(PingKind.TEAM))
    with pytest.raises(ValueError, match="not in the order"):
        Policy(escalation=(late, EscalationStep(minutes(0), Ping(PingKind.LEAD))))
