"""What a person asked to see: lists of cases, one case whole, a receipt of its clocks."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ask import Ask, Question
from bot.domain.case import Case
from bot.domain.conversation import Heard
from bot.domain.department import Department, Role
from bot.domain.facts import CardFacts, PingFacts
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message
from bot.domain.post import Post
from bot.domain.promises import PromiseRun
from bot.domain.receipt import Receipt
from bot.domain.reply import Outgoing, OutgoingNote, Reply
from bot.domain.routing import Moves, RuleBook, Verdict
from bot.domain.timeline import Event


@dataclass(frozen=True)
class Line:
    """One case in a list."""

    case: Case
    post: Post
    due: PromiseRun | None
    link: str | None = None
    latest: Post | None = None  # the customer's newest word, where it is not the first

    @property
    def newest(self) -> Post:
        return self.latest or self.post


@dataclass(frozen=True)
class AskLine:
    """What one department is asked about a case of another one."""

    line: Line
    ask: Ask
    department: Department  # who is asked


@dataclass(frozen=True)
class Asked:
    """The first of so many asks that nobody has done yet."""

    lines: tuple[AskLine, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class QueueBoard:
    """A department's open cases that nobody has, in the queue's order."""

    department: Department
    lines: tuple[Line, ...]
    total_open: int
    free: int
    now: datetime
    asleep: int = 0  # snoozed, and nobody has them: they stand in no queue
    called: int = 0  # late cases of other departments, for which who asks is called
    asked: Asked = Asked()


@dataclass(frozen=True)
class LateBoard:
    """The late cases that somebody is called for, in the order of the queue."""

    lines: tuple[PingFacts, ...]
    late: int  # all of them, of which the lines may be the first only
    now: datetime


@dataclass(frozen=True)
class MineBoard:
    """What one person holds, and what was handed to them."""

    lines: tuple[Line, ...]
    offered: tuple[Line, ...]
    held: int  # all of them, of which the lines may be the first only
    now: datetime
    asked: Asked = Asked()  # of their departments


@dataclass(frozen=True)
class OutgoingBoard:
    """How the switch for public replies stands, who moved it, and who reads: may they release?"""

    switch: Outgoing
    note: OutgoingNote | None
    may_release: bool


@dataclass(frozen=True)
class FoundBoard:
    query: str
    lines: tuple[Line, ...]
    more: int  # that were found beside these
    now: datetime
    others: int = 0  # found, but not to be closed: newer words, or something sets them apart
    at_least: bool = False  # the search ended there: there may be more still


@dataclass(frozen=True)
class Voice:
    """Somebody else's word in the conversation of a case, or ours from the network's own app."""

    post: Post
    heard_as: Heard
    case: CaseId | None  # their own


@dataclass(frozen=True)
class CaseBoard:
    """One case whole, for somebody who may see it."""

    card: CardFacts
    posts: tuple[Post, ...]
    replies: tuple[Reply, ...]
    questions: tuple[Question, ...]
    events: tuple[Event, ...]
    voices: tuple[Voice, ...] = ()  # the newest last

    def reply(self, key: str) -> tuple[Reply, Post] | None:
        """With the post that it answers."""
        found = next((one for one in self.replies if one.key == key), None)
        return (found, self.answered_by(found)) if found else None

    def answered_by(self, reply: Reply) -> Post:
        return next((post for post in self.posts if post.key == reply.post), self.card.post)


@dataclass(frozen=True)
class ReceiptBoard:
    """Every promise of a case with each stretch that counted or did not."""

    case: CaseId
    runs: tuple[tuple[PromiseRun, Receipt], ...]
    now: datetime
    kept: frozenset[str] = frozenset()  # of an earlier department, whose deadline is the earlier


@dataclass(frozen=True)
class Removal:
    """What points at a department that is about to be removed."""

    department: Department
    fallback: str  # where its cases go meanwhile, by name
    cases: int = 0  # open
    asks: int = 0  # of other departments' cases, open
    rules: tuple[int, ...] = ()  # that give it cases
    followed: tuple[int, ...] = ()  # that let it follow
    covers: tuple[str, ...] = ()  # the departments it stands in for
    steps: int = 0  # of an escalation that call its lead
    is_default: bool = False

    @property
    def points_somewhere(self) -> bool:
        counts = (self.cases, self.asks, self.steps, len(self.rules), len(self.followed))
        return any(counts) or bool(self.covers) or self.is_default


@dataclass(frozen=True)
class RoutingBoard:
    book: RuleBook
    departments: tuple[Department, ...]


@dataclass(frozen=True)
class RuleChange:
    """What a change did, or would do: how the last days would have gone with it."""

    what: str
    number: int | None  # of the change, for *Undo*; None: previewed only
    posts: int  # looked at; few tell nothing
    moves: Moves | None
    warning: str = ""


@dataclass(frozen=True)
class SlaChange:
    what: str
    number: int | None
    cases: int  # of the last seven days
    late_before: int
    late_after: int


@dataclass(frozen=True)
class RouteTest:
    """What would become of a text, and what each rule says about it."""

    department: Department
    reason: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class MembersBoard:
    department: Department
    channel_private: bool | None  # None: there is no channel
    members: tuple[tuple[MemberId, Role | None], ...]
    may_publish: frozenset[MemberId]
    may_act: frozenset[MemberId]  # a guest who is not named only reads along


MOST_DEAD_LETTERS = 100  # of replies, and of messages: where there are so many, there may be more


@dataclass(frozen=True)
class DeadLetter:
    """A reply that waits for a person, or a message of ours that Slack does not take."""

    reply: Reply | None
    message: Message | None
    since: datetime
    post: Post | None = None  # that the reply answers
    department: Department | None = None  # in whose channel the message is to stand


@dataclass(frozen=True)
class Step:
    """One step of the set-up, done or not, and what to do about it."""

    title: str
    done: bool
    todo: str = ""
    has_form: bool = False  # a press opens it; else the words say what to do
