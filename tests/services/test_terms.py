"""Leases in virtual time: one holder at a time, whoever is slow, paused, away or badly timed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import StoreUnavailable, TermOver
from bot.domain.leases import CALLS_END, LEASE, MARGIN, Task
from bot.services.terms import Process, Term, Terms
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from tests.company import MONDAY

STRETCH = st.tuples(st.integers(0, 1), st.integers(1, 16), st.sampled_from([0.25, 0.5, 1.0, 3.0]))
STEPS = st.lists(STRETCH, min_size=5, max_size=12)  # who has so many turns, so far apart
OFFSETS = st.tuples(*[st.integers(-(10**6), 10**6)] * 2)


@dataclass
class Chair:
    """What a term sets going: it only knows that it sits."""

    term: Term
    well: bool = True
    stopped: bool = False
    left: bool = False

    def is_well(self) -> bool:
        return self.well

    def stop(self) -> None:
        self.stopped = True

    def leave(self) -> None:
        self.left = True


class World:
    """One database, the true time, and processes that see it each by a clock of their own."""

    def __init__(self, folder: str):
        self.path = Path(folder) / "desk.db"
        self.time = 1000.0
        self.to_come: list[tuple[float, int]] = []
        self.members: list[Member] = []
        self.store = Store(SqliteDatabase(self.path, synchronous="OFF"))
        self.store.migrate()

    def joined(self, offset: float = 0, *, is_alone: bool = False) -> "Member":
        member = Member(self, offset, is_alone=is_alone)
        self.members.append(member)
        return member

    def meanwhile(self) -> None:
        """Somebody waits: the next thing of the story happens first."""
        if self.to_come:
            seconds, who = self.to_come.pop(0)
            self.time += seconds
            self.members[who].turn()
            self.look()

    def take_turns(self, seconds: float, *members: "Member") -> None:
        """Twice a second each, and nobody waits for anything."""
        for _ in range(int(seconds * 2)):
            self.time += 0.5
            for member in members:
                member.turn()

    def play(self, steps: list[tuple[float, int]]) -> None:
        """One thing after another, and also in the middle of the one before."""
        self.to_come = list(steps)
        while self.to_come:
            self.meanwhile()

    def look(self) -> None:
        """At most one may write, and whoever may speak is the one who may write."""
        speakers = [one for one in self.terms if one.is_on()]
        writers = [one for one in self.terms if self.lets_write(one)]
        assert len(writers) <= 1
        assert all(one in writers for one in speakers)

    def lets_write(self, term: Term) -> bool:
        try:
            with self.store.transaction() as tx:
                term.guard(tx)
        except TermOver:
            return False
        return True

    @property
    def terms(self) -> list[Term]:
        return [chair.term for member in self.members for chair in member.chairs]


class SlowDatabase(SqliteDatabase):
    """Everything may happen between any two steps of whoever uses it; it may also be away."""

    def __init__(self, world: World):
        super().__init__(world.path, synchronous="OFF")
        self.world = world
        self.is_away = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        self._meanwhile()
        with super().reading():
            yield
            self._meanwhile()

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._meanwhile()
        with super().writing():
            yield
        self._meanwhile()

    def _meanwhile(self) -> None:
        if self.is_away:
            raise StoreUnavailable("away")
        self.world.meanwhile()


@dataclass
class Member:
    """A process of the desk."""

    world: World
    offset: float
    is_alone: bool = False
    chairs: list[Chair] = field(default_factory=list)
    is_busy: bool = False

    def __post_init__(self) -> None:
        self.db = SlowDatabase(self.world)
        self.terms = Terms(
            Store(self.db), Process(f"p{len(self.world.members)}", self.is_alone),
            {Task.DELIVERY: self._begin}, self._now, lambda: self.world.time + self.offset,
        )  # fmt: skip

    def turn(self) -> None:
        """Once at a time, as its one thread does."""
        if self.is_busy:
            return
        self.is_busy = True
        try:
            self.terms.turn()
        finally:
            self.is_busy = False

    @property
    def is_on(self) -> bool:
        return any(chair.term.is_on() for chair in self.chairs)

    def _begin(self, term: Term) -> Chair:
        self.chairs.append(Chair(term))
        return self.chairs[-1]

    def _now(self) -> datetime:
        """Its wall clock is as wrong as it likes to be."""
        return MONDAY + timedelta(seconds=self.world.time - 3 * self.offset)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(str(tmp_path))


@settings(max_examples=40)
@given(steps=STEPS, offsets=OFFSETS)
def test_two_never_work_at_once_and_fences_only_grow(
    steps: list[tuple[int, int, float]], offsets: tuple[int, ...]
):
    with TemporaryDirectory() as folder:
        world = World(folder)
        for offset in offsets:
            world.joined(offset)
        world.play([(seconds, who) for who, turns, seconds in steps for _ in range(turns)])
        fences = Counter(term.fence for term in world.terms)
        assert sorted(fences) == list(range(1, len(fences) + 1))
        assert set(fences.values()) <= {1}


def test_a_desk_that_nobody_runs_is_taken_over_at_once(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    assert (first.is_on, second.is_on) == (True, False)
    assert second.terms.is_done(Task.DELIVERY)


def test_who_renews_keeps_it_for_ever(world: World):
    first, second = world.joined(), world.joined()
    world.take_turns(60, first, second)
    assert first.is_on
    assert [chair.term.fence for chair in first.chairs] == [1]
    assert not second.chairs


def test_who_is_silent_stops_by_itself_and_is_replaced_a_margin_later(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    world.take_turns((LEASE - MARGIN).total_seconds(), second)
    assert (first.is_on, second.is_on) == (False, False)
    world.take_turns(MARGIN.total_seconds(), second)
    assert second.is_on
    assert not first.terms.is_done(Task.DELIVERY)

    first.turn()
    assert first.chairs[0].left
    assert first.terms.is_done(Task.DELIVERY)


def test_who_was_replaced_keeps_nothing_and_sends_nothing_when_it_wakes(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    world.take_turns(LEASE.total_seconds(), second)
    [chair] = first.chairs
    with pytest.raises(TermOver):
        chair.term.must_be_on()
    assert not world.lets_write(chair.term)
    assert world.lets_write(second.chairs[0].term)


def test_a_lease_counts_from_before_it_was_asked_for(world: World):
    first = world.joined()
    world.to_come = [(0, 0), (0, 0), (0, 0), ((LEASE - MARGIN).total_seconds(), 0)]
    first.turn()  # kept long ago, when it hears of it
    assert first.chairs
    assert not first.is_on


def test_a_silence_counts_from_when_it_was_seen(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    world.to_come = [(LEASE.total_seconds(), 1)]
    second.turn()  # it has waited so long before it could look
    second.turn()
    assert not second.is_on


def test_who_could_not_look_has_seen_no_silence(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    world.time += 60  # the database was away, so the first could not renew either
    second.turn()
    assert not second.is_on
    first.turn()
    assert first.is_on
    assert [chair.term.fence for chair in first.chairs] == [1]


def test_a_stop_lets_the_next_one_begin_at_once(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    first.terms.close()
    assert first.chairs[0].stopped
    assert first.is_on  # what it has begun may come to its end
    first.terms.release()
    assert not first.is_on
    second.turn()
    assert second.is_on
    assert second.chairs[0].term.settles_in == timedelta()


def test_calls_of_a_holder_that_fell_silent_may_still_be_on_their_way(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    world.take_turns(LEASE.total_seconds(), second)
    [chair] = second.chairs
    assert chair.term.settles_in == CALLS_END
    assert not chair.term.is_settled()
    world.take_turns(10, second)
    assert chair.term.is_settled()


def test_the_same_term_goes_on_after_the_database_was_away(world: World):
    first = world.joined()
    first.turn()
    first.db.is_away = True
    world.time += 60
    with pytest.raises(StoreUnavailable):
        first.turn()
    assert not first.is_on
    first.db.is_away = False
    first.turn()
    assert first.is_on
    assert [chair.term.fence for chair in first.chairs] == [1]


def test_who_does_not_do_the_task_leaves_it_to_who_does(world: World):
    first, second = world.joined(), world.joined()
    first.turn()
    second.turn()
    first.chairs[0].well = False
    assert not first.terms.is_done(Task.DELIVERY)
    world.take_turns(7, first, second)
    assert second.is_on
    assert first.terms.is_done(Task.DELIVERY)


def test_who_is_alone_waits_for_no_lease_and_loses_none(world: World):
    killed = world.joined()
    killed.turn()
    restarted = world.joined(is_alone=True)
    restarted.turn()
    world.time += 10**6
    assert restarted.is_on
    assert restarted.chairs[0].term.fence == 2
    assert restarted.chairs[0].term.is_settled()


def test_nobody_does_what_nobody_has_renewed(world: World):
    first, watching = world.joined(), world.joined()
    watching.turn()
    [chair] = watching.chairs
    first.turn()
    assert first.terms.is_done(Task.DELIVERY)
    world.time += (LEASE + MARGIN).total_seconds()
    assert not first.terms.is_done(Task.DELIVERY)
    assert not chair.term.is_on()
