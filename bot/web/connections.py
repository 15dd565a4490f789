"""Which connection is closed to make room for another, and which has waited for too long.

Whoever holds a connection open and asks for nothing costs only the room. So there is a bound, and
above it the one that has waited longest goes: an honest caller connects again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Protocol, TypeVar

MOST = 400
UNFINISHED_EACH = 50  # of one address; no honest caller begins as many requests at once
IDLE_SECONDS = 30.0
HOUSEHOLD = 64  # bits; whoever has one address of IPv6 has all that begin like it


class Connection(Protocol):
    address: str
    waiting_since: float  # when it came, or when its last whole request was answered
    begun_at: float | None  # when the request began that is not whole yet

    @property
    def is_asking(self) -> bool:
        """A whole request of its own is being answered, or is about to be."""

    @property
    def is_unfinished(self) -> bool:
        """It has brought no whole request yet, or is in the middle of one."""


Some = TypeVar("Some", bound=Connection)


@dataclass(frozen=True)
class Bounds:
    """A proxy stands for all its clients, so what holds for one address does not hold for it."""

    proxies: Collection[str] = ()
    patience: float = 15.0  # seconds with one whole request, however small its pieces
    most: int = MOST

    def in_the_way(self, there: Collection[Some], newcomer: Some) -> list[Some]:
        """Those that go now that one more has come in."""
        gone = self._too_many_from(newcomer.address, there)
        if len(there) - len(gone) > self.most:
            gone += _oldest([one for one in _idle(there) if one not in gone])[:1]
        return gone

    def has_room(self, there: Collection[Connection]) -> bool:
        return len(there) < self.most or bool(_idle(there))

    def overdue(self, there: Iterable[Some], now: float) -> list[Some]:
        """A byte now and then keeps nobody here; only whole requests count."""
        return [
            one
            for one in _idle(there)
            if now - one.waiting_since > IDLE_SECONDS
            or (one.begun_at is not None and now - one.begun_at > self.patience)
        ]

    def _too_many_from(self, address: str, there: Iterable[Some]) -> list[Some]:
        if self._is_of_many(address):
            return []
        household = _household(address)
        begun = [one for one in there if one.is_unfinished and _household(one.address) == household]
        return _oldest(begun)[:-UNFINISHED_EACH]

    def _is_of_many(self, address: str) -> bool:
        here = _plain(address)
        return here.is_loopback or any(here in ip_network(one) for one in self.proxies)


def _idle(there: Iterable[Some]) -> list[Some]:
    return [one for one in there if not one.is_asking]


def _oldest(some: list[Some]) -> list[Some]:
    return sorted(some, key=lambda one: one.waiting_since)


def _household(address: str) -> int:
    here = _plain(address)
    return int(here) >> HOUSEHOLD if isinstance(here, IPv6Address) else int(here)


def _plain(address: str) -> IPv4Address | IPv6Address:
    """A caller by IPv4 is one, also where a door for both writes it as ::ffff:192.0.2.1."""
    here = ip_address(address.partition("%")[0])
    mapped = here.ipv4_mapped if isinstance(here, IPv6Address) else None
    return mapped or here
