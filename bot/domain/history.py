"""One case's plain history: its timeline read as it stood at one moment, for every figure alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.case import Outcome
from bot.domain.hours import ALWAYS, BusinessHours
from bot.domain.ids import CUSTOMER, CaseId, DepartmentKey
from bot.domain.promises import PromiseRun
from bot.domain.reply import ReplyState
from bot.domain.timeline import Event, What

UNDO_WITHIN = timedelta(hours=1)  # a closing taken back this soon has never been

_NOWHERE = DepartmentKey("")

Calendars = Mapping[DepartmentKey, BusinessHours]


@dataclass(frozen=True)
class Span:
    """A while in which the case was open, and whose it was."""

    department: DepartmentKey
    start: datetime
    end: datetime

    def before(self, at: datetime) -> "Span":
        return replace(self, start=min(self.start, at), end=min(self.end, at))


@dataclass(frozen=True)
class History:
    case: CaseId
    opened_at: datetime
    until: datetime  # what came later is not told
    calendars: Calendars
    spans: tuple[Span, ...]
    promises: tuple[PromiseRun, ...]
    answers: tuple[datetime, ...] = ()  # public replies that were delivered
    outside: tuple[datetime, ...] = ()  # answers that were given outside the desk
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    solutions: tuple[datetime, ...] = ()  # closings as solved that were not taken back
    owed_since: datetime | None = None  # the customer waits for a word
    hand_offs: int = 0
    reopenings: int = 0
    pings: int = 0

    @property
    def department(self) -> DepartmentKey:
        """Whose it is, or was when it ended."""
        return self.spans[-1].department

    @property
    def departments(self) -> tuple[DepartmentKey, ...]:
        """All that have held it, in order."""
        return tuple(dict.fromkeys(span.department for span in self.spans))

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def held_by(self, department: DepartmentKey) -> "History":
        return replace(
            self, spans=tuple(span for span in self.spans if span.department == department)
        )

    def open_hours(self, end: datetime) -> timedelta:
        """From the opening to `end`, each while counted in the hours of whose it was."""
        return sum(
            (
                self.calendars.get(span.department, ALWAYS).elapsed(span.start, span.end)
                for span in (span.before(end) for span in self.spans)
            ),
            timedelta(),
        )


def history(
    events: Sequence[Event], promises: Iterable[PromiseRun], until: datetime, calendars: Calendars
) -> History:
    """The story from its opening to `until`; `events` are one case's, in order."""
    told = _Telling()
    for event in events:
        if event.at <= until and event.what in _TOLD:
            _TOLD[event.what](told, event)
    started = tuple(run for run in promises if run.started_at <= until)
    return told.history(events[0], until, calendars, started)


@dataclass
class _Telling:
    """Where the story stands while it is read."""

    spans: list[Span] = field(default_factory=list)
    answers: list[datetime] = field(default_factory=list)
    outside: list[datetime] = field(default_factory=list)
    solutions: list[datetime] = field(default_factory=list)
    held_since: datetime | None = None
    department: DepartmentKey = _NOWHERE
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    owed_since: datetime | None = None
    owed_before: datetime | None = None  # what the last move ended, in case it is taken back
    has_spoken: bool = False  # since the answer that is on its way left
    hand_offs: int = 0
    reopenings: int = 0
    pings: int = 0

    def opened(self, event: Event) -> None:
        self.department = _key(event, "department")
        self.held_since = self.owed_since = event.at

    def moved(self, event: Event) -> None:
        self._let_go(event.at)
        self.department, self.held_since = _key(event, "to"), event.at

    def handed_off(self, event: Event) -> None:
        self.hand_offs += 1
        self.moved(event)

    def heard(self, event: Event) -> None:
        if event.data.get("owed") is False:  # thanks, or a word from before one that was heard
            return
        self.has_spoken = True
        if self.closed_at is None:
            self.owed_since = self.owed_since or event.at

    def edited(self, event: Event) -> None:
        """Other words are new words; a comma is not."""
        if event.data.get("words"):
            self.heard(event)

    def replied(self, event: Event) -> None:
        state = event.data.get("state")
        if state == ReplyState.SENDING:
            self.has_spoken = False
        if state == ReplyState.SENT:
            self.answers.append(event.at)
            self.owed_since = self.owed_since if self.has_spoken else None

    def answered_outside(self, event: Event) -> None:
        if event.data.get("undone"):
            self.outside.pop()
            self.owed_since = self.owed_since or self.owed_before
            return
        self.outside.append(event.at)
        if self.closed_at is None:
            self.owed_before = self.owed_since
            self.owed_since = event.at if event.data.get("owed") else None

    def closed(self, event: Event) -> None:
        self._let_go(event.at)
        self.outcome, self.closed_at = Outcome(str(event.data["outcome"])), event.at
        if self.outcome is Outcome.SOLVED:
            self.solutions.append(event.at)
        self.owed_before, self.owed_since = self.owed_since, None

    def reopened(self, event: Event) -> None:
        assert self.closed_at is not None  # only a closed case is reopened
        was_undone = event.by != CUSTOMER and event.at - self.closed_at <= UNDO_WITHIN
        if was_undone and self.outcome is Outcome.SOLVED:
            self.solutions.pop()
        self.outcome = self.closed_at = None
        if was_undone:
            self.held_since, self.owed_since = self.spans.pop().start, self.owed_before
        else:
            self.reopenings += 1
            self.held_since = self.owed_since = event.at

    def pinged(self, _event: Event) -> None:
        self.pings += 1

    def not_called(self, _event: Event) -> None:
        self.pings -= 1

    def history(
        self, opening: Event, until: datetime, calendars: Calendars, runs: tuple[PromiseRun, ...]
    ) -> History:
        self._let_go(until)
        return History(
            opening.case, opening.at, until, calendars, tuple(self.spans), runs,
            tuple(self.answers), tuple(self.outside), self.outcome, self.closed_at,
            tuple(self.solutions), self.owed_since, self.hand_offs, self.reopenings, self.pings,
        )  # fmt: skip

    def _let_go(self, at: datetime) -> None:
        if self.held_since is not None:
            self.spans.append(Span(self.department, self.held_since, at))
        self.held_since = None


_TOLD: Mapping[What, Callable[[_Telling, Event], None]] = {
    What.OPENED: _Telling.opened,
    What.POSTED: _Telling.heard,
    What.EDITED: _Telling.edited,
    What.MERGED: _Telling.heard,
    What.ROUTED: _Telling.moved,
    What.HANDED_OFF: _Telling.handed_off,
    What.RETURNED: _Telling.moved,
    What.BOUNCED: _Telling.moved,
    What.REPLY: _Telling.replied,
    What.OUTSIDE: _Telling.answered_outside,
    What.CLOSED: _Telling.closed,
    What.REOPENED: _Telling.reopened,
    What.PINGED: _Telling.pinged,
    What.NOT_CALLED: _Telling.not_called,
}
TOLD = frozenset(_TOLD)  # what a history is told from; the rest of a timeline need not be read


def _key(event: Event, name: str) -> DepartmentKey:
    return DepartmentKey(str(event.data[name]))
