"""Being called is a right: to look at a case, to claim and to answer it, until it is closed."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.history import UNDO_WITHIN
from bot.domain.ids import CUSTOMER, RAPID_RESPONSE, MemberId
from bot.domain.outbox import Message
from bot.domain.timeline import Event, What
from bot.services.standing import Standing
from bot.store.store import Transaction

_TOLD = (What.CLOSED, What.REOPENED, What.ESCALATED)


def is_called(tx: Transaction, case: Case, rights: Standing) -> bool:
    """By name, or as one of rapid response; a call to a whole channel names nobody."""
    if not case.is_open or rights.is_gone:
        return False
    events = tx.timeline.of_cases([case.id], _TOLD).get(case.id, [])
    since = _last_closed(events)
    calls = [one for one in tx.calls.of_cases([case.id]) if since is None or one.created_at > since]
    is_for_all = rights.is_responder and any(one.place == RAPID_RESPONSE for one in calls)
    return is_for_all or rights.member in {*_named(calls), *_leads(events, since)}


def _named(calls: list[Message]) -> set[MemberId]:
    found: set[MemberId] = set()
    for call in calls:
        people = call.args.get("people", [])
        assert isinstance(people, list)
        found.update(map(MemberId, people))
    return found


def _leads(events: list[Event], since: datetime | None) -> set[MemberId]:
    """Whom somebody has told as the lead."""
    told = [one for one in events if since is None or one.at > since]
    return {MemberId(str(one.data["to"])) for one in told if one.data.get("to")}


def _last_closed(events: list[Event]) -> datetime | None:
    """A closing that was taken back has never been."""
    closed: list[datetime] = []
    for event in events:
        if event.what is What.CLOSED:
            closed.append(event.at)
        elif event.what is What.REOPENED and closed and _is_undone(event, closed[-1]):
            closed.pop()
    return closed[-1] if closed else None


def _is_undone(reopened: Event, closed_at: datetime) -> bool:
    return reopened.by != CUSTOMER and reopened.at - closed_at <= UNDO_WITHIN
