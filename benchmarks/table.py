"""How a benchmark says what it found: one table with its remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.goals import Goal


@dataclass(frozen=True)
class Table:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str] = ()
    goals: Sequence[Goal] = ()

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        drawn = [_line(line, widths) for line in lines]
        drawn.insert(1, "|".join(["", *("-" * (width + 2) for width in widths), ""]))
        return "\n".join([f"## {self.title}", *drawn, *self.remarks, *map(str, self.goals)])


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.3g} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def times(ratio: float) -> str:
    return f"x{ratio:.2f}"


def a_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (f" {cell:<{width}} " for cell, width in zip(cells, widths, strict=True))
    return "|".join(["", *padded, ""])
