"""The one list of what is late at a place: what is said next, which cases are its lines.

A step calls somebody, so it needs a new message: the list is posted anew with all that is late,
and the one before shrinks. What was never said yet is said by the newest step only.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects
from bot.domain.effects import Effect, Kind
from bot.domain.ids import CLOCK, RAPID_RESPONSE, MemberId
from bot.domain.outbox import Delivered, Message
from bot.domain.ports import NewKey
from bot.domain.timeline import Event, What
from bot.services.calls import Call, calls_of, superseded
from bot.services.kernel import Work
from bot.services.warned import came_to_nothing

A_LINE = timedelta(seconds=2)  # of reading: so long the next list gathers
SUPERSEDED = "a later step was due before it could be said"
LONGEST_GATHERING = timedelta(minutes=1)


def call(work: Work, pings: list[Effect], *, at_once: bool = False) -> None:
    """Whom a step calls, in rapid response; those who are not there in a direct message too."""
    if not pings:
        return
    there = _present(work)
    told = [*pings, *(
        effects.direct(ping, person)
        for ping in pings for person in _named(ping) if person not in there
    )]  # fmt: skip
    if not at_once:
        turns = {place: _turn(work, place) for place in {one.place for one in told}}
        told = [replace(one, not_before=turns[one.place]) for one in told]
    work.tell(*told)


def reach(work: Work, pings: list[Message]) -> None:
    """The channel takes nothing: who was called hears of it directly."""
    for ping in pings:
        for person in _named(ping):
            work.tell(effects.direct(_effect(ping), person))


def is_idle(work: Work, message: Message) -> bool:
    """Never said, and not worth saying any more."""
    if message.ts:
        return False
    if message.kind in (Kind.WARNING, Kind.WARNINGS):
        return came_to_nothing(work, message)
    if message.kind not in (Kind.PING, Kind.BUNDLE):
        return False
    calls = calls_of(work, _first_said_by(work, message))
    return not any(one.still_calls for one in calls)


def set_aside(work: Work, message: Message) -> None:
    """What was settled before it could be said; what was acknowledged is still a line."""
    if message.kind in (Kind.WARNING, Kind.WARNINGS):
        work.tx.calls.drop([message])
        return
    calls = calls_of(work, _first_said_by(work, message))
    _never_said(work, [one for one in calls if one.settled], "settled before it could be said")
    work.tx.calls.put([one.ping for one in calls if not one.settled], None)
    if message.kind is Kind.BUNDLE:
        work.tx.calls.drop([message])


def gathered(work: Work, message: Message, new_key: NewKey) -> Message:
    """The list as it is posted now: with all that waits, and all that stood in the one before."""
    place = message.place
    unsaid = work.tx.calls.unsaid_lists(place)
    key = unsaid[0].key if unsaid else f"bundle:{new_key()}"
    late = [ping for one in unsaid for ping in _first_said_by(work, one)]
    new = _worth_saying(work, [*late, *work.tx.calls.waiting(place)])
    names = {call.ping.key for call in new}
    standing = [one for one in work.tx.calls.standing(place) if one.key not in names]
    before = [call for call in calls_of(work, standing) if not call.settled]
    lists = _shrink(work, place, before, key)
    work.tx.calls.drop(unsaid[1:])
    calling = [call.ping.key for call in new if call.still_calls]
    called = set(calling)
    lines = [call.ping.key for call in [*before, *new] if call.ping.key not in called]
    work.tell(effects.late_list(key, place, calling, lines, at=work.at))
    work.tx.calls.clear(lists)
    work.tx.calls.put([call.ping for call in [*before, *new]], key)
    said = work.tx.outbox.get(key)
    assert said is not None  # it was told three lines above
    return said


def found(work: Work, ping: Message, answer: Delivered) -> None:
    """A list that stands, and of which nothing is known any more, has said it: nobody twice."""
    key = f"bundle:found:{answer.id}"
    known = work.tx.outbox.get(key)
    says = [*(known.said_together if known else ()), ping.key]
    work.tell(effects.late_list(key, ping.place, says, at=ping.started_at or ping.created_at))
    if known is None:
        late = work.tx.outbox.get(key)
        assert late is not None  # it was told two lines above
        work.tx.outbox.adopt(late, answer)
    work.tx.calls.put([ping], key)


def _worth_saying(work: Work, pings: list[Message]) -> list[Call]:
    """The newest step of each matter; the others are not sent as a pile."""
    calls = calls_of(work, sorted(pings, key=lambda ping: (ping.created_at, ping.key)))
    _never_said(work, [one for one in calls if one.settled], "settled before it could be said")
    left = [one for one in calls if not one.settled]
    old = list(superseded(left))
    _never_said(work, old, SUPERSEDED)
    gone = {one.ping.key for one in old}
    return [one for one in left if one.ping.key not in gone]


def _never_said(work: Work, calls: list[Call], why: str) -> None:
    """Each step stays on record, with why nobody was called."""
    work.tx.calls.drop([one.ping for one in calls])
    work.tx.timeline.add_all(
        Event(one.case.id, work.at, What.NOT_CALLED, CLOCK, {"matter": one.matter, "why": why})
        for one in calls
        if one.ping.place == RAPID_RESPONSE
    )


def _shrink(work: Work, place: str, before: list[Call], key: str) -> list[str]:
    """Where the lines stood until now is drawn anew, without them."""
    newest = work.tx.calls.newest_list(place)
    lists = {call.ping.within for call in before} | {newest.key if newest else None}
    found = [work.tx.outbox.get(one) for one in sorted(filter(None, lists)) if one != key]
    work.tell(*(one.again() for one in found if one))
    work.tell(*(call.ping.again() for call in before if call.ping.ts and not call.ping.within))
    return [one.key for one in found if one]


def _first_said_by(work: Work, message: Message) -> list[Message]:
    """The calls that this message makes: itself, or those of a list."""
    if message.kind is Kind.PING:
        return [message]
    return work.tx.outbox.among(message.said_together)


def _present(work: Work) -> set[MemberId]:
    """Who sees what stands in rapid response."""
    known = work.tx.people.channel_at(RAPID_RESPONSE)
    if known is None or known.channel is None or known.fault:
        return set()
    return set(work.tx.people.members(known.channel))


def _named(ping: Effect | Message) -> list[MemberId]:
    people = ping.args.get("people", [])
    assert isinstance(people, list)
    return [MemberId(person) for person in people]


def _effect(ping: Message) -> Effect:
    return replace(ping.again(), place=RAPID_RESPONSE, revise=False)


def _turn(work: Work, place: str) -> datetime:
    """People read the list before the next one: the longer it is, the longer that gathers."""
    newest = work.tx.calls.newest_list(place)
    if newest is None:
        return work.at
    gathering = min(newest.listed * A_LINE, LONGEST_GATHERING)
    return max(work.at, (newest.posted_at or newest.created_at) + gathering)
