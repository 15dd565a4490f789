"""The channels of incidents: opened once, filled, named, and the facts pinned.

What is to be done stands in rows, so each step may be done again. Opening may not: it is recorded
before Slack is asked, and whoever finds such a record looks for the channel before asking again.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain import effects
from bot.domain.errors import SlackUnavailable
from bot.domain.ids import CLOCK, ChannelId, MemberId
from bot.domain.incident import Incident, IncidentRole, next_name, plain_name, room_name
from bot.domain.incident_facts import Entry, Guest, Happened
from bot.domain.ports import RoomMaker, SeenChannel
from bot.services import wording
from bot.services.incident_links import redraw_cards
from bot.services.incident_people import came, refresh, tell_fault
from bot.services.incidents import tell_role
from bot.services.kernel import Kernel, Work
from bot.store.people import KnownChannel
from bot.store.rooms import Room

LOUD_AFTER = 2  # failures in a row that may be a hiccup; the next one is told
LONGEST_WAIT = timedelta(minutes=1)
MOST_WORDS = 20  # messages that are read in one round
CLOSED = frozenset({"is_archived", "channel_not_found", "not_in_channel"})

log = logging.getLogger(__name__)


class Rooms:
    """One loop calls `furnish_due`."""

    def __init__(self, kernel: Kernel, maker: RoomMaker):
        self._kernel = kernel
        self._maker = maker
        self._read_after: datetime | None = None  # Slack gave no words just now

    def furnish_due(self) -> int:
        """One room brought as far as it can be; 0 where nothing is left to do."""
        with self._kernel.look() as work:
            room = work.tx.rooms.due(work.at)
            incident = work.tx.incidents.get(room.incident) if room else None
        if room is None or incident is None:
            return self._read_words()
        try:
            self._furnish(room, incident)
        except SlackUnavailable as away:
            self._failed(room, incident, str(away))
        return 1

    # Opening

    def _furnish(self, room: Room, incident: Incident) -> None:
        if room.channel is None:
            self._open(room, incident)
            return
        self._let_in(room)
        topic = topic_of(incident)
        if topic != room.topic:
            self._maker.describe(room.channel, topic, incident.title)
        with self._kernel.look() as work:
            facts = work.tx.outbox.get(effects.incident_facts(incident.id).key)
        pinned = facts.ts if facts else None
        if pinned and pinned != room.pinned:
            self._maker.pin(room.channel, pinned)
        with self._kernel.work() as work:
            work.tx.rooms.settled(room, topic=topic, pinned=pinned)

    def _open(self, room: Room, incident: Incident) -> None:
        found = self._ours(room.name) if room.asked else None
        if found is None:
            with self._kernel.work() as work:
                work.tx.rooms.asking(room, room.name)
            try:
                found = self._maker.create(room.name)
            except SlackUnavailable as declined:
                if not str(declined).startswith("invalid_name"):
                    raise
                self._rename(room, plain_name(incident))
                return
        with self._kernel.work() as work:
            if found:
                _stands(work, room, incident, found)
            else:
                work.tx.rooms.not_named(room, _following(room.name, incident))

    def _rename(self, room: Room, name: str) -> None:
        with self._kernel.work() as work:
            work.tx.rooms.not_named(room, name)

    def _ours(self, name: str) -> SeenChannel | None:
        """The channel that an answer nobody heard has made; no other incident's."""
        found = self._maker.find(name)
        with self._kernel.look() as work:
            is_free = found is not None and work.tx.rooms.holder(found.id) is None
        return found if is_free else None

    # Filling

    def _let_in(self, room: Room) -> None:
        assert room.channel is not None  # only a room that stands is filled
        with self._kernel.look() as work:
            guests = work.tx.rooms.guests(room.incident)
        wanted = [one.member for one in guests if not one.is_in and not one.fault]
        if not wanted:
            return
        refused = self._maker.let_in(room.channel, wanted)
        with self._kernel.work() as work:
            for member in wanted:
                if member not in refused and not work.tx.people.is_in(room.channel, member):
                    work.tx.people.joined(room.channel, [member])
                    came(work, room.channel, member)
            work.tx.rooms.let_in(
                room.incident,
                [Guest(one, one not in refused, refused.get(one)) for one in wanted],
            )
            if refused:
                _tell_who_is_missing(work, room, refused)

    def _read_words(self) -> int:
        """The words of messages that were picked by a reaction, which carries none."""
        with self._kernel.look() as work:
            if self._read_after and work.at < self._read_after:
                return 0
            unread = work.tx.incidents.unread(limit=MOST_WORDS)
            channels = {one.incident: work.tx.incidents.get(one.incident).channel for one in unread}
        for entry in unread:
            try:
                words = self._words_at(channels[entry.incident], entry)
            except SlackUnavailable as away:
                log.warning("a picked message could not be read", extra={"why": str(away)})
                self._read_after = self._kernel.now() + LONGEST_WAIT
                return 0
            with self._kernel.work() as work:
                read = wording.message(work, self._kernel.sign, words or "")
                work.tx.incidents.read(entry, read)
        return len(unread)

    def _words_at(self, channel: ChannelId | None, entry: Entry) -> str | None:
        return self._maker.words_at(channel, entry.message) if channel and entry.message else None

    # Failing

    def _failed(self, room: Room, incident: Incident, why: str) -> None:
        """Tried again and again while it does not stand; people hear of it once."""
        log.warning("room not furnished", extra={"incident": incident.id, "why": why})
        with self._kernel.work() as work:
            if room.channel and why in CLOSED:
                work.tx.rooms.given_up(room, why)
                tell_fault(work, incident, why)
                return
            wait = min(timedelta(seconds=2**room.tries), LONGEST_WAIT)
            work.tx.rooms.failed(room, why, due=work.at + wait)
            if room.tries == LOUD_AFTER:
                tell_fault(work, incident, why)


def topic_of(incident: Incident) -> str:
    """What stands at the top of the channel; Slack shows no mention there, only its letters."""
    state = "open" if incident.is_open else "stood down"
    return f"{incident.severity} · {state} · {incident.title}"


def _stands(work: Work, room: Room, incident: Incident, found: SeenChannel) -> None:
    """From here on there is a place to speak in."""
    work.tx.rooms.opened(room, found.id, found.name)
    incident = incident.in_room(found.id, found.name)
    work.tx.incidents.save(incident)
    place = effects.incident_place(incident.id)
    work.tx.people.put_channel(KnownChannel(place, found.name, found.id, is_private=True))
    work.tx.outbox.revive(place, at=work.at)
    work.tx.incidents.record(Entry(incident.id, work.at, Happened.ROOM, CLOCK, found.name))
    refresh(work, incident)
    for role in IncidentRole:
        holder = incident.who(role)
        if holder:
            tell_role(work, incident, role, holder)
    redraw_cards(work, incident.id)


def _following(name: str, incident: Incident) -> str:
    """After `inc-…-ash` comes `inc-…-ash-2`."""
    wish = room_name(incident.title, incident.declared_at)
    taken = name.removeprefix(wish).removeprefix("-")
    return next_name(wish, int(taken) if taken.isdigit() else 1)


def _tell_who_is_missing(work: Work, room: Room, refused: Mapping[MemberId, str]) -> None:
    incident = work.tx.incidents.get(room.incident)
    work.tell(effects.incident_word(f"left-out:{room.wanted}", incident.id, "left_out"))
    refresh(work, incident)
    log.warning("some could not be invited", extra={"why": sorted(set(refused.values()))})
