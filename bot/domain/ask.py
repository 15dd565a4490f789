"""What other departments and colleagues are asked about a case."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId, DepartmentKey, MemberId


@dataclass(frozen=True)
class Ask:
    """A following department's own part of a case, open until somebody of it says *Done*."""

    case: CaseId
    department: DepartmentKey
    ask: str
    done_by: MemberId | None = None
    done_at: datetime | None = None
    asked_by: MemberId | None = None  # None: a rule, or hours in which the owner is closed
    asked_at: datetime | None = None
    taken_back_at: datetime | None = None
    is_cover: bool = False  # asked only because the owner is closed

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.taken_back_at is None

    @property
    def outlives_its_case(self) -> bool:
        """Words of a rule or a person are still to be followed when the customer is content."""
        return bool(self.ask) and not self.is_cover


@dataclass(frozen=True)
class Question:
    """One question to a colleague or a channel, with the case's context; answered at most once."""

    id: int
    case: CaseId
    asker: MemberId
    place: str  # an effect's place: "person:U…" or "channel:C…"
    question: str
    asked_at: datetime
    answer: str | None = None
    answered_by: MemberId | None = None
    answered_at: datetime | None = None
