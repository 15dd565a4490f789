"""Who goes when there are too many: by how long each has waited, and from where it came."""

from dataclasses import dataclass

import pytest

from bot.web.connections import Bounds


@dataclass
class Caller:
    waiting_since: float
    address: str = "192.0.2.1"
    begun_at: float | None = None
    is_asking: bool = False
    is_unfinished: bool = False


def unfinished(number: int, address: str = "192.0.2.1") -> list[Caller]:
    return [Caller(float(at), address, is_unfinished=True) for at in range(number)]


def gone(bounds: Bounds, there: list[Caller]) -> list[Caller]:
    """The last of them has just come in."""
    return bounds.in_the_way(there, there[-1])


def test_who_has_waited_longest_goes_and_nobody_who_is_being_answered():
    answered, older, younger = Caller(1, is_asking=True), Caller(2), Caller(3)
    there = [younger, answered, older]

    assert gone(Bounds(most=2), there) == [older]
    assert gone(Bounds(most=3), there) == []


def test_there_is_no_room_where_everybody_is_being_answered():
    busy = [Caller(1, is_asking=True)] * 2

    assert not Bounds(most=2).has_room(busy)
    assert Bounds(most=3).has_room(busy)
    assert Bounds(most=2).has_room([*busy, Caller(2)])


def test_of_one_address_the_oldest_goes_where_too_many_have_not_asked_yet():
    there = unfinished(51)

    assert gone(Bounds(), there) == there[:1]
    assert gone(Bounds(), there[:50]) == []


def test_who_has_asked_and_keeps_the_connection_is_not_counted_for_its_address():
    assert gone(Bounds(), [Caller(float(at)) for at in range(100)]) == []


def test_another_address_is_another_caller():
    assert gone(Bounds(), [*unfinished(50), *unfinished(50, "192.0.2.2")]) == []


@pytest.mark.parametrize("one", ["127.0.0.1", "127.8.8.8", "::1", "10.0.0.5", "::ffff:10.0.1.9"])
def test_this_machine_and_a_proxy_that_is_named_stand_for_any_number_of_clients(one: str):
    assert gone(Bounds(proxies=("10.0.0.5/32", "10.0.1.0/24")), unfinished(99, one)) == []


def test_the_same_number_from_elsewhere_is_too_many():
    assert gone(Bounds(proxies=("10.0.0.5/32",)), unfinished(51, "10.0.0.6"))


def test_neighbours_by_ipv6_are_one_household():
    there = [*unfinished(50, "2001:db8::1"), Caller(51, "2001:db8::2", is_unfinished=True)]

    assert gone(Bounds(), there) == there[:1]
    assert gone(Bounds(), [*there[:50], Caller(51, "2001:db8:0:1::1", is_unfinished=True)]) == []


def test_patience_ends_with_what_began_and_does_not_become_whole():
    slow, waiting, busy = Caller(0, begun_at=1), Caller(0), Caller(0, is_asking=True)

    assert Bounds(patience=15).overdue([slow, waiting, busy], now=16.1) == [slow]
    assert Bounds(patience=15).overdue([slow, waiting, busy], now=30.1) == [slow, waiting]
