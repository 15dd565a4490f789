"""What only one process at a time may do, and how long it may without saying so again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=6)  # who has not renewed for so long is replaced
MARGIN = timedelta(seconds=1)  # so much earlier it stops by itself
RENEWED_EVERY = timedelta(seconds=1)
BLIND_AFTER = timedelta(seconds=4)  # who could not look for so long has seen no silence
CALLS_END = timedelta(seconds=10)  # what was on its way when its sender fell silent has arrived


class Task(StrEnum):
    DELIVERY = "delivery"  # everything said to Slack: one budget
    SENDING = "sending"  # public replies
    ROOMS = "rooms"  # the channels of incidents
    CLOCK = "clock"  # the sweep, and what is done every so often
    ROSTER = "roster"  # who is where in Slack


@dataclass(frozen=True)
class Lease:
    """Who does a task; `fence` numbers the holders, and `renewed_at` is different each time."""

    task: Task
    holder: str
    fence: int
    renewed_at: datetime  # by the holder's own clock, so for people only

    @property
    def is_free(self) -> bool:
        return not self.holder
