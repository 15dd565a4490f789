"""What a message in Slack shows: gathered from the newest state at the moment of delivery."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ask import Ask, Question
from bot.domain.case import Case, Outcome
from bot.domain.conversation import Others
from bot.domain.department import Department
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.incident import Incident
from bot.domain.post import Post
from bot.domain.promises import PromiseRun
from bot.domain.reply import Outgoing, Reply


@dataclass(frozen=True)
class Nearby:
    """Another open case of the same customer."""

    case: CaseId
    opened_at: datetime


@dataclass(frozen=True)
class CardFacts:
    """A case as its card shows it in the channel of `shown_in`."""

    case: Case
    post: Post
    language: str | None
    department: Department
    shown_in: DepartmentKey
    now: datetime
    outgoing: Outgoing
    is_edited: bool = False
    is_deleted: bool = False
    latest: Post | None = None  # the customer's newest word, where it is not the first
    follow_ups: int = 0
    earlier_cases: int = 0
    due: PromiseRun | None = None  # the promise that runs out first
    asks: tuple[Ask, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    more_nearby: int = 0  # such cases beside those that are named
    others: Others | None = None  # who else writes in the conversation
    outside: Post | None = None  # our answer in the network's own app, where it was seen
    reply: Reply | None = None
    answered: Post | None = None  # the post that the reply is for
    is_answered_deleted: bool = False
    writing_since: datetime | None = None  # the assignee has a draft, last kept then
    names: Mapping[DepartmentKey, str] = field(default_factory=dict)  # of departments it speaks of
    linked: tuple[CaseId, ...] = ()  # by hand: cases that belong together
    link: str | None = None  # to the owner's card, where this one is not it
    choices: tuple[Department, ...] = ()  # in triage: one button for each
    opens_at: datetime | None = None  # the department is closed until then
    cover: Department | None = None
    incident: Incident | None = None  # the open one it is part of
    was_asked: bool = False  # what the department that sees this card was asked is taken back
    alarm: str = ""  # the words that make it urgent, where words do
    is_alerting: bool = False  # in its first posting: everybody in the channel who is there
    taken_from: MemberId | None = None  # whoever had it until it was assigned

    @property
    def ask(self) -> Ask | None:
        """What the department that sees this card is asked, where it follows."""
        return next((ask for ask in self.asks if ask.department == self.shown_in), None)

    @property
    def ask_waits(self) -> bool:
        """Somebody of the department that sees this card has still to do what it is asked."""
        ask, closing = self.ask, self.case.closing
        if ask is None or not ask.is_open:
            return False
        is_solved = closing is not None and closing.outcome is Outcome.SOLVED
        return closing is None or (is_solved and ask.outlives_its_case)

    @property
    def is_owner(self) -> bool:
        return self.shown_in == self.case.department

    def named(self, key: DepartmentKey) -> str:
        return self.names.get(key, key)

    @property
    def open_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks if ask.is_open)


@dataclass(frozen=True)
class PingFacts:
    """One case that is late: why somebody is called, and how to stop it."""

    case: Case
    post: Post
    department: Department
    key: str  # of the newest call: what its *Acknowledge* names
    people: tuple[MemberId, ...]
    why: str
    now: datetime
    run: PromiseRun | None = None  # the broken promise, where it is one
    times: int = 1  # somebody was called about this
    acknowledged_by: MemberId | None = None
    acknowledged_at: datetime | None = None
    settled: str = ""  # why nothing is to be done any more: answered, solved
    link: str | None = None
    names: Mapping[MemberId, str] = field(default_factory=dict)  # of those not to be mentioned

    @property
    def is_over(self) -> bool:
        """Nobody has to acknowledge it any more."""
        return bool(self.settled or self.acknowledged_by)


@dataclass(frozen=True)
class BundleFacts:
    """The list of what is late, a line for each case, as many as a message holds."""

    key: str  # the message's own: what its *Acknowledge all* names
    pings: tuple[PingFacts, ...]
    called: tuple[MemberId, ...] = ()  # whose phones buzz, by this message
    calls_everybody: bool = False
    late: int = 0  # cases, of which the lines may be some
    waiting: int = 0  # of them, for somebody who acknowledges
    posted_at: datetime | None = None

    @property
    def rest(self) -> int:
        """Late cases that are no line here."""
        return self.late - sum(not one.settled for one in self.pings)


@dataclass(frozen=True)
class MovedFacts:
    """A list, or a ping of an older program, whose lines stand in the newest list now."""

    called: tuple[MemberId, ...]
    cases: int
    posted_at: datetime


@dataclass(frozen=True)
class DigestLine:
    """A case as one line, in the channel of `shown_in`."""

    case: Case
    post: Post
    language: str | None
    owner: Department
    shown_in: DepartmentKey
    ask: Ask | None = None  # of `shown_in`, where it follows
    link: str | None = None  # to the card of its own, where it has one


@dataclass(frozen=True)
class DigestFacts:
    """Cases whose cards share one message, since more come than Slack takes."""

    lines: tuple[DigestLine, ...]
    waiting: int  # cards that are in no message yet
    is_on: bool  # whether the storm lasts


@dataclass(frozen=True)
class AlertLine:
    """A case that nobody had taken when its channel was called for it."""

    case: Case
    post: Post
    since: datetime
    waits: bool  # still
    due: PromiseRun | None = None
    link: str | None = None


@dataclass(frozen=True)
class AlertFacts:
    """One line to a department's channel; `lines` may be the first of them only."""

    department: Department
    lines: tuple[AlertLine, ...]
    total: int
    is_loud: bool  # everybody there is called
    is_new: bool  # they are urgent and have just come, no more than that
    now: datetime


@dataclass(frozen=True)
class WarningFacts:
    case: Case
    post: Post
    department: Department
    run: PromiseRun
    to: tuple[MemberId, ...]  # its assignee, else who leads the department
    now: datetime
    link: str | None = None
    became: str = ""  # answered, missed, closed: it is over; "" while it is to come


@dataclass(frozen=True)
class WarningsFacts:
    """More warnings than people can read one by one; all for the same reader."""

    warnings: tuple[WarningFacts, ...]


@dataclass(frozen=True)
class NoteFacts:
    """A line said once: `say` names the sentence, the rest are its facts."""

    say: str
    now: datetime
    case: Case | None = None
    post: Post | None = None
    reply: Reply | None = None
    question: Question | None = None
    link: str | None = None
    args: Mapping[str, object] = field(default_factory=dict)
    is_shared: bool = False  # its thread is that of several cases
