"""What was promised of a figure, and whether it was kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    words: str
    found: str
    is_met: bool

    def __str__(self) -> str:
        return f"{'yes' if self.is_met else 'NO '}  {self.words}: {self.found}"


def at_most(words: str, found: float, most: float, unit: str = "s") -> Goal:
    return Goal(f"{words} at most {most:,g} {unit}".strip(), _said(found, unit), found <= most)


def at_least(words: str, found: float, least: float, unit: str = "") -> Goal:
    return Goal(f"{words} at least {least:,g} {unit}".strip(), _said(found, unit), found >= least)


def none(words: str, found: int) -> Goal:
    return Goal(words, f"{found:,}", found == 0)


def _said(found: float, unit: str) -> str:
    return f"{found:,.2f} {unit}".strip() if found % 1 else f"{found:,.0f} {unit}".strip()
