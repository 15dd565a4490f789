"""What the messages of an incident show, and the record they are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseId, IncidentId, MemberId
from bot.domain.incident import Incident, Severity


class Happened(StrEnum):
    """One entry of an incident's timeline."""

    DECLARED = "declared"
    ROOM = "channel opened"
    LINKED = "linked"
    UPDATE = "update"
    ROLE = "role"
    LET_IN = "let in"
    SEVERITY = "severity"
    ADDED = "added"  # a message of the room that somebody picked
    LEAD_LEFT = "lead left"
    REMINDED = "asked for an update"
    STOOD_DOWN = "stood down"


@dataclass(frozen=True)
class Entry:
    """`text` is what was said; None: Slack has still to be asked what stood there."""

    incident: IncidentId
    at: datetime
    what: Happened
    by: MemberId
    text: str | None = ""
    message: str | None = None  # the ts of the message that was picked


@dataclass(frozen=True)
class Guest:
    """Somebody who is asked into the channel; `fault` why Slack would not let them in."""

    member: MemberId
    is_in: bool = False
    fault: str | None = None


@dataclass(frozen=True)
class Admission:
    """Somebody outside declared the same: they ask to be let in, with these cases of theirs."""

    id: int
    incident: IncidentId
    member: MemberId
    severity: Severity
    asked_at: datetime
    cases: tuple[CaseId, ...] = ()
    decided_by: MemberId | None = None
    decided_at: datetime | None = None
    is_in: bool = False
    told: tuple[str, ...] = ()  # the places in which somebody was asked about them

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


@dataclass(frozen=True)
class LinkedCase:
    """A case of the incident; only its number and how far it is, since not all may read it."""

    case: CaseId
    is_open: bool
    is_answered: bool
    link: str | None = None


@dataclass(frozen=True)
class IncidentFacts:
    incident: Incident
    now: datetime
    cases: tuple[LinkedCase, ...] = ()
    entries: tuple[Entry, ...] = ()
    guests: tuple[Guest, ...] = ()
    admissions: tuple[Admission, ...] = ()

    @property
    def left_out(self) -> tuple[Guest, ...]:
        return tuple(guest for guest in self.guests if guest.fault)


@dataclass(frozen=True)
class IncidentNote:
    """One message about an incident: `say` names the sentence, `args` what only it needs."""

    say: str
    facts: IncidentFacts
    args: Mapping[str, object] = field(default_factory=dict)
