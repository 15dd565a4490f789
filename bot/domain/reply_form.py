"""What the forms of a case show before anything is done: a draft, its preview, who is disturbed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.department import Department
from bot.domain.draft import Draft, mark_of
from bot.domain.ids import MemberId
from bot.domain.post import Post, Visibility
from bot.domain.reply import Outgoing, OutgoingNote


@dataclass(frozen=True)
class PostChoice:
    """One of the customer's own posts that can be answered."""

    post: Post
    at: datetime

    @property
    def mark(self) -> str:
        return mark_of(self.post.key)


@dataclass(frozen=True)
class ReplyForm:
    """An answer while it is written; `limit` is the network's, where it has one."""

    case: Case
    draft: Draft
    post: Post  # the one that is answered
    limit: int | None = None
    outgoing: Outgoing = Outgoing.ON
    outgoing_note: OutgoingNote | None = None
    warnings: tuple[str, ...] = ()
    is_deleted: bool = False  # the post that is answered
    newest: Post | None = None  # the customer's newest word, where another one is answered
    choices: tuple[PostChoice, ...] = ()
    more_choices: int = 0  # older ones, which no menu holds
    accounts: tuple[str, ...] = ()  # of which the writer has to choose one

    @property
    def account(self) -> str | None:
        return self.draft.target.account

    @property
    def visibility(self) -> Visibility:
        return self.draft.target.visibility

    @property
    def text(self) -> str:
        return self.draft.text


@dataclass(frozen=True)
class Preview:
    """The second look: the text as it will stand, and who will read it."""

    draft: ReplyForm
    text: str
    undo: timedelta

    @property
    def outgoing(self) -> Outgoing:
        return self.draft.outgoing


@dataclass(frozen=True)
class Escalation:
    """Whom each rung disturbs, told before it does."""

    case: Case
    lead: MemberId | None
    on_duty: tuple[MemberId, ...]
    crisis: tuple[MemberId, ...] = ()  # who would be asked into the channel of a crisis
    leads: bool = False  # whoever asks leads the department: another lead is meant then


@dataclass(frozen=True)
class HandOffChoice:
    """Where a case can go at this moment."""

    case: Case
    departments: tuple[Department, ...]
    now: datetime
