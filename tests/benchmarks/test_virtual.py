"""An hour in virtual time is as long as its work takes, and everybody has the same clock."""

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.virtual import Bell, Crew, VirtualTime

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> VirtualTime:
    return VirtualTime(START)


def test_actors_take_turns_by_their_moments(clock: VirtualTime) -> None:
    seen: list[tuple[str, float]] = []

    def act(name: str, every: float) -> None:
        for _ in range(2):
            clock.sleep(every)
            seen.append((name, clock.seconds))

    clock.begin(lambda: act("slow", 3600.0))
    clock.begin(lambda: act("fast", 1.0))
    clock.run()

    assert seen == [("fast", 1.0), ("fast", 2.0), ("slow", 3600.0), ("slow", 7200.0)]
    assert clock.now() == START + timedelta(hours=2)


def test_a_bell_wakes_who_waits_before_their_time(clock: VirtualTime) -> None:
    bell = Bell(clock)
    woken: list[float] = []

    def wait() -> None:
        for _ in range(3):
            bell.wait(10.0)
            woken.append(clock.seconds)

    def ring() -> None:
        clock.sleep(4.0)
        bell.ring()
        bell.ring()

    clock.begin(wait)
    clock.begin(ring)
    clock.run()

    assert woken == [4.0, 14.0, 24.0]


def test_a_busy_hand_takes_nothing_new(clock: VirtualTime) -> None:
    crew = Crew(clock, 4)
    done: list[object] = []

    def call(number: int) -> int:
        clock.sleep(0.5)
        done.append((number, clock.seconds))
        return number

    clock.begin(lambda: done.append(list(crew.map(call, range(6)))))
    clock.run()

    assert done == [
        (0, 0.5), (1, 0.5), (2, 0.5), (3, 0.5), (4, 1.0), (5, 1.0), [0, 1, 2, 3, 4, 5],
    ]  # fmt: skip


def test_what_an_actor_fails_with_ends_the_run(clock: VirtualTime) -> None:
    def fail() -> None:
        raise LookupError("no such card")

    clock.begin(fail)
    clock.begin(lambda: clock.sleep(60.0))

    with pytest.raises(LookupError, match="no such card"):
        clock.run()
