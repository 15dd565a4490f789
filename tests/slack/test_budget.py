"""Slack's limits, kept before Slack has to keep them."""

from datetime import UTC, datetime, timedelta
from threading import Thread

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.effects import Lane
from bot.domain.ids import ChannelId
from bot.slack.budget import POST, UPDATE, Budget

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CARE = ChannelId("C1")
SALES = ChannelId("C2")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

lanes = st.sampled_from(list(Lane))
methods = st.sampled_from([POST, UPDATE])
channels = st.sampled_from([CARE, SALES, ChannelId("C3")])
steps = st.tuples(st.integers(0, 900_000), lanes, methods, channels)


def flood(budget: Budget, method: str, channel: ChannelId, lane: Lane = Lane.CARD) -> int:
    """How many go out at once."""
    return next(spoken for spoken in range(1000) if budget.may(lane, method, channel, NOON))


def spoken(budget: Budget, script: list[tuple[int, Lane, str, ChannelId]]) -> list[tuple]:
    """Who really spoke, of those who asked one after the other."""
    now, heard = NOON, []
    for microseconds, lane, method, channel in script:
        now += timedelta(microseconds=microseconds)
        if budget.may(lane, method, channel, now) is None:
            heard.append((now, method, channel))
    return heard


def most_within(moments: list[datetime], window: timedelta) -> int:
    return max(
        (sum(first <= one < first + window for one in moments) for first in moments), default=0
    )


def test_without_a_pace_of_our_own_everybody_may_speak() -> None:
    budget = Budget(pace=None)
    assert all(budget.may(Lane.NOTE, POST, CARE, NOON) is None for _ in range(1000))


def test_one_channel_does_not_wait_for_another() -> None:
    budget = Budget(pace=1)
    flood(budget, POST, CARE)
    assert budget.may(Lane.CARD, POST, SALES, NOON) is None


def test_a_part_of_every_burst_is_kept_for_pings() -> None:
    budget = Budget(pace=1, burst=3)
    assert flood(budget, POST, CARE, Lane.CARD) == 2
    wait = budget.may(Lane.PING, POST, CARE, NOON)
    assert wait is None or wait < SECOND


def test_without_a_burst_nothing_is_kept_and_everybody_still_speaks() -> None:
    budget = Budget(pace=1, burst=1)
    assert flood(budget, POST, CARE, Lane.NOTE) == 1
    assert budget.may(Lane.NOTE, POST, CARE, NOON + SECOND) is None


def test_updates_are_counted_over_all_channels() -> None:
    budget = Budget(pace=1)
    flood(budget, UPDATE, CARE)
    assert budget.may(Lane.UPDATE, UPDATE, SALES, NOON)


def test_a_channel_slack_closed_opens_when_slack_said() -> None:
    budget = Budget(pace=None)
    budget.limited(POST, CARE, 30 * SECOND, NOON)
    assert budget.may(Lane.PING, POST, CARE, NOON) == 30 * SECOND
    assert budget.may(Lane.CARD, POST, SALES, NOON) is None
    assert budget.may(Lane.CARD, UPDATE, CARE, NOON) is None
    assert budget.may(Lane.CARD, POST, CARE, NOON + 30 * SECOND) is None


def test_after_a_refusal_an_unpaced_channel_is_slow_for_a_minute() -> None:
    budget = Budget(pace=None)
    budget.limited(POST, CARE, 5 * SECOND, NOON)
    open_again = NOON + 5 * SECOND
    assert budget.may(Lane.CARD, POST, CARE, open_again) is None
    assert budget.may(Lane.CARD, POST, CARE, open_again) == SECOND
    later = open_again + MINUTE
    assert all(budget.may(Lane.CARD, POST, CARE, later) is None for _ in range(100))


def test_after_a_refusal_a_paced_channel_begins_with_one_message_and_a_ping_is_first() -> None:
    budget = Budget(pace=1, burst=3)
    budget.limited(POST, CARE, 5 * SECOND, NOON)
    open_again = NOON + 5 * SECOND
    assert budget.may(Lane.CARD, POST, CARE, open_again)
    assert budget.may(Lane.PING, POST, CARE, open_again) is None
    assert budget.may(Lane.PING, POST, CARE, open_again) == SECOND


def test_an_update_slack_refused_closes_updates_everywhere_but_no_posts() -> None:
    budget = Budget(pace=1)
    budget.limited(UPDATE, CARE, 10 * SECOND, NOON)
    assert budget.may(Lane.PING, UPDATE, SALES, NOON) == 10 * SECOND
    assert budget.may(Lane.CARD, POST, CARE, NOON) is None


def test_other_methods_are_only_held_back_after_a_refusal() -> None:
    budget = Budget(pace=1)
    history = "conversations.history"
    assert all(budget.may(Lane.CARD, history, CARE, NOON) is None for _ in range(100))
    budget.limited(history, CARE, 2 * SECOND, NOON)
    assert budget.may(Lane.CARD, history, CARE, NOON) == 2 * SECOND


def test_many_threads_at_once_take_no_more_than_there_is() -> None:
    budget = Budget(pace=1, burst=3)
    heard: list[timedelta | None] = []

    def ask() -> None:
        heard.extend(budget.may(Lane.PING, POST, CARE, NOON) for _ in range(200))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard.count(None) == 3


@settings(max_examples=60, deadline=None)
@given(
    pace=st.sampled_from([0.5, 1, 3, 7]),
    burst=st.integers(1, 3),
    script=st.lists(steps, max_size=60),
    window=st.integers(1, 20),
)
def test_no_channel_ever_hears_more_than_its_burst_and_its_pace(
    pace: float, burst: int, script: list, window: int
) -> None:
    heard = spoken(Budget(pace, burst), script)
    for channel in {where for _, _, where in heard}:
        moments = [now for now, method, where in heard if (method, where) == (POST, channel)]
        assert most_within(moments, window * SECOND) <= burst + pace * window + 1e-3


@settings(max_examples=10, deadline=None)
@given(gap=st.integers(1_000, 300_000))
def test_no_minute_of_the_workspace_hears_more_than_slack_allows(gap: int) -> None:
    budget = Budget(pace=100)
    asked = [(gap, Lane.PING, method, CARE) for _ in range(600) for method in (POST, UPDATE)]
    heard = spoken(budget, asked)
    posts = [now for now, method, _ in heard if method == POST]
    updates = [now for now, method, _ in heard if method == UPDATE]
    assert most_within(posts, MINUTE) <= 240
    assert most_within(updates, MINUTE) <= 50


@settings(max_examples=40, deadline=None)
@given(updates=st.lists(st.tuples(st.integers(0, 900_000), lanes, channels), max_size=80))
def test_a_ping_never_waits_behind_updates(updates: list) -> None:
    budget = Budget(pace=1)
    spoken(budget, [(gap, lane, UPDATE, channel) for gap, lane, channel in updates])
    assert budget.may(Lane.PING, POST, CARE, NOON) is None


@settings(max_examples=40, deadline=None)
@given(
    burst=st.integers(2, 3),
    script=st.lists(steps.filter(lambda step: step[1] is not Lane.PING), max_size=80),
)
def test_a_ping_waits_less_than_one_turn_behind_everything_else(burst: int, script: list) -> None:
    budget = Budget(pace=1, burst=burst)
    spoken(budget, script)
    now = NOON + sum((timedelta(microseconds=step[0]) for step in script), timedelta())
    wait = budget.may(Lane.PING, POST, CARE, now)
    assert wait is None or wait <= SECOND / 2


@settings(max_examples=60, deadline=None)
@given(script=st.lists(steps, max_size=40), asked=steps, pace=st.sampled_from([None, 0.3, 1, 7]))
def test_whoever_waits_as_long_as_told_may_speak(
    script: list, asked: tuple, pace: float | None
) -> None:
    budget = Budget(pace)
    spoken(budget, script)
    budget.limited(POST, CARE, 3 * SECOND, NOON)
    _, lane, method, channel = asked
    wait = budget.may(lane, method, channel, NOON)
    if wait is not None:
        assert wait > timedelta()
        assert budget.may(lane, method, channel, NOON + wait) is None
