"""Telling people, as `WHO_IS_TOLD` says: in the thread with a mention, directly, or both."""

from collections.abc import Iterable

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Lane
from bot.domain.ids import CLOCK, DepartmentKey, MemberId
from bot.domain.post import Priority
from bot.domain.who_is_told import WHO_IS_TOLD, Where, Whom
from bot.services import repeats
from bot.services.kernel import Work


def tell(
    work: Work, case: Case, say: str, people: Iterable[MemberId | None], **words: object
) -> None:
    """Each of them once, in a message of its own; `by` did it and knows."""
    row = WHO_IS_TOLD[say]
    to = [one for one in present(work, people) if one != words.get("by")]
    key = f"{say}:{case.version}"
    if Where.THREAD in row.where and (to or row.whom is not Whom.OWNER):
        _in_thread(work, case, key, {"say": say, "to": to, **words})
    if Where.DIRECT in row.where:
        for person in to:
            _directly(work, case, person, f"{key}:{person}", {"say": say, **words})


def tell_channel(
    work: Work, case: Case, say: str, department: DepartmentKey, **words: object
) -> None:
    """A line of its own in a department's channel: its card may stand there already."""
    is_urgent = case.priority is Priority.URGENT
    key = f"{case.id}:{say}:{case.version}:{department}"
    place, lane = f"department:{department}", Lane.URGENT if is_urgent else Lane.UPDATE
    repeats.say(work, effects.tell(key, place, {"say": say, **words}, case.id, lane=lane))


def present(work: Work, people: Iterable[MemberId | None]) -> list[MemberId]:
    """Each once, without those who have left the company."""
    known = {one: work.tx.people.get(one) for one in people if one}
    return [one for one, person in known.items() if person and not person.is_gone]


def changed_hands(work: Work, before: Case, after: Case, by: MemberId) -> None:
    """Whoever has it now hears of it, and whoever had it until now."""
    if before.assignee == after.assignee:
        return
    words = {"by": by, "was": before.assignee}
    if before.is_open and before.assignee:
        offered = after.hand_off.person if after.hand_off else None
        where = after.department if after.department != before.department else None
        tell(work, after, "taken_from", [before.assignee],
             by=by, now=after.assignee or offered, department=where)  # fmt: skip
    if after.assignee and by != CLOCK:
        tell(work, after, "assigned", [after.assignee], **words)


def _in_thread(work: Work, case: Case, key: str, words: dict[str, object]) -> None:
    line = effects.note(f"{case.id}:{key}", case.id, case.department, words)
    if not repeats.is_added(work, line):
        work.note(case, key, **words)


def _directly(work: Work, case: Case, person: MemberId, key: str, words: dict[str, object]) -> None:
    lane = Lane.URGENT if case.priority is Priority.URGENT else Lane.NOTE
    words = {**words, "direct": True}
    told = effects.tell(f"{case.id}:{key}", f"person:{person}", words, case.id, lane=lane)
    repeats.say(work, told)
