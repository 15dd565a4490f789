"""`@here` in a department's channel: for an urgent case, and for one that nobody takes.

A channel is called at most once in five minutes; what comes meanwhile is counted in the next line.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Lane
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.outbox import Message, MessageState
from bot.domain.post import Priority
from bot.services.kernel import Work
from bot.store.alerts import Alert, Why
from bot.store.timers import Timer

ALERT = "alert"
EVERY = timedelta(minutes=5)
UNTAKEN = {
    Priority.URGENT: ((Why.UNTAKEN, timedelta(minutes=5)),),
    Priority.HIGH: ((Why.WAITS, timedelta(minutes=15)), (Why.UNTAKEN, timedelta(minutes=30))),
}


def arrived(work: Work, case: Case) -> None:
    """It stands in this department's channel and nobody has it; an urgent one calls at once.

    Where the department is closed and another one covers, it calls there too.
    """
    await_somebody(work, case)
    if case.priority is not Priority.URGENT or not _waits(work, case):
        return
    for key in _departments(work, case.department):
        alert = Alert(case.id, _place(key), Why.NEW, work.at)
        work.tx.alerts.add([alert])
        card = effects.card_key(case.id, key)
        if _is_to_be_posted(work, card) and _may_alert(work, alert.place):
            work.tx.alerts.said([alert], card, at=work.at)  # drawn into its first posting
        else:
            _fire(work, alert)


def await_somebody(work: Work, case: Case) -> None:
    """From now on it waits to be taken; whatever was to be called for before is over."""
    work.tx.alerts.forget(case.id)
    work.tx.timers.drop(case.id, f"{ALERT}:")
    if not case.is_open or case.assignee:
        return
    alerts = [
        Alert(case.id, _place(key), why, work.at + after)
        for key in _departments(work, case.department)
        for why, after in UNTAKEN.get(case.priority, ())
    ]
    work.tx.alerts.add(alerts)
    work.tx.timers.set_all(Timer(alert.case, _timer(alert), alert.due_at) for alert in alerts)


def due(work: Work, timer: Timer) -> None:
    """Everything that this channel is to be called for by now, in one line."""
    case, why = work.case(timer.case), Why(timer.name.partition(":")[2])
    for key in _departments(work, case.department):
        _fire(work, Alert(case.id, _place(key), why, timer.due_at))


def _fire(work: Work, alert: Alert) -> None:
    """What the channel may be called for now is read; while it may not, nothing but this one."""
    is_quiet, may_alert = alert.why is Why.WAITS, _may_alert(work, alert.place)
    if not (is_quiet or may_alert):
        if work.tx.alerts.is_waiting(alert):
            last = work.tx.alerts.last_said(alert.place) or work.at
            work.tx.timers.set_all([Timer(alert.case, _timer(alert), last + EVERY)])
        return
    live = _live(work, work.tx.alerts.due(alert.place, work.at, quiet_only=not may_alert))
    quiet = [one for one in live if one.why is Why.WAITS]
    loud = [one for one in live if one.why is not Why.WAITS]
    if quiet:
        _say(work, quiet, Lane.UPDATE)
    if loud:
        _say(work, loud, Lane.URGENT)


def _say(work: Work, alerts: Sequence[Alert], lane: Lane) -> None:
    first = alerts[0]
    key = f"{first.place}:{'quiet' if first.why is Why.WAITS else 'here'}:{first.case}"
    told = effects.alert(f"{key}:{int(work.at.timestamp())}", first.place, _reasons(alerts), lane)
    work.tell(told)
    work.tx.alerts.said(alerts, told.key, at=work.at)


def _reasons(alerts: Sequence[Alert]) -> dict[CaseId, str]:
    """Each case once, with why it is called for."""
    return {alert.case: alert.why for alert in alerts}


def _live(work: Work, alerts: Sequence[Alert]) -> list[Alert]:
    """Those that still wait there; the others are struck off."""
    cases = work.tx.cases.among({alert.case for alert in alerts})
    keys = [effects.card_key(case.id, case.department) for case in cases.values()]
    cards = {card.case: card for card in work.tx.outbox.among(keys)}
    waiting = {case.id for case in cases.values() if _is_free(case, cards.get(case.id))}
    places = cache(lambda key: _places(work, key))
    live, gone = list[Alert](), list[Alert]()
    for alert in alerts:
        is_there = alert.place in places(cases[alert.case].department)
        (live if alert.case in waiting and is_there else gone).append(alert)
    work.tx.alerts.drop(gone)
    return live


def _waits(work: Work, case: Case) -> bool:
    """Nobody has it, the customer has no answer, and no digest lists it among many."""
    return _is_free(case, work.tx.outbox.get(effects.card_key(case.id, case.department)))


def _is_free(case: Case, card: Message | None) -> bool:
    is_free = case.is_open and not case.assignee and case.waiting_since is None
    is_listed = card is not None and card.state is MessageState.BUNDLED
    return is_free and not case.snoozed_until and not is_listed


def _may_alert(work: Work, place: str) -> bool:
    last = work.tx.alerts.last_said(place)
    return last is None or work.at - last >= EVERY


def _is_to_be_posted(work: Work, card: str) -> bool:
    """An edited card calls nobody, nor does one that comes below a digest."""
    message = work.tx.outbox.get(card)
    if message is None:
        return True
    return message.ts is None and not message.within and message.state is MessageState.QUEUED


def _departments(work: Work, key: DepartmentKey) -> list[DepartmentKey]:
    """Its own, and whoever covers for it now."""
    cover = work.setup.cover_of(key, work.at)
    return list(dict.fromkeys([key, *([cover.key] if cover else [])]))


def _places(work: Work, key: DepartmentKey) -> list[str]:
    return [_place(one) for one in _departments(work, key)]


def _place(key: DepartmentKey) -> str:
    return f"department:{key}"


def _timer(alert: Alert) -> str:
    return f"{ALERT}:{alert.why}"
