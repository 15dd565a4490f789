"""What our buttons and forms carry to Slack and back: identities as text, read or refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from bot.domain.draft import Carried
from bot.domain.errors import Tampered
from bot.domain.ids import CaseId, ChannelId, DepartmentKey
from bot.domain.report import Period

T = TypeVar("T")

_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
_SEEN = re.compile(r"[1-9][0-9]{12}")
_MERGING = re.compile(rf"({_NUMBER.pattern}):({_NUMBER.pattern})")
_ROUTING = re.compile(rf"({_NUMBER.pattern}):([\w-]{{1,32}})", re.ASCII)
_PERIOD = re.compile(r"([1-9][0-9]{0,10}):([1-9][0-9]{0,10})")
_USING = re.compile(r"([CG][\w-]{1,30}):([\w:-]{1,50})", re.ASCII)
_KEY = re.compile(r"[\w:.-]{1,100}", re.ASCII)
_PING = re.compile(rf"ping:({_NUMBER.pattern}):([\w:.-]{{1,100}}):[\w.-]{{1,30}}", re.ASCII)


@dataclass(frozen=True)
class Memo:
    """What a button or a form carries: one identity, as text."""

    text: str

    @property
    def seen_at(self) -> datetime | None:
        """When what somebody decides by was drawn; none in a form of an older version."""
        at, mark, _ = self.text.rpartition("@")
        return datetime.fromtimestamp(int(matched(_SEEN, at)[0]) / 1000, UTC) if mark else None

    @property
    def number(self) -> int:
        return int(matched(_NUMBER, self._ids)[0])

    @property
    def _ids(self) -> str:
        at, mark, ids = self.text.rpartition("@")
        if mark:
            matched(_SEEN, at)
        return ids

    @property
    def case(self) -> CaseId:
        return CaseId(self.number)

    @property
    def cases(self) -> list[CaseId]:
        return [Memo(one).case for one in self._ids.split(",")]

    @property
    def department(self) -> DepartmentKey | None:
        """In whose channel a case was opened; none where it was no department's."""
        return DepartmentKey(self.key) if self.text else None

    @property
    def merging(self) -> tuple[CaseId, CaseId]:
        """Which case, and into which."""
        found = matched(_MERGING, self.text)
        return CaseId(int(found[1])), CaseId(int(found[2]))

    @property
    def routing(self) -> tuple[CaseId, DepartmentKey]:
        """Which case, and which department: where it goes, or who is asked about it."""
        found = matched(_ROUTING, self.text)
        return CaseId(int(found[1])), DepartmentKey(found[2])

    @property
    def period(self) -> Period:
        """From when to when, in seconds."""
        found = matched(_PERIOD, self.text)
        return Period(*(datetime.fromtimestamp(int(found[n]), UTC) for n in (1, 2)))

    @property
    def using(self) -> tuple[ChannelId, str]:
        """Which channel, and which place of the desk may use it."""
        found = matched(_USING, self.text)
        return ChannelId(found[1]), found[2]

    @property
    def key(self) -> str:
        return matched(_KEY, self.text)[0]

    @property
    def ping(self) -> tuple[CaseId, str]:
        """Which case, and which matter of it somebody was pinged about."""
        found = matched(_PING, self.text)
        return CaseId(int(found[1])), found[2]

    @property
    def carried(self) -> Carried:
        """Which draft a form shows, and whom it is for."""
        return parsed(Carried.read, self.text, "reply")


def parsed(parse: Callable[[str], T], text: str, what: str) -> T:
    """The value that a choice of ours stands for."""
    try:
        return parse(text)
    except ValueError:
        raise Tampered(what) from None


def matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise Tampered(pattern.pattern)
    return found
