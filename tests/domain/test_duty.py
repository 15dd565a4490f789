"""The rota over time, against somebody who looks at the clock on the wall every minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.duty import holes, stretches
from bot.domain.ids import MemberId
from bot.domain.on_call import Event, Override, Rota, Shift, Swap

ANN, BEN, CEM = "UANN", "UBEN", "UCEM"
PEOPLE = (ANN, BEN, CEM)
ZONES = ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
# A day on which clocks jump in one of the zones, and one on which none does.
DAYS = (date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 4, 5), date(2026, 7, 1))
MINUTE = timedelta(minutes=1)


def found(written: str) -> MemberId | None:
    return MemberId(written)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def oracle(rota: Rota, now: datetime) -> set[str]:
    """Read off the wall: whose hours it is, by the day on which they began."""
    standing_in = {one.person for one in rota.overrides if one.start <= now < one.end}
    people = set()
    for shift in rota.shifts:
        wall = now.astimezone(ZoneInfo(shift.time_zone))
        minute = wall.hour * 60 + wall.minute
        for back in (0, 1):
            began = wall.date() - timedelta(days=back)
            since = minute + back * 1440
            length = (shift.end_minute - shift.start_minute - 1) % 1440 + 1
            until = shift.start_minute + length
            if began.weekday() in shift.days and shift.start_minute <= since < until:
                person = shift.person
                for swap in rota.swaps:
                    if swap.day == began and person in swap.people:
                        person = next(one for one in swap.people if one != person)
                people.add(person)
    there = standing_in or people
    return there | {p for one in rota.events if one.start <= now < one.end for p in one.people}


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Rota, datetime]:
    day = draw(st.sampled_from(DAYS))
    person, near = st.sampled_from(PEOPLE), st.integers(-1500, 1500)
    start, end = st.integers(0, 95).map(lambda n: n * 15), st.integers(1, 96).map(lambda n: n * 15)
    week = st.frozensets(st.integers(0, 6), min_size=1)
    shift = st.builds(Shift, person, week, start, end, st.sampled_from(ZONES))
    moment = near.map(lambda minutes: noon(day) + timedelta(minutes=minutes))
    length = st.integers(1, 900).map(lambda minutes: timedelta(minutes=minutes))
    pair = st.permutations(PEOPLE).map(lambda people: (people[0], people[1]))
    swap = st.builds(Swap, pair, st.integers(-2, 2).map(lambda n: day + timedelta(days=n)))
    spans = st.tuples(person, moment, length)
    rota = Rota(
        tuple(draw(st.lists(shift, max_size=4))),
        tuple(Override(p, at, at + long) for p, at, long in draw(st.lists(spans, max_size=1))),
        tuple(draw(st.lists(swap, max_size=2))),
        tuple(
            Event("Fair", (p,), at, at + long) for p, at, long in draw(st.lists(spans, max_size=1))
        ),
    )
    return rota, noon(day)


@settings(deadline=None, max_examples=60)
@given(rotas(), st.integers(0, 36 * 60))
def test_whoever_is_on_duty_is_who_the_clock_on_the_wall_says(
    made: tuple[Rota, datetime], minutes: int
) -> None:
    rota, around = made
    now = around - timedelta(hours=18) + minutes * MINUTE
    assert set(rota.on_duty(now)) == oracle(rota, now)


@settings(deadline=None, max_examples=40)
@given(rotas())
def test_the_stretches_of_a_week_say_the_same_at_every_quarter(made: tuple[Rota, datetime]) -> None:
    rota, around = made
    start, end = around - timedelta(hours=15), around + timedelta(hours=21)
    laid_out = stretches(rota, start, end, found)
    assert (laid_out[0].start, laid_out[-1].end) == (start, end)
    for one, following in pairwise(laid_out):
        assert one.end == following.start
        assert one.people != following.people
        # To the second: what holds until its end has changed at it.
        assert set(one.people) == oracle(rota, one.end - timedelta(seconds=1))
        assert set(following.people) == oracle(rota, following.start)
    for quarter in range(int((end - start) / timedelta(minutes=15))):
        at = start + quarter * timedelta(minutes=15)
        there = next(one for one in laid_out if one.start <= at < one.end)
        assert set(there.people) == oracle(rota, at)


def test_the_night_of_the_jump_is_an_hour_shorter_and_the_other_an_hour_longer() -> None:
    night = Rota((Shift(ANN, frozenset(range(7)), 22 * 60, 6 * 60, "Europe/Amsterdam"),))

    def length(day: date) -> timedelta:
        around = stretches(night, noon(day) - timedelta(days=1), noon(day), found)
        return next(one.end - one.start for one in around if one.people)

    assert length(date(2026, 3, 29)) == timedelta(hours=7)
    assert length(date(2026, 10, 25)) == timedelta(hours=9)
    assert length(date(2026, 7, 1)) == timedelta(hours=8)


def test_a_swap_of_a_night_goes_by_the_day_on_which_it_begins() -> None:
    nights = Shift(ANN, frozenset([4]), 22 * 60, 6 * 60, "Europe/Amsterdam")
    rota = Rota((nights,), swaps=(Swap((ANN, BEN), date(2026, 7, 3)),))
    assert rota.on_duty(datetime(2026, 7, 4, 3, tzinfo=UTC)) == (BEN,)  # Saturday, five o'clock
    assert rota.on_duty(datetime(2026, 7, 11, 3, tzinfo=UTC)) == (ANN,)


def test_swaps_of_one_day_follow_each_other() -> None:
    day = date(2026, 7, 3)
    rota = Rota(
        (Shift(ANN, frozenset(range(7))),), swaps=(Swap((ANN, BEN), day), Swap((BEN, CEM), day))
    )
    assert rota.on_duty(noon(day)) == (CEM,)


def test_holes_are_where_nobody_is_or_nobody_whom_anybody_knows() -> None:
    rota = Rota((Shift(ANN, frozenset(range(7)), 0, 720), Shift("gone", frozenset(range(7)), 720)))
    start = datetime(2026, 7, 1, tzinfo=UTC)
    laid_out = stretches(
        rota, start, start + timedelta(days=1), lambda one: None if one == "gone" else MemberId(one)
    )
    (hole,) = holes(laid_out)
    assert (hole.start, hole.end) == (start + timedelta(hours=12), start + timedelta(days=1))
