"""Where in Slack a message goes, and what happens while that place takes nothing."""

from bot.domain import effects
from bot.domain.effects import Kind
from bot.domain.ids import RAPID_RESPONSE, TRIAGE, ChannelId
from bot.domain.outbox import Message, MessageState
from bot.services.kernel import Work
from bot.store.people import KnownChannel

TRIAGE_PLACE = f"department:{TRIAGE}"


def where(work: Work, place: str) -> ChannelId | None:
    """The channel of a place; a person's own id is where direct messages to them go."""
    kind, _, name = place.partition(":")
    if kind in ("person", "channel"):
        return ChannelId(name)
    known = work.tx.people.channel_at(place)
    return known.channel if known and known.fault is None else None


def close_place(work: Work, message: Message, why: str) -> None:
    """The message waits for its place; who can mend it is told, once an hour."""
    work.tx.outbox.move(message, MessageState.PARKED, why=why)
    known = work.tx.people.channel_at(message.place)
    if known and not known.fault:
        work.tx.people.put_channel(_with_fault(known, why))
    if message.kind in (Kind.PING, Kind.BUNDLE):
        _reach_people(work, message)
    _tell_who_can_mend(work, message, why)


def open_place(work: Work, known: KnownChannel) -> None:
    """It can be written to again: what waited for it is said."""
    work.tx.people.put_channel(_with_fault(known, None))
    work.tx.outbox.revive(known.place, at=work.at)


def _with_fault(known: KnownChannel, fault: str | None) -> KnownChannel:
    return KnownChannel(
        known.place, known.name, known.channel, known.is_private, known.is_archived, fault
    )


def _reach_people(work: Work, message: Message) -> None:
    """A ping whose channel is closed goes to its people directly."""
    people = message.args.get("people", [])
    assert isinstance(people, list)
    for person in people:
        words = {"say": "ping_elsewhere", "why": message.args.get("why", "")}
        key = f"elsewhere:{message.key}:{person}"
        work.tell(effects.tell(key, f"person:{person}", words, message.case))


def _tell_who_can_mend(work: Work, message: Message, why: str) -> None:
    hour = work.at.strftime("%Y-%m-%dT%H")
    words = {"say": "place_closed", "place": message.place, "why": why}
    fallback = RAPID_RESPONSE if message.place == TRIAGE_PLACE else TRIAGE_PLACE
    if message.place != fallback and not message.key.startswith("note:closed:"):
        work.tell(effects.tell(f"closed:{message.place}:{hour}", fallback, words))
