"""The receipt of a promise, for `/sla explain`: every stretch that counted or not, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.clock import Deadline, Pause, Running, deadline
from bot.domain.durations import Duration, spoken
from bot.domain.hours import Stretch
from bot.domain.sla import Promise


@dataclass(frozen=True)
class Receipt:
    promise: Promise
    target: Duration
    lines: tuple[Stretch, ...]
    due: datetime | None  # None while the clock is paused
    verdict: str

    @property
    def total(self) -> timedelta:
        """The time that counted."""
        return sum((line.counted_time for line in self.lines), timedelta())


def receipt(running: Running, now: datetime, stopped_at: datetime | None = None) -> Receipt:
    """What was counted from the start until `stopped_at`, or so far."""
    until = now if stopped_at is None else stopped_at
    pauses = running.pauses_by(until)
    if stopped_at is not None:
        pauses = tuple(replace(pause, end=pause.end or stopped_at) for pause in pauses)
    known = replace(running, pauses=pauses)
    due = deadline(known, until)
    lines = known.calendar.stretches(known.started_at, until)
    return Receipt(
        known.promise,
        known.target,
        tuple(piece for line in lines for piece in _without(pauses, line)),
        due.at if due else None,
        _verdict(known, due, until, is_stopped=stopped_at is not None),
    )


def _without(pauses: Iterable[Pause], line: Stretch) -> Iterator[Stretch]:
    """The line cut at its pauses; time that does not count anyway keeps its own reason."""
    start = line.start
    for pause in pauses if line.counted else ():
        begun, ended = max(pause.start, start), min(pause.end or line.end, line.end)
        if begun >= ended:
            continue
        if start < begun:
            yield replace(line, start=start, end=begun)
        yield Stretch(begun, ended, counted=False, why=pause.why)
        start = ended
    if start < line.end:
        yield replace(line, start=start)


def _verdict(running: Running, due: Deadline | None, until: datetime, *, is_stopped: bool) -> str:
    """Time left is counted by the calendar, time late by the customer's clock."""
    if due is None:
        return f"paused, {running.pauses[-1].why}"
    if due.is_breached(until):
        late = spoken(until - due.at)
        return f"breached, {late} late" if is_stopped else f"breached {late} ago"
    left = f"{spoken(running.calendar.elapsed(until, due.at))} left"
    return f"kept, {left}" if is_stopped else left
