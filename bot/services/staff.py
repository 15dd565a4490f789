"""Who of those in a department's channel is a person, and who may act there."""

from bot.domain.ids import DepartmentKey, MemberId
from bot.services.kernel import Work


def people_in(work: Work, key: DepartmentKey) -> list[MemberId]:
    """Without apps: whom Slack tells nothing of, is no person."""
    return [one for one in work.members_in(key) if work.tx.people.get(one)]


def is_staffed(work: Work, key: DepartmentKey) -> bool:
    """Whether anybody may act there: no app, no guest who is not named, nobody who has left."""
    there = dict.fromkeys([*work.setup.named_in(key), *work.members_in(key)])
    return any(key in work.standing(member).works_in for member in there)
