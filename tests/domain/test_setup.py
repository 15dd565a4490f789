"""The whole set-up: areas checked against each other, and no crash whatever is read."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Broken
from bot.domain.on_call import Rota
from bot.domain.routing import RuleBook
from bot.domain.setup import setup_from
from bot.domain.sla import DEFAULT

TRIAGE = {"key": "triage", "name": "Triage", "channel": "#care-triage"}

KEYS = (
    *("key", "name", "channel", "hours", "mon", "holidays", "cover", "queue", "handoff_needs"),
    *("department", "when", "also", "priority", "warn", "first_response", "after", "ping"),
    *("person", "days", "time_zone", "level", "people", "date", "from", "until"),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=12,
)
AREAS = {
    "departments": ["department"],
    "routing": ["default", "rule"],
    "sla": ["target", "escalation"],
    "on_call": ["shift", "override", "swap", "event", "user_group"],
}
DOCUMENTS = st.fixed_dictionaries(
    {
        area: st.dictionaries(st.sampled_from(keys), st.lists(ANYTHING, max_size=2) | ANYTHING)
        for area, keys in AREAS.items()
    }
)


def no_days(place: str) -> Mapping[date, str]:
    raise ValueError(f"“{place}” is no country here")


def test_one_department_is_a_desk() -> None:
    setup = setup_from({"departments": {"department": [TRIAGE]}}, no_days)
    assert [department.key for department in setup.departments] == ["triage"]
    assert (setup.routing, setup.sla, setup.on_call) == (RuleBook(), DEFAULT, Rota())


def test_the_faults_of_all_areas_come_together_in_the_order_of_the_files() -> None:
    documents: dict[str, dict[str, object]] = {
        "departments": {"department": [TRIAGE | {"lead": "?"}]},
        "routing": {"default": "sales"},
        "sla": {"target": [{"department": "sales"}]},
        "on_call": {"shift": [{}]},
    }
    with pytest.raises(Broken) as refusal:
        setup_from(documents, no_days)
    assert [fault.split(":")[0] for fault in refusal.value.faults] == [
        "departments.toml",
        "routing.toml",
        "sla.toml",
        "on_call.toml",
    ]


@given(DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_the_files_is_read_or_told_never_a_crash(
    documents: dict[str, dict[str, object]],
) -> None:
    with suppress(Broken):
        setup_from(documents, no_days)
