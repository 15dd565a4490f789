"""An incident: what is wrong beyond one case, who leads, and the channel where everybody meets."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.errors import IncidentIsOver, NothingToChange
from bot.domain.folding import folded
from bot.domain.ids import ChannelId, IncidentId, MemberId

LONGEST_TITLE = 120
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


def room_name(title: str, at: datetime) -> str:
    """`inc-2026-03-02-ash-cloud`: the day of Greenwich, then what is left of the title."""
    words = "".join(sign if sign.isascii() else " " for sign in folded(title)).split()
    slug = "-".join(words)[:_LONGEST_SLUG].strip("-") or "incident"
    return f"inc-{at.astimezone(UTC):%Y-%m-%d}-{slug}"


def next_name(name: str, taken: int) -> str:
    """Where the name has been taken so often: `…-2`, `…-3`."""
    return f"{name}-{taken + 1}" if taken else name
