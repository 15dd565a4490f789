from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.quota import Quota

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_without_a_quota_nobody_waits():
    assert all(Quota(None).wait("x", NOON) is None for _ in range(1000))


def test_who_waits_as_long_as_told_comes_in():
    quota = Quota(1)
    quota.wait("x", NOON)
    wait = quota.wait("x", NOON + timedelta(seconds=20))

    assert wait == timedelta(seconds=40)
    assert quota.wait("x", NOON + MINUTE) is None


def test_nobody_waits_for_a_clock_that_was_set_back():
    quota = Quota(1)
    quota.wait("x", NOON)

    assert quota.wait("x", NOON - timedelta(days=1)) is None
    assert quota.wait("x", NOON - timedelta(days=1)) == MINUTE


def test_sources_that_went_quiet_are_forgotten():
    quota = Quota(1)
    for number in range(5_000):
        quota.wait(f"source-{number}", NOON + number * timedelta(seconds=1))

    assert len(quota._due) <= 1_001


@settings(max_examples=60)
@given(st.integers(1, 1000), st.lists(st.floats(0, 2), max_size=300))
def test_a_minute_never_holds_more_than_twice_the_quota(per_minute: int, gaps: list[float]):
    quota, now, taken = Quota(per_minute), NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if quota.wait("x", now) is None:
            taken.append(now)

    for first in taken:
        assert sum(first <= moment < first + MINUTE for moment in taken) <= 2 * per_minute
    assert len(taken) >= min(per_minute, len(gaps))
