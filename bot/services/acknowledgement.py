"""*Acknowledge*: somebody says that they have it, and whom it stops.

Anybody of rapid response may; elsewhere, and as a guest, who was called by name.
"""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.effects import Kind
from bot.domain.errors import (
    AllAcknowledged,
    AlreadyAcknowledged,
    CallIsOver,
    NothingToAcknowledge,
    Tampered,
)
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message
from bot.domain.timeline import Event, What
from bot.services import follow_up
from bot.services.calls import Call, calls_of
from bot.services.kernel import Work


def one(work: Work, case: Case, matter: str, by: MemberId) -> None:
    """This call, and what the same case was called for before it: they are one line."""
    calls = calls_of(work, work.tx.outbox.of_case(case.id, Kind.PING))
    named = [call for call in calls if call.matter == matter]
    rights = work.standing(by)
    if rights.is_gone or not any(by in call.people for call in calls):
        rights.must_be_responder()
    if not named:
        raise NothingToAcknowledge(case.id)
    newest = named[-1]
    if newest.settled:
        raise CallIsOver(case.id, newest.settled)
    if newest.acknowledged:
        raise AlreadyAcknowledged(newest.acknowledged[0])
    _take_on(work, [call for call in calls if call.ping.created_at <= newest.ping.created_at], by)


def named_by(work: Work, late: str, by: MemberId) -> list[list[Message]]:
    """What a list named and what still waits of it: the calls about each case."""
    message = work.tx.outbox.get(late)
    if message is None or message.kind is not Kind.BUNDLE:
        raise Tampered("list")
    lines = {one.key: one for one in work.tx.calls.lines_of(late)}
    named = work.tx.outbox.among([key for key in message.lines if key not in lines])
    calls = calls_of(work, [*lines.values(), *named])
    rights = work.standing(by)
    if rights.is_gone or not calls or not all(by in call.people for call in calls):
        rights.must_be_responder()
    waiting: dict[CaseId, list[Message]] = {}
    for call in calls:
        if call.is_waiting:
            waiting.setdefault(call.case.id, []).append(call.ping)
    if not waiting:
        raise AllAcknowledged()
    return list(waiting.values())


def some_of(work: Work, about: Sequence[Sequence[Message]], by: MemberId) -> int:
    """Of these cases what still waits now; for how many."""
    return _take_on(work, calls_of(work, [call for calls in about for call in calls]), by)


def _take_on(work: Work, calls: Sequence[Call], by: MemberId) -> int:
    """Who was first stays named. No card shows it, so only the lists are drawn anew."""
    matters = dict.fromkeys((call.case.id, call.matter) for call in calls if call.is_waiting)
    work.tx.acknowledgements.add_all(matters, by=by, at=work.at)
    work.tx.timers.drop_each(
        (case, f"{matter}:{climbs}:")
        for case, matter in matters
        for climbs in ("step", follow_up.GO_ON)
    )
    work.tx.timeline.add_all(
        Event(case, work.at, What.ACKNOWLEDGED, by, {"matter": matter}) for case, matter in matters
    )
    follow_up.look_again(work, [call for call in calls if (call.case.id, call.matter) in matters])
    cases = {case for case, _ in matters}
    work.tell(*(late.again() for late in work.tx.calls.lists_of(*cases)))
    return len(cases)
