"""What the forms of a case show before anything is done: a draft, its preview, who is disturbed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.department import Department
from bot.domain.ids import MemberId
from bot.domain.post import Post, Visibility
from bot.domain.reply import Outgoing


@dataclass(frozen=True)
class Draft:
    """An answer while it is written; `limit` is the network's, where it has one."""

    case: Case
    post: Post
    account: str | None
    visibility: Visibility
    text: str = ""
    limit: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The second look: the text as it will stand, and who will read it."""

    draft: Draft
    text: str
    undo: timedelta
    outgoing: Outgoing
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalation:
    """Whom each rung disturbs, told before it does."""

    case: Case
    lead: MemberId | None
    on_duty: tuple[MemberId, ...]
    crisis: tuple[MemberId, ...] = ()  # who would be asked into the channel of a crisis


@dataclass(frozen=True)
class HandOffChoice:
    """Where a case can go at this moment."""

    case: Case
    departments: tuple[Department, ...]
    now: datetime
