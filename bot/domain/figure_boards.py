"""What a person sees of figures: the home tab, and the cases behind one figure."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.boards import DeadLetter, Line, MineBoard, OutgoingBoard, QueueBoard, Step
from bot.domain.ids import DepartmentKey
from bot.domain.kpi import Figure, Kpi
from bot.domain.report import Period


@dataclass(frozen=True)
class BehindBoard:
    """The cases of one figure; `mine` of `total` are of departments where the asker works."""

    kpi: Kpi
    department: DepartmentKey | None
    lines: tuple[Line, ...]
    mine: int
    total: int
    now: datetime


@dataclass(frozen=True)
class Compared:
    """A figure of today, and the median of the same hours of the same weekday before."""

    figure: Figure
    usual: float | None  # None: there is too little to compare with


@dataclass(frozen=True)
class Today:
    period: Period
    figures: tuple[Compared, ...]


@dataclass(frozen=True)
class HomeBoard:
    """One person's home tab; `today` and `steps` are None for whom they are not."""

    mine: MineBoard
    queues: tuple[QueueBoard, ...]
    today: Today | None
    steps: tuple[Step, ...] | None
    now: datetime
    stuck: tuple[DeadLetter, ...] = ()  # the worst first
    outgoing: OutgoingBoard | None = None  # None: not for this reader
