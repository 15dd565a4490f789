"""The rota as people see it, and what a change of it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.duty import Stretch
from bot.domain.ids import MemberId
from bot.domain.on_call import Entry

WEEK = timedelta(days=7)  # so far people look ahead, and back


@dataclass(frozen=True)
class LevelBoard:
    """One level: who is on now, and who comes and goes until the week is over."""

    level: int
    week: tuple[Stretch, ...]

    @property
    def now(self) -> Stretch:
        return self.week[0]

    @property
    def next(self) -> Stretch | None:
        return self.week[1] if len(self.week) > 1 else None


@dataclass(frozen=True)
class RotaBoard:
    levels: tuple[LevelBoard, ...]
    entries: tuple[Entry, ...]  # in the order of their numbers
    known: Mapping[str, MemberId]  # as written; who is not in it is gone, or nobody here
    holes: tuple[Stretch, ...]
    user_group: str  # how the user group fares; "" where all is well or none is kept
    now: datetime


@dataclass(frozen=True)
class Notice:
    """What a change brings with it that may not be meant."""

    text: str
    start: datetime | None = None
    end: datetime | None = None  # None beside a start: beyond the week


@dataclass(frozen=True)
class RotaChange:
    what: str
    number: int  # of the change, for *Undo*
    notices: tuple[Notice, ...]
    breaches: int | None  # of the last seven days; None: it concerns days to come only
    elsewhere: int  # of them, how many would have called somebody else
