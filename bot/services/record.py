"""The desk's record of channels and members, written as Slack has them now."""

from collections.abc import Sequence

from bot.domain.department import Person
from bot.domain.ids import RAPID_RESPONSE, ChannelId, MemberId
from bot.domain.ports import SeenChannel
from bot.services import incident_people
from bot.services.hand_offs import give_up_cases
from bot.services.kernel import Work
from bot.services.places import open_place
from bot.store.people import KnownChannel


def places_of(work: Work) -> list[tuple[str, str]]:
    """Every department's channel that has one, and rapid response."""
    departments = [
        (f"department:{key}", one.channel.removeprefix("#"))
        for key, one in work.setup.departments.items()
        if one.channel
    ]
    return [*departments, (RAPID_RESPONSE, RAPID_RESPONSE)]  # called alike


def keep_people(work: Work, people: Sequence[Person]) -> None:
    """Whoever is gone, or a guest from now on, gives back what they may no longer hold."""
    before = {person.id: work.tx.people.get(person.id) for person in people}
    work.tx.people.put(people)
    for person in people:
        known = before[person.id]
        if known and (known.is_gone, known.is_outside) != (person.is_gone, person.is_outside):
            give_up_cases(work, person.id)
        if person.is_gone and known and not known.is_gone:
            incident_people.gone(work, person.id)


def keep_channel(work: Work, place: str, name: str, seen: SeenChannel | None) -> None:
    fault = fault_of(seen)
    incident_people.room_changed(work, place, fault)
    if seen is None:
        work.tx.people.put_channel(KnownChannel(place, name, None, True, fault=fault))
        return
    known = KnownChannel(place, seen.name, seen.id, seen.is_private, seen.is_archived, fault)
    work.tx.people.put_channel(known)
    if fault is None:
        open_place(work, known)


def fault_of(seen: SeenChannel | None) -> str | None:
    if seen is None:
        return "there is no such channel, or the desk is not in it"
    if seen.is_archived:
        return "it is archived"
    return None if seen.is_member else "the desk is not in it: invite it there"


def keep_members(work: Work, channel: ChannelId, members: list[MemberId]) -> None:
    before = set(work.tx.people.members(channel))
    gone = before - set(members)
    work.tx.people.joined(channel, set(members) - before)
    for member in sorted(set(members) - before):
        incident_people.came(work, channel, member)
    work.tx.people.left(channel, gone)
    for member in sorted(gone):
        give_up_cases(work, member)
        incident_people.went(work, channel, member)
