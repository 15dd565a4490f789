"""The one definition of each figure: a function of one case's plain history.

A figure is written under `@kpi`; report, home tab, JSON and CSV follow from the table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import Outcome
from bot.domain.history import History
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise

UNANSWERED_AFTER = timedelta(hours=72)

Measure = Callable[[History], Iterator[float]]  # what one case adds to the figure, if anything


class Unit(StrEnum):
    """How a figure is made of what its cases add."""

    TIME = "seconds"  # median and 90th percentile
    SHARE = "share"  # of ones among ones and noughts
    MEAN = "per case"
    COUNT = "count"


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Of(StrEnum):
    """Which cases a figure of a period is about; what was merged counts where it went."""

    OPENED = "cases opened in the period"
    STANDING = "cases open when it ended"


@dataclass(frozen=True)
class Kpi:
    name: str
    unit: Unit
    better: Better
    help: str
    of: Of
    measure: Measure

    @property
    def title(self) -> str:
        return self.name.replace("_", " ")

    def added_by(self, history: History, since: datetime) -> list[float]:
        """What a case adds to the figure of a period that began at `since`."""
        if self.of is Of.STANDING:
            is_meant = history.is_open
        else:
            is_meant = since <= history.opened_at and history.outcome is not Outcome.MERGED
        return list(self.measure(history)) if is_meant else []


KPIS: dict[str, Kpi] = {}


def kpi(
    name: str, *, unit: Unit, better: Better, help: str, of: Of = Of.OPENED
) -> Callable[[Measure], Measure]:
    """Makes the function below the definition of the figure `name`."""

    def register(measure: Measure) -> Measure:
        KPIS[name] = Kpi(name, unit, better, help, of, measure)
        return measure

    return register


@kpi("cases", unit=Unit.COUNT, better=Better.NEITHER, help="opened in the period")
def cases(_history: History) -> Iterator[float]:
    yield 1


@kpi(
    "first_response_time", unit=Unit.TIME, better=Better.LOWER,
    help="from the opening to the first delivered answer, by the customer's clock",
)  # fmt: skip
def first_response_time(history: History) -> Iterator[float]:
    for answer in _first_answer(history):
        yield (answer - history.opened_at).total_seconds()


@kpi(
    "first_response_hours", unit=Unit.TIME, better=Better.LOWER,
    help="the same, counted in the opening hours of the department that had it",
)  # fmt: skip
def first_response_hours(history: History) -> Iterator[float]:
    for answer in _first_answer(history):
        yield history.open_hours(answer).total_seconds()


@kpi(
    "answered_outside", unit=Unit.COUNT, better=Better.NEITHER,
    help="answers given outside the desk; they count in no response time",
)  # fmt: skip
def answered_outside(history: History) -> Iterator[float]:
    yield len(history.outside)


def _first_answer(history: History) -> tuple[datetime, ...]:
    """Where the first was given outside the desk, nobody here knows when it stood there."""
    first = history.answers[:1]
    return () if first and history.outside[:1] and history.outside[0] < first[0] else first


@kpi(
    "resolution_time", unit=Unit.TIME, better=Better.LOWER,
    help="from the opening to the solution that stood",
)  # fmt: skip
def resolution_time(history: History) -> Iterator[float]:
    if history.outcome is Outcome.SOLVED and history.closed_at:
        yield (history.closed_at - history.opened_at).total_seconds()


def _within(*promises: Promise) -> Measure:
    return lambda history: _kept(history, *promises)


for _name, _help, _promises in (
    ("within_promise", "promises kept, of those kept or broken", tuple(Promise)),
    (
        "first_response_within_promise", "first answers that came in time",
        (Promise.FIRST_RESPONSE,),
    ),
    ("next_response_within_promise", "later answers that came in time", (Promise.NEXT_RESPONSE,)),
    ("resolution_within_promise", "solutions that came in time", (Promise.RESOLUTION,)),
):  # fmt: skip
    kpi(_name, unit=Unit.SHARE, better=Better.HIGHER, help=_help)(_within(*_promises))


@kpi("open", unit=Unit.COUNT, better=Better.LOWER, of=Of.STANDING, help="open when it ended")
def still_open(_history: History) -> Iterator[float]:
    yield 1


@kpi(
    "unanswered_72h", unit=Unit.COUNT, better=Better.LOWER, of=Of.STANDING,
    help="open, and the customer has waited three days or longer for a word",
)  # fmt: skip
def unanswered(history: History) -> Iterator[float]:
    if history.owed_since and history.until - history.owed_since >= UNANSWERED_AFTER:
        yield 1


@kpi(
    "handed_off_per_case", unit=Unit.MEAN, better=Better.LOWER,
    help="how often a case was passed on",
)  # fmt: skip
def hand_offs(history: History) -> Iterator[float]:
    yield history.hand_offs


@kpi(
    "held_time", unit=Unit.TIME, better=Better.LOWER,
    help="how long a department had the case while it was open",
)  # fmt: skip
def held_time(history: History) -> Iterator[float]:
    yield sum((span.end - span.start for span in history.spans), timedelta()).total_seconds()


@kpi(
    "reopenings", unit=Unit.COUNT, better=Better.LOWER,
    help="closed cases that came back; a closing taken back within the hour is none",
)  # fmt: skip
def reopenings(history: History) -> Iterator[float]:
    yield history.reopenings


@kpi(
    "pings_per_solved_case", unit=Unit.MEAN, better=Better.LOWER,
    help="how often somebody had to be disturbed",
)  # fmt: skip
def pings_per_solved_case(history: History) -> Iterator[float]:
    if history.outcome is Outcome.SOLVED:
        yield history.pings


@kpi(
    "no_reply_needed", unit=Unit.SHARE, better=Better.NEITHER,
    help="cases closed because nothing was owed",
)  # fmt: skip
def no_reply_needed(history: History) -> Iterator[float]:
    yield history.outcome is Outcome.NO_REPLY


@dataclass(frozen=True)
class Figure:
    """One figure of a period; `department` where it is about one part of the journey."""

    kpi: Kpi
    department: DepartmentKey | None
    size: int  # how many things it was made of
    value: float | None  # None: there was nothing to make it of
    p90: float | None = None


@dataclass(frozen=True)
class Behind:
    """A case behind a figure, and what it adds; the one to look at first has the lowest rank."""

    case: CaseId
    rank: float


def behind(kpi: Kpi, history: History, since: datetime) -> Behind | None:
    """None where the case adds nothing that one would want to see."""
    added = kpi.added_by(history, since)
    if not added or (kpi.unit is Unit.COUNT and not any(added)):
        return None
    worst = min(added) if kpi.better is Better.HIGHER else -max(added)
    return Behind(history.case, worst)


def _kept(history: History, *promises: Promise) -> Iterator[float]:
    """1 for a promise that was kept, 0 for a broken one; what nobody owes any more is neither."""
    for run in history.promises:
        if run.promise not in promises:
            continue
        if _is_broken(run, history.until):
            yield 0
        elif run.stopped_at and run.stopped_at <= history.until and _was_met(run, history):
            yield 1


def _is_broken(run: PromiseRun, until: datetime) -> bool:
    """Breached, or out of time before the clock looked."""
    end = min(run.stopped_at or until, until)
    is_late = run.due_at is not None and run.due_at <= end
    return is_late or (run.breached_at is not None and run.breached_at <= until)


def _was_met(run: PromiseRun, history: History) -> bool:
    """It ended with what was promised, not because it was promised no longer."""
    if run.promise is Promise.RESOLUTION:
        return run.stopped_at in history.solutions
    return run.stopped_at in (*history.answers, *history.outside)
