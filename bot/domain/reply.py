"""A public reply, from the pressed button to its receipt: visible at most once.

undo ─▶ sending ─▶ sent
  │       ├─▶ rejected          the network refused, and said why
  │       ├─▶ undo              not executed: tried again later
  │       └─▶ unknown ─▶ sent · undo (a person said "send again") · dropped
  ├─▶ held ─▶ undo · dropped    a switch or a newer word holds it; its author decides
  └─▶ dropped

What was open when the desk went back in time (`epoch.py`) is unknown.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import ReplyMovedOn
from bot.domain.ids import CaseId, MemberId, PostKey
from bot.domain.post import Visibility
from bot.domain.post_links import id_in


class ReplyState(StrEnum):
    UNDO = "undo"  # waiting with *Undo*, or for its next try
    HELD = "held"
    SENDING = "sending"  # recorded before the first byte leaves
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class Outgoing(StrEnum):
    """The desk's switch for public replies."""

    ON = "on"
    HOLD = "hold"
    OFF = "off"

    @property
    def in_words(self) -> str:
        """As it stands in a sentence: “public replies are on hold”."""
        return "on hold" if self is Outgoing.HOLD else str(self)


@dataclass(frozen=True)
class OutgoingNote:
    """Who moved the switch for public replies, when and why; `name` is theirs as people read it."""

    by: MemberId
    name: str
    at: datetime
    why: str = ""


OPEN_STATES = (ReplyState.UNDO, ReplyState.HELD, ReplyState.SENDING, ReplyState.UNKNOWN)
REWRITABLE = (ReplyState.HELD, ReplyState.REJECTED)  # other words may take their place


@dataclass(frozen=True)
class Reply:
    key: str
    case: CaseId
    post: PostKey
    author: MemberId
    text: str
    visibility: Visibility
    account: str | None
    created_at: datetime
    send_at: datetime
    state: ReplyState = ReplyState.UNDO
    reason: str = ""  # why it is held, refused or unknown
    attempts: int = 0
    started_at: datetime | None = None
    sent_at: datetime | None = None
    remote_id: str | None = None
    url: str | None = None

    def undo(self) -> "Reply":
        return self._move({ReplyState.UNDO}, ReplyState.DROPPED, reason="undone")

    def hold(self, reason: str) -> "Reply":
        return self._move({ReplyState.UNDO}, ReplyState.HELD, reason=reason)

    def release(self, send_at: datetime) -> "Reply":
        """Its author says: send this now."""
        return self._move({ReplyState.HELD}, ReplyState.UNDO, send_at=send_at, reason="")

    def must_be_rewritable(self) -> None:
        if self.state not in REWRITABLE:
            raise ReplyMovedOn(self.state)

    def drop(self) -> "Reply":
        waiting = {ReplyState.HELD, ReplyState.UNKNOWN, ReplyState.REJECTED}
        return self._move(waiting, ReplyState.DROPPED)

    def start(self, at: datetime) -> "Reply":
        return self._move(
            {ReplyState.UNDO}, ReplyState.SENDING, started_at=at, attempts=self.attempts + 1
        )

    def confirm(self, at: datetime, remote_id: str, url: str | None) -> "Reply":
        return self._sent({ReplyState.SENDING}, at, remote_id, url)

    def seen(self, at: datetime, remote_id: str, url: str | None) -> "Reply":
        """It came back from the network before its receipt, or in place of it."""
        return self._sent({ReplyState.SENDING, ReplyState.UNKNOWN}, at, remote_id, url)

    def found(self, at: datetime, url: str | None) -> "Reply":
        """A person looked, and it is public, there."""
        return self._sent({ReplyState.UNKNOWN}, at, id_in(url) if url else None, url)

    def reject(self, reason: str) -> "Reply":
        return self._move({ReplyState.SENDING}, ReplyState.REJECTED, reason=reason)

    def lose_sight(self, reason: str) -> "Reply":
        return self._move({ReplyState.SENDING}, ReplyState.UNKNOWN, reason=reason)

    def doubt(self, reason: str) -> "Reply":
        """The desk has forgotten what became of it since."""
        return self._move(set(OPEN_STATES), ReplyState.UNKNOWN, reason=reason)

    def retry(self, at: datetime, reason: str = "") -> "Reply":
        """Not executed, so it may go again by itself."""
        return self._move({ReplyState.SENDING}, ReplyState.UNDO, send_at=at, reason=reason)

    def send_again(self, at: datetime) -> "Reply":
        """A person looked and takes the risk of a second copy; the machine never does."""
        return self._move({ReplyState.UNKNOWN}, ReplyState.UNDO, send_at=at, reason="")

    def _sent(
        self, allowed: set[ReplyState], at: datetime, remote_id: str | None, url: str | None
    ) -> "Reply":
        return self._move(
            allowed, ReplyState.SENT, sent_at=at, remote_id=remote_id, url=url, reason=""
        )

    def _move(self, allowed: set[ReplyState], to: ReplyState, **changes: object) -> "Reply":
        if self.state not in allowed:
            raise ReplyMovedOn(self.state)
        return replace(self, state=to, **changes)  # type: ignore[arg-type]
