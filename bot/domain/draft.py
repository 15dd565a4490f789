"""What somebody writes to a customer and has not sent, and whom it is for.

The target is fixed when the form is opened. Whatever comes in later changes neither the post that
is answered, nor the account it leaves from, nor who will read it.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.domain.blank import is_blank
from bot.domain.ids import CaseId, MemberId, PostKey
from bot.domain.post import Visibility

_MARK = 16
_CARRIED = re.compile(r"([1-9][0-9]{0,14}):([0-9a-f]{16}):([1-9][0-9]{0,15}):([0-9a-f]{16})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(milliseconds=1)


@dataclass(frozen=True)
class ReplyTarget:
    """Which post is answered, from which account, and who may read it."""

    post: PostKey
    account: str | None
    visibility: Visibility

    @property
    def mark(self) -> str:
        """Tells it from another one."""
        account = "-" if self.account is None else f"+{self.account}"
        return mark_of(f"{self.post}\0{account}\0{self.visibility}")


@dataclass(frozen=True)
class Carried:
    """What a form remembers: its case, its target, when it was opened, and the words it shows."""

    case: CaseId
    target: str
    opened_at: datetime
    words: str = ""  # of a preview

    def __str__(self) -> str:
        return f"{self.case}:{self.target}:{(self.opened_at - _EPOCH) // _TICK}:{self.words}"

    @classmethod
    def read(cls, metadata: str) -> "Carried":
        found = _CARRIED.fullmatch(metadata)
        if found is None:
            raise ValueError(metadata)
        opened_at = _EPOCH + int(found[3]) * _TICK
        return cls(CaseId(int(found[1])), found[2], opened_at, found[4] or "")


@dataclass(frozen=True)
class Draft:
    """One person's answer to one case, from the opened form until it is sent."""

    case: CaseId
    member: MemberId
    target: ReplyTarget
    opened_at: datetime  # what the customer wrote since, nobody has seen in this form
    text: str = ""
    kept_at: datetime | None = None
    previewed: str | None = None  # the words of the last preview: only these can be sent
    has_claimed: bool = False  # opening the form took the case

    def keep(self, text: str, at: datetime) -> "Draft":
        return replace(self, text=text, kept_at=None if is_blank(text) else at)

    def look_twice(self, text: str, at: datetime) -> "Draft":
        return replace(self.keep(text, at), previewed=text)

    @property
    def has_words(self) -> bool:
        return not is_blank(self.text)

    @property
    def carried(self) -> Carried:
        words = "" if self.previewed is None else mark_of(self.previewed)
        return Carried(self.case, self.target.mark, self.opened_at, words)


def mark_of(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:_MARK]
