"""The desk's record of channels and members, written as Slack has them now."""

from collections.abc import Sequence

from bot.domain.department import Person
from bot.domain.ids import RAPID_RESPONSE, ChannelId, MemberId
from bot.domain.ports import SeenChannel
from bot.services import channels, incident_people
from bot.services.channels import Found
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


def keep_channel(work: Work, place: str, name: str, found: Found | None) -> None:
    """As it is now; where an admin has to say whether it may be used, they are asked."""
    before = work.tx.people.channel_at(place)
    known = _known(work, place, name, found)
    incident_people.room_changed(work, place, known.fault)
    work.tx.people.put_channel(known)
    if before and before.offer and not known.offer:
        channels.no_longer_asked(work, before)
    if known.offer:
        channels.ask_admins(work, known)
    if known.fault is None:
        open_place(work, known)


def _known(work: Work, place: str, name: str, found: Found | None) -> KnownChannel:
    before = work.tx.people.channel_at(place)
    was = channels.known_as(before) if before and before.wished in (None, name) else None
    if found is None:
        return KnownChannel(place, name, None, True, fault=fault_of(None), wished=name, was=was)
    seen, doubt = found.seen, channels.doubt_of(work, place, found)
    is_taken = found.is_known or not doubt
    return KnownChannel(
        place, seen.name, seen.id if is_taken else None, seen.is_private, seen.is_archived,
        fault=channels.WAITS[doubt] if doubt else fault_of(seen), wished=name,
        was=seen.id if is_taken else was, is_shared=seen.is_shared,
        offer=seen.id if doubt else None, doubt=doubt,
    )  # fmt: skip


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
