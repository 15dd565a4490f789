"""on_call.toml: overrides, swaps and events beside the shifts; read, written, and its faults."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Broken
from bot.domain.on_call import Event, Override, Rota, Shift, Swap
from bot.domain.setup import rota_document, rota_from

CHRISTMAS = datetime(2026, 12, 24, 17, tzinfo=UTC)

PEOPLE = st.sampled_from(["ann@example.com", "U0BEN", "cem@example.com"])
ZONES = st.sampled_from(["UTC", "Europe/Amsterdam", "Asia/Kolkata"])
LEVELS = st.integers(1, 9)
MOMENTS = st.integers(0, 10**6).map(lambda minutes: CHRISTMAS + timedelta(minutes=minutes))
SPANS = st.tuples(MOMENTS, st.integers(1, 10**5)).map(
    lambda span: (span[0], span[0] + timedelta(minutes=span[1]))
)
SHIFTS = st.builds(
    Shift, PEOPLE, st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 1439),
    st.integers(0, 1440), ZONES, LEVELS,
)  # fmt: skip
OVERRIDES = st.builds(lambda who, span, level: Override(who, *span, level), PEOPLE, SPANS, LEVELS)
SWAPS = st.builds(
    lambda people, day: Swap((people[0], people[1]), day),
    st.lists(PEOPLE, min_size=2, max_size=2, unique=True),
    st.dates(),
)
EVENTS = st.builds(
    lambda name, people, span: Event(name, tuple(people), *span),
    st.sampled_from(["Super Bowl", "“Fair”"]),
    st.lists(PEOPLE, max_size=3),
    SPANS,
)
ROTAS = st.builds(
    Rota,
    st.lists(SHIFTS, max_size=3).map(tuple),
    st.lists(OVERRIDES, max_size=3).map(tuple),
    st.lists(SWAPS, max_size=3).map(tuple),
    st.lists(EVENTS, max_size=3).map(tuple),
    st.none() | st.just("@on-call"),
)


def faults(document: dict[str, object]) -> list[str]:
    with pytest.raises(Broken) as refusal:
        rota_from(document)
    return refusal.value.faults


@given(ROTAS)
@settings(max_examples=60, deadline=None)
def test_a_rota_that_is_written_down_reads_back_the_same(rota: Rota) -> None:
    written = json.loads(json.dumps(rota_document(rota)))
    assert rota_from(written) == rota


def test_everything_that_it_may_say_arrives() -> None:
    span = {"from": "2026-12-24T18:00+01:00", "until": "2026-12-24T23:00:00+01:00"}
    until = CHRISTMAS + timedelta(hours=5)
    document = {
        "override": [{"person": "U0BEN", **span, "level": 2}],
        "swap": [{"people": ["U0BEN", "U0ANN"], "date": "2026-12-24"}],
        "event": [{"name": "Party", "people": ["U0BEN"], **span}],
        "user_group": "S012ABC",
    }
    assert rota_from(document) == Rota(
        (),
        (Override("U0BEN", CHRISTMAS, until, 2),),
        (Swap(("U0BEN", "U0ANN"), date(2026, 12, 24)),),
        (Event("Party", ("U0BEN",), CHRISTMAS, until),),
        "S012ABC",
    )


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"override": [{"person": "U1A", "from": "tomorrow", "until": "2026-12-24T18:00Z"}]},
         "override 1 (U1A): from: “tomorrow” is no moment with its offset"),
        ({"override": [{"person": "U1A", "from": "2026-12-24T18:00", "until": "x"}]},
         "override 1 (U1A): from: “2026-12-24T18:00” is no moment with its offset"),
        ({"override": [{"person": "U1A", "from": "2026-12-24T18:00Z",
                        "until": "2026-12-24T18:00Z"}]},
         "override 1 (U1A): until: not after from"),
        ({"swap": [{"people": ["U1A"], "date": "2026-12-24"}]}, "swap 1 (2026-12-24): people: wr"),
        ({"swap": [{"people": ["U1A", "U1A"], "date": "2026-12-24"}]}, "people: write the two"),
        ({"swap": [{"people": ["U1A", "U1B"], "date": "Friday"}]}, "date: write a date in quotes"),
        ({"event": [{"people": ["U1A"]}]}, "event 1: name: missing; write name ="),
        ({"event": [{"name": "Fair", "people": "U1A"}]}, "people: write a list"),
        ({"user_group": 7}, "on_call.toml: user_group: write a text in quotes"),
        ({"shifts": []}, "shifts: no such key here; did you mean “shift”?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_key(document: dict[str, object], fault: str) -> None:
    assert fault in faults(document)[0]
