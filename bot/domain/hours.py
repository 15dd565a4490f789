"""When a department is open, and how much open time lies between two moments: what clocks count."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from bot.domain.durations import Duration
from bot.domain.local_time import (
    DAYS,
    MIDNIGHT,
    find_zone,
    instant,
    minute_of_day,
    parse_times,
    time_written,
)
from bot.domain.open_weeks import HORIZON, OpenWeeks, Span, monday_of, week_of

SEARCH_DAYS = 400  # closed for longer than a year lasts: these hours never open

FOR_EVER = timedelta(weeks=HORIZON)  # what is due later than that is due then
_ONE_DAY = timedelta(days=1)
_FOREVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, order=True)
class Period:
    """Open from one minute of the day to a later one, 0 to 1440."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MIDNIGHT:
            raise ValueError(
                f"{self} does not end later on the same day;"
                " past midnight, write 22:00-24:00 here and 00:00-06:00 on the next day"
            )

    def __str__(self) -> str:
        return f"{time_written(self.start)}-{time_written(self.end)}"


@dataclass(frozen=True)
class Stretch:
    """A piece of time that counted, or did not, and why."""

    start: datetime
    end: datetime
    counted: bool
    why: str

    @property
    def counted_time(self) -> timedelta:
        return self.end - self.start if self.counted else timedelta()


@dataclass(frozen=True)
class BusinessHours:
    """The calendar of one department, answering in UTC; without a week it is open round the clock.

    What is counted is elapsed time, so nights on which clocks jump lose and gain nothing. A local
    time that comes twice means the first, one that is skipped means the end of the gap.
    """

    time_zone: str = "UTC"
    # Monday is 0; the periods of a day as parse_periods gives them.
    week: Mapping[int, tuple[Period, ...]] | None = field(default=None, hash=False)
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        find_zone(self.time_zone)  # an unknown zone is refused here, not at the first deadline

    def is_open(self, at: datetime) -> bool:
        return self.opens_at(at) == at.astimezone(UTC)

    def opens_at(self, at: datetime) -> datetime | None:
        """The first open moment from `at` on; None if there is none."""
        at = at.astimezone(UTC)
        return next((max(start, at) for start, _ in self._spans(at)), None)

    def add(self, start: datetime, duration: Duration) -> datetime:
        """The first moment at which `duration` has been counted; ValueError if it never opens.

        A business day ends at the same local time on the next open day, clipped back to the last
        open moment before it, or to that day's opening. Outside hours it begins when they open.
        """
        start = start.astimezone(UTC)
        if duration.business_days:
            end = self._days_later(start, duration.business_days)
        else:
            end = self._later(start, duration.elapsed)
        if end is None:
            raise ValueError("These business hours never open")
        return end

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time between the two; none if they are the wrong way round."""
        # Two times of one zone would be subtracted by the wall clock: hence UTC first, everywhere.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        first, last = self._week_at(start), self._week_at(end)
        if last <= first + 1 or self._is_always:
            return self._walked(start, end)
        whole = self._weeks.time_until(first + 1, last)
        return (
            self._walked(start, self._begins(first + 1))
            + whole
            + self._walked(self._begins(last), end)
        )

    def stretches(self, start: datetime, end: datetime) -> list[Stretch]:
        """All the time between the two, without gap or overlap, each piece with its reason."""
        return _joined(self._pieces(start.astimezone(UTC), end.astimezone(UTC)))

    @property
    def _zone(self) -> ZoneInfo:
        return find_zone(self.time_zone)

    def _walked(self, start: datetime, end: datetime) -> timedelta:
        counted = timedelta()
        for opening, closing in self._spans(start):
            if opening >= end:
                break
            counted += max(min(closing, end) - max(opening, start), timedelta())
        return counted

    def _later(self, start: datetime, left: timedelta) -> datetime | None:
        if not left:
            return start
        opening = self.opens_at(start)
        if opening is None or self._is_always:
            return opening and opening + left
        week = self._week_at(opening)
        spent = self._walked(self._begins(week), opening)  # of its week, before it begins
        found = self._weeks.with_time(week, spent + left)
        if found is None:
            return start + FOR_EVER
        reached, before = found
        left += spent - before
        for opening, closing in self._spans(self._begins(reached)):
            if closing - opening >= left:
                return opening + left
            left -= closing - opening
        return None

    def _days_later(self, start: datetime, days: int) -> datetime | None:
        opening = self.opens_at(start)
        if opening is None:
            return None
        begun = opening.astimezone(self._zone)
        week, today = week_of(begun.date()), begun.date()
        spent = sum(day <= today for day, _ in islice(self._open_days(monday_of(week)), 7))
        found = self._weeks.with_days(week, spent + days)
        if found is None:
            return start + FOR_EVER
        reached, before = found
        following = self._open_days(monday_of(reached))
        day, spans = next(islice(following, days + spent - before - 1, None))
        return _clipped(instant(datetime.combine(day, begun.time(), self._zone)), spans)

    @property
    def _is_always(self) -> bool:
        return self.week is None and not self.holidays

    @cached_property  # a change may ask for ten thousand cases
    def _weeks(self) -> OpenWeeks:
        week = dict.fromkeys(range(7), ALL_DAY) if self.week is None else self.week
        times = (sum(one.end - one.start for one in periods) for periods in week.values())
        usual = [timedelta(minutes=time) for time in times if time]
        return OpenWeeks(usual, self._zone, self.holidays, self._spans_of)

    def _week_at(self, at: datetime) -> int:
        """Some zones have set their clocks back to the day before."""
        week = week_of(at.astimezone(self._zone).date())
        return week + 1 if at >= self._begins(week + 1) else week

    def _begins(self, week: int) -> datetime:
        return minute_of_day(monday_of(week), 0, self._zone)

    def _spans(self, at: datetime) -> Iterator[Span]:
        """The open spans that end after `at`, in order."""
        if self._is_always:
            yield _FOREVER
            return
        for _, spans in self._open_days(at.astimezone(self._zone).date()):
            yield from (span for span in spans if span[1] > at)

    def _open_days(self, day: date) -> Iterator[tuple[date, list[Span]]]:
        """The days from `day` on that open at all; a year without one ends it."""
        closed_days = 0
        while closed_days < SEARCH_DAYS:
            if spans := self._spans_of(day):
                yield day, spans
            closed_days = 0 if spans else closed_days + 1
            day += _ONE_DAY

    def _spans_of(self, day: date) -> list[Span]:
        zone = self._zone
        spans = [
            (minute_of_day(day, period.start, zone), minute_of_day(day, period.end, zone))
            for period in self._periods(day)
        ]
        return [(start, end) for start, end in spans if start < end]  # a gap may swallow a period

    def _periods(self, day: date) -> tuple[Period, ...]:
        if day in self.holidays:
            return ()
        return ALL_DAY if self.week is None else self.week.get(day.weekday(), ())

    def _pieces(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        for opening, closing in self._spans(start):
            begun, ended = max(start, opening), min(end, closing)
            if begun >= end:
                break
            yield from self._closed(start, begun)
            yield Stretch(begun, ended, counted=True, why="open")
            start = ended
        yield from self._closed(start, end)

    def _closed(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Closed time, cut at the local midnights since each day has its own reason."""
        day = start.astimezone(self._zone).date()
        while start < end:
            midnight = minute_of_day(day, MIDNIGHT, self._zone)
            if midnight > start:
                yield Stretch(start, min(midnight, end), counted=False, why=self._reason(day))
                start = midnight
            day += _ONE_DAY

    def _reason(self, day: date) -> str:
        if day in self.holidays:
            return f"holiday: {self.holidays[day]}"
        return "outside hours" if self._periods(day) else f"closed ({DAYS[day.weekday()].title()})"


ALL_DAY = (Period(0, MIDNIGHT),)
ALWAYS = BusinessHours()


def parse_periods(*texts: str) -> tuple[Period, ...]:
    """The periods of one day, each like `09:00-12:30`, in order and apart; or ValueError."""
    periods = tuple(sorted(Period(*parse_times(text)) for text in texts))
    for one, next_one in pairwise(periods):
        if next_one.start < one.end:
            raise ValueError(f"{one} and {next_one} overlap")
    return periods


def _clipped(at: datetime, spans: list[Span]) -> datetime:
    """The last moment of these spans until `at`, or else their first."""
    until = [min(at, closing) for opening, closing in spans if opening <= at]
    return until[-1] if until else spans[0][0]


def _joined(pieces: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours of one reason as one stretch: a period that goes on over midnight, a night."""
    joined: list[Stretch] = []
    for piece in pieces:
        if joined and joined[-1].why == piece.why:
            piece = replace(joined.pop(), end=piece.end)
        joined.append(piece)
    return joined
