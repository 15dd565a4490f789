"""Figures: rounds of every side, taken in turns so that the machine's moods meet all of them."""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

PAIRS = 7


@dataclass(frozen=True)
class Round:
    """What each operation of a side took, and all of them together, in seconds."""

    each: Sequence[float]
    took: float

    @property
    def rate(self) -> float:
        return len(self.each) / self.took


@dataclass(frozen=True)
class Side:
    """All rounds of one side; its figures are the medians of theirs."""

    rounds: Sequence[Round]

    @property
    def p50(self) -> float:
        return median(share(one.each, 0.50) for one in self.rounds)

    @property
    def p99(self) -> float:
        return median(share(one.each, 0.99) for one in self.rounds)

    @property
    def worst(self) -> float:
        return max(max(one.each) for one in self.rounds)

    @property
    def rate(self) -> float:
        return median(one.rate for one in self.rounds)

    def later_than(self, seconds: float) -> int:
        return sum(each > seconds for one in self.rounds for each in one.each)

    def over(self, floor: "Side") -> float:
        """How many times the floor: of each pair its medians, of the pairs the median."""
        pairs = zip(self.rounds, floor.rounds, strict=True)
        return median(median(ours.each) / median(bare.each) for ours, bare in pairs)

    def slower_than(self, floor: "Side") -> float:
        """How many times fewer operations a second, as the median of the pairs."""
        pairs = zip(self.rounds, floor.rounds, strict=True)
        return median(bare.rate / ours.rate for ours, bare in pairs)


def share(values: Iterable[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def timed(operation: Callable[[T], object], items: Iterable[T]) -> Round:
    """One after another."""
    each = []
    begun = time.perf_counter()
    for item in items:
        start = time.perf_counter()
        operation(item)
        each.append(time.perf_counter() - start)
    return Round(each, time.perf_counter() - begun)


def in_turns(rounds: int, sides: Mapping[K, Callable[[], Round]]) -> dict[K, Side]:
    """Every side once in each round; who was first in one is last in the next."""
    names = list(sides)
    found: dict[K, list[Round]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(sides[name]())
        names.reverse()
    return {name: Side(found[name]) for name in sides}
