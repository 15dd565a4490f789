"""Where in Slack a message goes, and what happens while that place takes nothing."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from bot.domain import effects
from bot.domain.effects import Kind
from bot.domain.ids import RAPID_RESPONSE, TRIAGE, ChannelId
from bot.domain.outbox import Message, MessageState
from bot.services import warn
from bot.services.incident_people import tell_of_room
from bot.services.kernel import Work
from bot.services.late_list import reach
from bot.store.people import KnownChannel

TRIAGE_PLACE = f"department:{TRIAGE}"

log = logging.getLogger(__name__)


def where(work: Work, place: str) -> ChannelId | None:
    """The channel of a place; a person's own id is where direct messages to them go."""
    kind, _, name = place.partition(":")
    if kind in ("person", "channel"):
        return ChannelId(name)
    known = work.tx.people.channel_at(place)
    return known.channel if known and known.fault is None else None


def fault_of(work: Work, place: str) -> str:
    """Why `where` knows no channel."""
    known = work.tx.people.channel_at(place)
    return (known.fault if known else None) or "its channel is not known yet"


def close_place(work: Work, message: Message, why: str) -> None:
    """The message waits for its place; who can mend it is told, once an hour."""
    if is_for_a_person(message):
        give_up(work, message, why)  # no channel comes back that would say it later
        return
    work.tx.outbox.move(message, MessageState.PARKED, why=why)
    known = work.tx.people.channel_at(message.place)
    if known and not known.fault:
        work.tx.people.put_channel(replace(known, fault=why))
    _reach_people(work, message)
    _tell_who_can_mend(work, message, why)


def open_place(work: Work, known: KnownChannel) -> None:
    """It can be written to again: what waited for it is said."""
    work.tx.people.put_channel(replace(known, fault=None))
    work.tx.outbox.revive(known.place, at=work.at)


def give_up(work: Work, message: Message, why: str) -> None:
    """On the admins' home tabs from now on; what was urgent about it takes another way."""
    work.tx.outbox.move(message, MessageState.DEAD, why=why)
    log.error("message refused", extra={"key": message.key, "why": why})
    _reach_people(work, message)
    if message.kind is Kind.DIGEST and not message.ts:
        work.tx.queue.scatter(message.key, at=work.at)


def is_for_a_person(message: Message) -> bool:
    return message.place.startswith("person:")


def _reach_people(work: Work, message: Message) -> None:
    """A call or warning that its channel does not take goes to its people directly."""
    if message.ts or is_for_a_person(message):
        return  # it was said, only its change was not; or there is no other way
    reach(work, list(_pings(work, message)))
    for warned in _warnings(work, message):
        work.tell(*warn.directly(work, warned))


def _pings(work: Work, message: Message) -> Iterator[Message]:
    """Itself, or those that it says together."""
    if message.kind is Kind.PING:
        yield message
    if message.kind is Kind.BUNDLE:
        yield from said_together(work, message)


def _warnings(work: Work, message: Message) -> Iterator[Message]:
    """Likewise."""
    if message.kind is Kind.WARNING:
        yield message
    if message.kind is Kind.WARNINGS:
        yield from said_together(work, message)


def said_together(work: Work, message: Message) -> Iterator[Message]:
    """The messages that this one says, where they are still known."""
    yield from filter(None, map(work.tx.outbox.get, message.said_together))


def _tell_who_can_mend(work: Work, message: Message, why: str) -> None:
    if message.place.startswith("incident:"):
        tell_of_room(work, message.place, why)
        return
    hour = work.at.strftime("%Y-%m-%dT%H")
    words = {"say": "place_closed", "place": message.place, "why": why}
    fallback = RAPID_RESPONSE if message.place == TRIAGE_PLACE else TRIAGE_PLACE
    if message.place != fallback and not message.key.startswith("note:closed:"):
        work.tell(effects.tell(f"closed:{message.place}:{hour}", fallback, words))
