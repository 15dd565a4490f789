"""A stretch of the desk's life; a new one begins when the database goes back to an older state.

What happened between the backup and the restore is known to Slack and to the networks, and not to
the desk: so nothing unfinished goes out before a person has looked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    RESTORED = "restored"
    MOVED = "moved"


@dataclass(frozen=True)
class Epoch:
    """`backup_at` is the last moment that the database knows from before."""

    number: int
    cause: Cause
    backup_at: datetime
    begun_at: datetime
    released_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Public replies wait until an admin lets them go."""
        return self.released_at is None

    @property
    def why(self) -> str:
        if self.cause is Cause.MOVED:
            return f"the desk was moved to another database at {self.begun_at:%Y-%m-%d %H:%M} UTC"
        return f"the desk was restored from a backup of {self.backup_at:%Y-%m-%d %H:%M} UTC"
