"""The desk's time beside clocks on the wall that leap: it never falls and comes back slowly."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.steady import ASLEEP, BELIEVED_AFTER, SLEW, Reading, Told, begin

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
NOTHING = timedelta()
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
HERE, ELSEWHERE = "this machine", "another machine"


@dataclass
class Machine:
    """Its steady clock, and how wrong the one on its wall is."""

    steady: timedelta = HOUR
    wrong: timedelta = NOTHING
    began: datetime = field(default=NOON - HOUR)

    @property
    def right(self) -> datetime:
        return self.began + self.steady

    def reads(self) -> Reading:
        return Reading(self.steady, self.right + self.wrong)


class Desk:
    """One that looks at the wall every second."""

    def __init__(self, machine: Machine, told: Told | None = None, name: str = HERE):
        self.machine, self.name = machine, name
        self.time = begin(machine.reads(), told, name)

    @property
    def now(self) -> datetime:
        return self.time.now(self.machine.steady)

    @property
    def wrong(self) -> timedelta:
        """How far from what it really is."""
        return self.now - self.machine.right

    def live(self, length: timedelta, every: timedelta = SECOND) -> None:
        for _ in range(length // every):
            self.machine.steady += every
            self.time = self.time.look(self.machine.reads())

    def tells(self) -> Told:
        leapt = self.now - (self.machine.steady - self.time.leapt)
        reading = self.machine.reads()
        return Told(self.now, reading.wall, leapt, self.name, reading.steady)


@pytest.mark.parametrize("step", [-30 * SECOND, -3 * HOUR, 3 * HOUR, timedelta(days=400)])
def test_a_wall_that_leaps_and_comes_back_within_ten_minutes_changes_nothing(step: timedelta):
    desk = Desk(Machine())
    desk.live(MINUTE)
    desk.machine.wrong = step
    desk.live(9 * MINUTE)
    assert desk.wrong == NOTHING
    assert desk.time.ahead(desk.machine.steady) == step
    desk.machine.wrong = NOTHING
    desk.live(HOUR)
    assert desk.wrong == NOTHING


@pytest.mark.parametrize("step", [-3 * HOUR, 3 * HOUR])
def test_a_wall_that_stays_elsewhere_is_followed_by_five_minutes_an_hour(step: timedelta):
    desk = Desk(Machine())
    desk.machine.wrong = step
    desk.live(10 * MINUTE + 2 * SECOND)
    assert abs(desk.wrong) <= SECOND
    desk.live(HOUR)
    assert abs(abs(desk.wrong) - 5 * MINUTE) <= SECOND
    desk.live(36 * HOUR, every=MINUTE)
    assert desk.wrong == step


def test_a_desk_that_began_under_a_wrong_wall_comes_back_once_it_is_right():
    desk = Desk(Machine(wrong=3 * HOUR))
    desk.live(HOUR)
    assert desk.wrong == 3 * HOUR
    desk.machine.wrong = NOTHING
    desk.live(37 * HOUR, every=MINUTE)
    assert desk.wrong == NOTHING


def test_a_wall_that_leaps_again_is_believed_ten_minutes_later_only():
    desk = Desk(Machine())
    desk.machine.wrong = 3 * HOUR
    desk.live(11 * MINUTE)
    before = desk.wrong
    desk.machine.wrong = NOTHING
    desk.live(9 * MINUTE)
    assert abs(desk.wrong - before) <= SECOND / SLEW
    desk.live(5 * MINUTE)
    assert desk.wrong == NOTHING


def test_after_a_pause_that_the_steady_clock_has_not_counted_the_desk_leaps_ahead():
    desk = Desk(Machine())
    desk.machine.wrong = timedelta(days=7)
    desk.live(9 * MINUTE)
    assert desk.wrong == NOTHING
    desk.live(2 * MINUTE)
    assert desk.wrong == timedelta(days=7)


def test_clocks_that_drift_apart_are_kept_together():
    desk = Desk(Machine())
    for _ in range(1000):
        desk.machine.wrong += timedelta(milliseconds=1)
        desk.live(SECOND)
    assert abs(desk.wrong - desk.machine.wrong) <= timedelta(milliseconds=2)


@pytest.mark.parametrize("step", [-0.9, -0.3, 0.3, 0.9])
def test_a_wall_that_is_set_again_and_again_by_a_little_is_not_followed_as_if_it_drifted(
    step: float,
):
    desk = Desk(Machine())
    desk.live(MINUTE)
    for _ in range(100):
        desk.machine.wrong += step * SECOND
        desk.live(SECOND)
        assert abs(desk.wrong) <= SECOND
    desk.live(8 * MINUTE)
    assert abs(desk.wrong) <= SECOND
    desk.live(30 * MINUTE)
    assert desk.wrong == desk.machine.wrong


@pytest.mark.parametrize("step", [-3 * HOUR, 3 * HOUR])
def test_a_process_that_starts_beside_a_wrong_wall_goes_on_by_the_machines_steady_clock(
    step: timedelta,
):
    first = Desk(Machine())
    told = first.tells()
    first.machine.wrong = step
    first.live(MINUTE)
    second = Desk(first.machine, told)
    assert second.now == first.now
    second.live(11 * MINUTE)
    first.time = second.time
    assert abs(Desk(first.machine, first.tells()).now - first.now) <= timedelta(milliseconds=1)


def test_a_process_on_another_machine_goes_by_what_a_running_one_has_told_of_the_same_wall():
    first = Desk(Machine())
    first.machine.wrong = -3 * HOUR
    first.live(8 * MINUTE)
    told = first.tells()
    first.live(5 * SECOND)
    other = Machine(first.machine.steady + 77 * HOUR, -3 * HOUR, first.machine.began - 77 * HOUR)
    second = Desk(other, told, ELSEWHERE)
    assert second.now == first.now
    first.live(3 * MINUTE)
    second.live(3 * MINUTE)
    assert second.wrong == first.wrong != NOTHING  # they believe it in the same moment


def test_after_the_machine_was_off_the_later_of_wall_and_record_counts():
    told = Desk(Machine()).tells()
    behind = Machine(wrong=-3 * HOUR)
    assert Desk(behind, told, ELSEWHERE).now == told.at
    ahead = Machine(steady=5 * HOUR, began=NOON)
    assert Desk(ahead, told, ELSEWHERE).now == ahead.right


def test_a_machine_that_was_paused_for_days_is_believed_at_the_next_start():
    told = Desk(Machine()).tells()
    paused = Machine(wrong=ASLEEP + HOUR)
    assert Desk(paused, told).now == paused.reads().wall


Steps = Sequence[tuple[timedelta, timedelta]]
a_while = st.timedeltas(min_value=NOTHING, max_value=timedelta(hours=3))
wrongs = st.timedeltas(min_value=-timedelta(days=9), max_value=timedelta(days=9))
lives = st.lists(st.tuples(a_while, wrongs | st.just(NOTHING)), max_size=30)


@given(lives, a_while)
def test_the_desks_time_never_falls(life: Steps, last: timedelta):
    desk = Desk(Machine())
    seen = desk.now
    for length, wrong in life:
        half = desk.machine.steady + length / 2
        assert seen <= desk.time.now(half) <= desk.time.now(half + length / 2)
        seen = desk.time.now(half)
        desk.machine.wrong = wrong
        desk.live(length, every=length or SECOND)
        assert desk.now >= seen
        seen = desk.now
    assert desk.time.now(desk.machine.steady + last) >= seen


@given(lives)
def test_it_goes_faster_or_slower_by_a_twelfth_at_most_but_after_a_day_that_it_missed(life: Steps):
    desk = Desk(Machine())
    for length, wrong in life:
        before, ahead = desk.wrong, wrong - desk.wrong
        desk.machine.wrong = wrong
        desk.live(length, every=length or SECOND)
        is_asleep = ahead > ASLEEP - length / SLEW
        assert is_asleep or abs(desk.wrong - before) <= length / SLEW


@given(wrongs, a_while)
def test_a_wall_that_stays_is_reached(wrong: timedelta, before: timedelta):
    desk = Desk(Machine())
    desk.live(before, every=before or SECOND)
    desk.machine.wrong = wrong
    desk.live(2 * BELIEVED_AFTER, every=MINUTE)
    stretch = abs(wrong) * SLEW / 10 + MINUTE
    desk.live(11 * stretch, every=stretch)
    assert abs(desk.wrong - wrong) <= timedelta(milliseconds=1)


@given(lives, a_while, wrongs, st.booleans())
def test_who_starts_later_begins_no_earlier_than_what_was_told(
    life: Steps, off: timedelta, wrong: timedelta, same: bool
):
    desk = Desk(Machine())
    for length, wrong_then in life:
        desk.machine.wrong = wrong_then
        desk.live(length, every=length or SECOND)
    told = desk.tells()
    desk.machine.steady += off
    desk.machine.wrong = wrong
    assert Desk(desk.machine, told, HERE if same else ELSEWHERE).now >= told.at
