"""The order in which cases wait, everywhere.

Urgent, high, the rest; then the earlier deadline; then the older. What is snoozed comes last.
"""

from datetime import UTC, datetime

from bot.domain.case import Case
from bot.domain.post import Priority

_AHEAD = {Priority.URGENT: 0, Priority.HIGH: 1}
_NEVER = datetime.max.replace(tzinfo=UTC)

Place = tuple[bool, int, datetime, datetime, int]


def in_queue(case: Case, due: datetime | None) -> Place:
    """What to sort cases by; `due` is the deadline that runs out first."""
    is_asleep = case.snoozed_until is not None
    return is_asleep, ahead(case), due or _NEVER, case.opened_at, case.id


def ahead(case: Case) -> int:
    """Urgent, high, the rest."""
    return _AHEAD.get(case.priority, 2)
