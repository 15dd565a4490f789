"""What is said of the clocks on the wall: how far they are off, and when they leapt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.durations import spoken

WORTH_SAYING = timedelta(seconds=2)
MACHINE, DATABASE = "machine", "database"


@dataclass(frozen=True)
class Skew:
    """How far one clock is ahead of the desk's time; negative: behind."""

    clock: str
    ahead: timedelta
    is_followed: bool = False  # it has been so for ten minutes, and decides

    @property
    def is_worth_saying(self) -> bool:
        return abs(self.ahead) > WORTH_SAYING

    def __str__(self) -> str:
        whose = "This machine's" if self.clock == MACHINE else "The database's"
        by = spoken(timedelta(seconds=round(abs(self.ahead).total_seconds())))
        return f"{whose} clock is {by} {direction(self.ahead)} the desk's time."


@dataclass(frozen=True)
class Leap:
    """A clock was set, or jumped."""

    clock: str
    by: timedelta
    at: datetime  # the desk's time


@dataclass(frozen=True)
class ClockReport:
    skews: tuple[Skew, ...] = ()
    leaps: tuple[Leap, ...] = ()  # of the last hour

    @property
    def worth_saying(self) -> tuple[Skew, ...]:
        return tuple(skew for skew in self.skews if skew.is_worth_saying)

    @property
    def widest(self) -> timedelta:
        """By how much the desk's time may differ from what others call it."""
        return max((abs(skew.ahead) for skew in self.worth_saying), default=timedelta())

    @property
    def suspect(self) -> Skew | None:
        """Where it is this machine's clock that seems wrong, and not the desk's time."""
        of_machine = (skew for skew in self.worth_saying if skew.clock == MACHINE)
        return next((skew for skew in of_machine if not skew.is_followed), None)


def direction(ahead: timedelta) -> str:
    return "ahead of" if ahead > timedelta() else "behind"
