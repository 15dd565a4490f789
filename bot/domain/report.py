"""The figures of a period: each case's history is added once, then they are made."""

import math
import statistics
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.history import History
from bot.domain.ids import DepartmentKey
from bot.domain.kpi import KPIS, Figure, Kpi, Unit

BY_DEPARTMENT = "held_time"  # the one figure that is kept apart for each part of the journey


@dataclass(frozen=True)
class Period:
    """From `since` on, and before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Report:
    period: Period
    department: DepartmentKey | None  # None: the whole journey
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure:
        """The one about the whole journey."""
        return next(one for one in self.figures if one.kpi.name == name and not one.department)


@dataclass
class Tally:
    """What the cases add, kept until all are counted."""

    period: Period
    department: DepartmentKey | None = None
    names: Collection[str] = tuple(KPIS)  # only these are counted
    _added: defaultdict[tuple[str, DepartmentKey | None], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, history: History) -> None:
        if self.department not in (None, history.department):
            return
        for name in self.names:
            self._added[name, None] += KPIS[name].added_by(history, self.period.since)
        for key in history.departments if BY_DEPARTMENT in self.names else ():
            held = KPIS[BY_DEPARTMENT].added_by(history.held_by(key), self.period.since)
            self._added[BY_DEPARTMENT, key] += held

    def report(self) -> Report:
        whole = [_figure(KPIS[name], None, self._added[name, None]) for name in self.names]
        parts = [
            _figure(KPIS[name], key, added)
            for (name, key), added in sorted(self._added.items(), key=str)
            if key and added
        ]
        return Report(self.period, self.department, (*whole, *parts))


def _figure(kpi: Kpi, department: DepartmentKey | None, added: Sequence[float]) -> Figure:
    size = len(added)
    match kpi.unit:
        case Unit.COUNT:
            return Figure(kpi, department, size, float(sum(added)))
        case _ if not added:
            return Figure(kpi, department, 0, None)
        case Unit.TIME:
            return Figure(kpi, department, size, statistics.median(added), _p90(added))
        case _:
            return Figure(kpi, department, size, sum(added) / size)


def _p90(added: Sequence[float]) -> float:
    """The smallest that nine tenths do not exceed."""
    return sorted(added)[math.ceil(len(added) * 0.9) - 1]
