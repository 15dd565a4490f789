"""The desk's time is kept: by a file's machine, by a server's clock for several, and told on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.clock_report import DATABASE, MACHINE, Leap
from bot.domain.errors import StoreUnavailable
from bot.services.timekeeping import Machine, Timekeeper
from bot.store.engines import open_database
from bot.store.schema import MIGRATIONS
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from bot.wiring import machine_time, this_machine
from tests.desk import begin_with_tables

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
NOTHING, SECOND, MINUTE, HOUR = timedelta(), *(timedelta(seconds=n) for n in (1, 60, 3600))
DAY = 24 * HOUR
MILLISECOND = timedelta(milliseconds=1)


class World:
    """What time it really is, and how wrong the server's clock is."""

    def __init__(self) -> None:
        self.passed = NOTHING
        self.server_wrong: timedelta | None = None  # None: a file, without a clock
        self.answers_after = NOTHING
        self.is_away = False

    @property
    def now(self) -> datetime:
        return NOON + self.passed


class Server(SqliteDatabase):
    """One with a clock of its own."""

    world: World

    def wall(self) -> datetime | None:
        if self.world.is_away:
            raise StoreUnavailable("away")
        self.world.passed += self.world.answers_after
        wrong = self.world.server_wrong
        return None if wrong is None else self.world.now + wrong


class Here:
    """A machine: its steady clock began some time ago, and its wall may be wrong."""

    def __init__(self, world: World, store: Store, name: str, up: timedelta = HOUR):
        self.wrong = NOTHING
        self._world, self._store, self._name, self._up = world, store, name, up

    def starts(self) -> Timekeeper:
        return Timekeeper(
            self._store,
            Machine(
                lambda: self._world.now + self.wrong,
                lambda: (self._up + self._world.passed).total_seconds(),
                self._name,
            ),
        )


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def store(tmp_path: Path, world: World) -> Iterator[Store]:
    begin_with_tables(f"sqlite:///{tmp_path}/desk.db")
    database = Server(tmp_path / "desk.db", synchronous="OFF")
    database.world = world
    yield Store(database)
    database.close()


def live(world: World, length: timedelta, *keepers: Timekeeper) -> None:
    for _ in range(length // SECOND):
        world.passed += SECOND
        for keeper in keepers:
            keeper.look()


def test_a_leap_of_the_machines_clock_is_told_and_moves_nothing(world: World, store: Store):
    here = Here(world, store, "here")
    keeper = here.starts()
    here.wrong = -3 * HOUR
    live(world, SECOND, keeper)
    assert keeper.now() == world.now
    assert keeper.wall() == world.now - 3 * HOUR
    assert keeper.report().leaps == (Leap(MACHINE, -3 * HOUR, world.now),)
    assert [str(skew) for skew in keeper.report().worth_saying] == [
        "This machine's clock is 3 h behind the desk's time."
    ]
    live(world, HOUR + 10 * MINUTE, keeper)
    assert keeper.report().leaps == ()


def test_a_restart_under_a_wrong_clock_goes_on_where_the_desk_was(world: World, store: Store):
    here = Here(world, store, "here")
    live(world, MINUTE, here.starts())
    here.wrong = 3 * HOUR
    world.passed += MINUTE
    assert abs(here.starts().now() - world.now) <= MILLISECOND


def test_after_a_reboot_with_a_clock_that_is_behind_nothing_stored_lies_ahead(
    world: World, store: Store
):
    live(world, MINUTE, Here(world, store, "here").starts())
    before = world.now
    rebooted = Here(world, store, "here, later", up=NOTHING)
    rebooted.wrong = -3 * HOUR
    assert before - 5 * SECOND <= rebooted.starts().now() <= before


@pytest.mark.parametrize(
    ("behind", "begins"), [(-5 * MINUTE, -5 * MINUTE), (3 * HOUR, NOTHING), (400 * DAY, 400 * DAY)]
)
def test_an_upgrade_begins_at_the_newest_moment_stored_unless_that_is_days_ahead(
    tmp_path: Path, behind: timedelta, begins: timedelta
):
    database = SqliteDatabase(tmp_path / "old.db", synchronous="OFF")
    database.migrate(MIGRATIONS[: [name for name, _ in MIGRATIONS].index("m021_clock")])
    at = {"at": int(NOON.timestamp() * 1000)}
    with database.writing():
        database.run(
            "insert into events (case_id, at, what, actor, data) values (1, :at, '', '', '')", at
        )
    store = Store(database)
    store.migrate()
    upgraded = Machine(lambda: NOON - behind, HOUR.total_seconds, "here")
    assert Timekeeper(store, upgraded).now() == NOON - begins
    database.close()


def test_what_is_signed_for_others_follows_a_clock_that_is_believed(world: World, store: Store):
    here = Here(world, store, "here")
    here.wrong = 3 * HOUR
    keeper = here.starts()
    here.wrong = NOTHING
    live(world, 9 * MINUTE, keeper)
    assert keeper.outside() == keeper.now() == world.now + 3 * HOUR
    assert keeper.report().suspect
    live(world, 2 * MINUTE, keeper)
    assert keeper.report().suspect is None
    assert keeper.outside() == world.now
    assert keeper.now() > world.now + 2 * HOUR


def test_processes_of_several_machines_agree_by_the_servers_clock(world: World, store: Store):
    world.server_wrong = NOTHING
    one, other = Here(world, store, "one"), Here(world, store, "other", up=77 * HOUR)
    one.wrong = -30 * SECOND
    first, second = one.starts(), other.starts()
    assert first.now() == second.now() == world.now
    world.server_wrong = -3 * HOUR
    live(world, 5 * MINUTE, first, second)
    third = Here(world, store, "third", up=5 * HOUR).starts()
    assert first.now() == second.now() == world.now
    assert abs(third.now() - world.now) <= MILLISECOND
    assert [leap.clock for leap in second.report().leaps] == [DATABASE]
    live(world, 20 * MINUTE, first, second, third)
    slowed = 15 * MINUTE / 12
    for keeper in (first, second, third):
        assert abs(keeper.now() - (world.now - slowed)) <= SECOND
    assert abs(third.now() - first.now()) <= 100 * MILLISECOND


def test_a_server_that_takes_its_time_has_not_told_it(world: World, store: Store):
    world.server_wrong = NOTHING
    keeper = Here(world, store, "here").starts()
    world.server_wrong, world.answers_after = HOUR, SECOND
    live(world, MINUTE, keeper)
    assert keeper.now() == world.now
    assert keeper.report().leaps == ()


def test_a_server_that_was_slow_at_the_start_decides_alone_as_soon_as_it_tells_the_time(
    world: World, store: Store
):
    world.server_wrong, world.answers_after = NOTHING, SECOND
    here = Here(world, store, "here")
    here.wrong = -MINUTE
    keeper = here.starts()
    world.answers_after = NOTHING
    live(world, 9 * MINUTE, keeper)
    assert keeper.now() == world.now - MINUTE
    live(world, 20 * MINUTE, keeper)
    assert keeper.now() == world.now
    assert keeper.report().leaps == ()


def test_a_database_that_is_away_hides_no_leap_of_the_machines_clock(world: World, store: Store):
    here = Here(world, store, "here")
    keeper = here.starts()
    world.is_away, here.wrong = True, -30 * SECOND
    with pytest.raises(StoreUnavailable):
        keeper.look()
    assert [leap.clock for leap in keeper.report().leaps] == [MACHINE]


def test_on_either_engine_it_is_the_time_that_it_is(database_url: str):
    begin_with_tables(database_url)
    database = open_database(database_url)
    for _ in range(2):
        keeper = Timekeeper(Store(database), this_machine())
        keeper.look()
        assert abs(keeper.now() - machine_time()) < 10 * SECOND
    database.close()
