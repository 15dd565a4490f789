"""An incident: what is wrong beyond one case, who leads, and the channel where everybody meets."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from hashlib import sha256
from itertools import count

from bot.domain.errors import IncidentIsOver, NothingToChange
from bot.domain.folding import folded
from bot.domain.ids import ChannelId, IncidentId, MemberId

LONGEST_TITLE = 120
_UNPARTED = re.compile(r"(?<=[^\x00-\u024f]) (?=[^\x00-\u024f])")  # signs that need no space
_LONGEST_SLUG = 40  # a channel's name has 80 characters, and a phone shows half of them


class Severity(IntEnum):
    """How bad it is: 1 is the worst."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3

    def __str__(self) -> str:
        return self.name

    @property
    def update_every(self) -> timedelta:
        """How often the room is told how it stands."""
        return _UPDATE_EVERY[self]


_UPDATE_EVERY = {
    Severity.SEV1: timedelta(minutes=30),
    Severity.SEV2: timedelta(hours=1),
    Severity.SEV3: timedelta(hours=4),
}
CRISIS = Severity.SEV1  # what *Escalate* declares


class IncidentRole(StrEnum):
    LEAD = "lead"  # decides, and is asked for updates
    VOICE = "voice"  # the one who speaks to customers and the press
    SCRIBE = "scribe"  # keeps the timeline


class IncidentState(StrEnum):
    OPEN = "open"
    STOOD_DOWN = "stood down"


@dataclass(frozen=True)
class Incident:
    """`name` is its channel's, wanted or taken; `channel` is None until that stands."""

    id: IncidentId
    title: str
    name: str
    severity: Severity
    declared_by: MemberId
    declared_at: datetime
    lead: MemberId | None
    update_due: datetime | None
    voice: MemberId | None = None
    scribe: MemberId | None = None
    channel: ChannelId | None = None
    last_update: str = ""
    updated_by: MemberId | None = None
    updated_at: datetime | None = None
    reminded: int = 0  # how often since the last update
    stood_down_by: MemberId | None = None
    stood_down_at: datetime | None = None
    summary: str = ""

    @property
    def state(self) -> IncidentState:
        return IncidentState.STOOD_DOWN if self.stood_down_at else IncidentState.OPEN

    @property
    def is_open(self) -> bool:
        return self.stood_down_at is None

    def who(self, role: IncidentRole) -> MemberId | None:
        held: MemberId | None = getattr(self, role)
        return held

    def updated(self, text: str, by: MemberId, at: datetime) -> "Incident":
        """The room knows how it stands; the next word is due in a while."""
        self.must_be_open()
        due = at + self.severity.update_every
        return replace(
            self, last_update=text, updated_by=by, updated_at=at, update_due=due, reminded=0
        )

    def given(self, role: IncidentRole, to: MemberId | None) -> "Incident":
        self.must_be_open()
        if to is not None and self.who(role) == to:
            raise NothingToChange(f"<@{to}> is the {role} already")
        match role:
            case IncidentRole.LEAD:
                return replace(self, lead=to)
            case IncidentRole.VOICE:
                return replace(self, voice=to)
            case IncidentRole.SCRIBE:
                return replace(self, scribe=to)

    def graded(self, severity: Severity, at: datetime) -> "Incident":
        """The rhythm of the updates follows at once."""
        self.must_be_open()
        if severity is self.severity:
            raise NothingToChange(f"it is {severity} already")
        return replace(self, severity=severity, update_due=at + severity.update_every, reminded=0)

    def reminded_once_more(self, due: datetime | None) -> "Incident":
        return replace(self, reminded=self.reminded + 1, update_due=due)

    def in_room(self, channel: ChannelId, name: str) -> "Incident":
        return replace(self, channel=channel, name=name)

    def stood_down(self, summary: str, by: MemberId, at: datetime) -> "Incident":
        self.must_be_open()
        return replace(self, stood_down_by=by, stood_down_at=at, summary=summary, update_due=None)

    def must_be_open(self) -> None:
        if self.stood_down_by and self.stood_down_at:
            raise IncidentIsOver(self.title, self.stood_down_by)


def identity(title: str, at: datetime) -> str:
    """Which declarations of a day are one: the same words, however long and in whatever script.

    What stands in a channel's name is shortened and cleaned, and would make one of two fires.
    """
    words = " ".join(unicodedata.normalize("NFC", title).casefold().split())
    return f"{_day(at)}:{sha256(words.encode()).hexdigest()}"


def room_name(title: str, at: datetime) -> str:
    """`inc-2026-03-02-ash-cloud`: the day of Greenwich, then the title in letters Slack takes."""
    plain = unicodedata.normalize("NFC", folded(title)).lower()
    letters = "".join(sign if sign.isalnum() else " " for sign in _UNPARTED.sub("", plain))
    slug = "-".join(letters.split())[:_LONGEST_SLUG].strip("-") or "incident"
    return f"inc-{_day(at)}-{slug}"


def plain_name(incident: Incident) -> str:
    """Where Slack takes no name made of the title."""
    return f"inc-{_day(incident.declared_at)}-{incident.id}"


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def next_name(name: str, taken: int) -> str:
    """Where the name has been taken so often: `…-2`, `…-3`."""
    return f"{name}-{taken + 1}" if taken else name


def free_name(name: str, taken: Collection[str]) -> str:
    """The first of `…`, `…-2`, `…-3` that nobody has."""
    return next(one for one in (next_name(name, n) for n in count()) if one not in taken)
