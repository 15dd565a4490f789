"""What the read-only page shows for the hours when Slack is down."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CaseId

EXCERPT = 80


@dataclass(frozen=True)
class DeskRow:
    """An open case, as much of it as one needs to answer the customer elsewhere."""

    case: CaseId
    department: str
    network: str
    author: str
    excerpt: str
    due_at: datetime | None = None
    url: str | None = None
    assignee: str | None = None

    def time_left(self, now: datetime) -> timedelta | None:
        """Negative once it is late; None where nothing was promised."""
        return self.due_at - now if self.due_at else None


@dataclass(frozen=True)
class DeskPage:
    generated_at: datetime
    rows: tuple[DeskRow, ...] = ()
    on_duty: tuple[str, ...] = ()
    page: int = 1
    before: int = 0  # open cases on the pages before this one
    after: int = 0

    @property
    def total(self) -> int:
        return self.before + len(self.rows) + self.after


def excerpt(text: str) -> str:
    """The beginning of a post, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
