"""sla.toml and on_call.toml: read, written back, and what is wrong with them."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.department import Department
from bot.domain.durations import Duration, hours, minutes
from bot.domain.errors import Broken
from bot.domain.escalation import MOST_STEPS, EscalationStep, Ping, PingKind
from bot.domain.ids import DepartmentKey
from bot.domain.on_call import Rota, Shift
from bot.domain.post import Priority
from bot.domain.setup import policy_document, policy_from, rota_from, setup_from
from bot.domain.sla import DEFAULT, EVERY, Policy, Target
from tests.company import no_holidays

SALES, SERVICE = DepartmentKey("sales"), DepartmentKey("service")
KNOWN = (
    Department(SALES, "Sales", "#care-sales"),
    Department(SERVICE, "Customer service", "#care-service"),
    Department(DepartmentKey("legal"), "Legal", "", has_queue=False),
)

PROMISED = (
    st.none()
    | st.builds(Duration, st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)))
    | st.builds(Duration, business_days=st.integers(1, 30))
)
TARGETS = st.builds(
    Target,
    department=st.sampled_from([EVERY, SALES, SERVICE]),
    priority=st.sampled_from([EVERY, *Priority]),
    first_response=PROMISED,
    next_response=PROMISED,
    resolution=PROMISED,
    warn=st.none() | st.integers(1, 99),
    business=st.none() | st.booleans(),
)
PINGS = st.builds(Ping, st.sampled_from(PingKind)) | st.just(Ping(PingKind.LEAD, SALES))
STEPS = st.lists(
    st.builds(EscalationStep, st.integers(0, 5000).map(minutes), PINGS), max_size=MOST_STEPS
).map(lambda steps: tuple(sorted(steps, key=lambda step: step.after.elapsed)))
POLICIES = st.builds(
    Policy, st.lists(TARGETS, max_size=4, unique_by=lambda target: target.key).map(tuple), STEPS
)


def faults(document: dict[str, object]) -> list[str]:
    with pytest.raises(Broken) as refusal:
        policy_from(document, KNOWN)
    return refusal.value.faults


def faults_of_rota(document: dict[str, object]) -> list[str]:
    with pytest.raises(Broken) as refusal:
        rota_from(document)
    return refusal.value.faults


def test_without_a_word_the_default_holds() -> None:
    assert policy_from({}, KNOWN) == DEFAULT


def test_an_empty_list_of_steps_is_meant() -> None:
    assert policy_from({"escalation": []}, KNOWN) == Policy(DEFAULT.targets, ())


def test_everything_that_a_target_and_a_step_may_say_arrives() -> None:
    target = {
        "department": "sales",
        "priority": "urgent",
        "first_response": "20m",
        "resolution": "3bd",
        "warn": "60%",
        "hours": "always",
    }
    step = {"after": "1h", "ping": "lead:sales"}
    assert policy_from({"target": [target], "escalation": [step]}, KNOWN) == Policy(
        (Target(SALES, Priority.URGENT, minutes(20), None, Duration(business_days=3), 60, False),),
        (EscalationStep(hours(1), Ping(PingKind.LEAD, SALES)),),
    )


@given(POLICIES)
@settings(max_examples=50, deadline=None)
def test_a_policy_that_is_written_down_reads_back_the_same(policy: Policy) -> None:
    written = json.loads(json.dumps(policy_document(policy)))
    assert policy_from(written, KNOWN) == policy
    assert policy_document(policy_from(written, KNOWN)) == written


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"department": "sale"}, "department: no department has the key “sale”; did you mean"),
        ({"department": "legal"}, "department: “legal” has no queue"),
        ({"priority": "highest"}, "priority: “highest” means nothing here; did you mean “high”?"),
        ({"first_response": "soon"}, "first_response: “soon” is no duration like 45s, 20m, 1h"),
        ({"resolution": "0m"}, "resolution: “0m” cannot be kept"),
        ({"next_response": 60}, "next_response: write a text in quotes"),
        ({"warn": "100%"}, "warn: “100%” is no percentage from 1% to 99%"),
        ({"warn": "0%"}, "warn: “0%” is no percentage"),
        ({"hours": "busines"}, "hours: “busines” means nothing here; did you mean “business”?"),
        ({"first_respons": "1h"}, "first_respons: no such key here; did you mean “first_response”"),
    ],
)
def test_a_mistake_in_a_target_is_told_with_its_key(change: dict[str, object], fault: str) -> None:
    told = faults({"target": [change]})
    assert len(told) == 1
    assert fault in told[0]
    assert told[0].startswith("sla.toml: target 1")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"ping": "everybody"}, "ping: “everybody” is nobody to ping; there are on-call, second,"),
        ({"ping": "lead:sails"}, "ping: no department has the key “sails”; did you mean “sales”?"),
        ({"after": "1bd"}, "after: 1bd counts business days"),
        ({"after": "later"}, "after: “later” is no duration"),
    ],
)
def test_a_mistake_in_a_step_is_told_with_its_key(change: dict[str, object], fault: str) -> None:
    told = faults({"escalation": [{"after": "0m", "ping": "team"} | change]})
    assert len(told) == 1
    assert told[0].startswith(f"sla.toml: escalation 1: {fault}")


def test_two_targets_for_the_same_cases_contradict_each_other() -> None:
    (told,) = faults({"target": [{"department": "sales"}, {"department": "sales"}]})
    assert told == "sla.toml: target: 2 targets are for department sales, priority *"


def test_steps_stand_in_the_order_in_which_they_are_taken() -> None:
    late, soon = ({"after": after, "ping": "team"} for after in ("1h", "5m"))
    (told,) = faults({"escalation": [late, soon]})
    assert told.startswith("sla.toml: escalation: The escalation steps are not in the order")


def test_every_mistake_of_the_promises_is_told_at_once() -> None:
    told = faults(
        {"target": [{"warn": 75}, {"priority": "x", "hours": 9}], "escalation": [{}], "steps": []}
    )
    assert [fault.split(": ")[1:3] for fault in told] == [
        ["target 1", "warn"],
        ["target 2 (x)", "hours"],
        ["target 2 (x)", "priority"],
        ["escalation 1", "after"],
        ["escalation 1", "ping"],
        ["steps", "no such key here; known"],
    ]


def test_everything_that_a_shift_may_say_arrives() -> None:
    table = {
        "person": "ann@example.com",
        "days": "mon-fri",
        "hours": "22:00-06:00",
        "time_zone": "Europe/Amsterdam",
        "level": 2,
    }
    shift = Shift("ann@example.com", frozenset(range(5)), 1320, 360, "Europe/Amsterdam", 2)
    assert rota_from({"shift": [table]}) == Rota((shift,))


def test_a_shift_of_a_slack_user_alone_is_always_on() -> None:
    assert rota_from({"shift": [{"person": "U01ANN"}]}) == Rota(
        (Shift("U01ANN", frozenset(range(7))),)
    )


def test_nobody_on_call_is_a_rota_too() -> None:
    assert rota_from({}) == Rota()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"person": "Ann"}, "person: “Ann” is nobody; write an e-mail address"),
        ({"days": "mon-fry"}, "days: “mon-fry” is no day"),
        ({"hours": "9 to 5"}, "hours: “9 to 5” is no time from and until"),
        ({"time_zone": "CEST+1"}, "time_zone: “CEST+1” is no time zone"),
        ({"level": 0}, "level: write 1 for who is called first"),
        ({"level": True}, "level: write 1 for who is called first"),
        ({"day": "mon"}, "day: no such key here; did you mean “days”?"),
    ],
)
def test_a_mistake_in_a_shift_is_told_with_its_key(change: dict[str, object], fault: str) -> None:
    (told,) = faults_of_rota({"shift": [{"person": "ann@example.com"} | change]})
    who = change.get("person", "ann@example.com")
    assert told.startswith(f"on_call.toml: shift 1 ({who}): {fault}")


def test_every_mistake_of_the_rota_is_told_at_once() -> None:
    assert len(faults_of_rota({"shift": [{"days": "x", "hours": "y"}, {"level": "z"}]})) == 5


@pytest.mark.parametrize("length", ["367d", "261bd", "3660bd"])
def test_a_file_promises_nothing_beyond_a_year_and_what_is_in_force_goes_on(length: str) -> None:
    document = {"target": [{"department": "*", "resolution": length}]}
    late = {"escalation": [{"after": length, "ping": "on-call"}]}

    with pytest.raises(Broken) as refusal:
        setup_from({"sla": document | late}, no_holidays)

    promise, step = (fault for fault in refusal.value.faults if "sla.toml" in fault)
    assert f"“{length}” is too long: at most 366d or 260bd; write a shorter time" in promise
    assert promise.startswith("sla.toml: target 1 (*): resolution")
    assert "after" in step
    [target] = policy_from(document, KNOWN).targets
    assert str(target.resolution) == length
