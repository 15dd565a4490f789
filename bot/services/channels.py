"""Which channel a place has: the one it is known by, else one of its name where that is safe.

A name can be given to any channel by anybody. So a known id wins; by name alone the desk enters a
private channel that somebody invited it to, and asks its admins before it uses any other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.effects import Effect, Kind, Lane, is_room
from bot.domain.errors import NothingToChange
from bot.domain.ids import ChannelId, DepartmentKey, MemberId
from bot.domain.ports import SeenChannel
from bot.services.kernel import Work
from bot.store.people import KnownChannel

CHANNELS = "channels"  # of the set-up: which channel an admin let which place use

Look = Callable[[str], SeenChannel | None]


class Doubt(StrEnum):
    """Why an admin is asked first."""

    PUBLIC = "public"
    SHARED = "shared"
    OTHER = "other"


WAITS = {
    Doubt.PUBLIC: "a public channel has its name, which an admin has to let the desk use",
    Doubt.SHARED: "it is shared with another company, which an admin has to confirm",
    Doubt.OTHER: "another channel has its name now, which an admin has to let the desk use",
}


@dataclass(frozen=True)
class Found:
    """`is_known` by its id; `is_first`: the place had no other before."""

    seen: SeenChannel
    is_known: bool = False
    is_first: bool = False


def find(known: KnownChannel | None, name: str, *, by_id: Look, by_name: Look) -> Found | None:
    """None where the desk sees neither."""
    id = known_as(known) if known and known.wished in (None, name) else None
    if id and (seen := by_id(id)):
        return Found(seen, is_known=True)
    named = by_name(name)
    return Found(named, is_first=id is None) if named else None


def known_as(known: KnownChannel | None) -> ChannelId | None:
    """Also while the desk is not in it."""
    return (known.channel or known.was) if known else None


def concerns(known: KnownChannel | None, channel: ChannelId) -> bool:
    return known is not None and channel in (known.channel, known.was, known.offer)


def department_at(work: Work, typed: str) -> DepartmentKey | None:
    """By its key, or its channel's name or id."""
    if typed in work.setup.departments:
        return DepartmentKey(typed)
    for known in work.tx.people.channels():
        kind, _, key = known.place.partition(":")
        is_meant = typed in (known.name, known.channel)
        if is_meant and (kind != "department" or key in work.setup.departments):
            return DepartmentKey(key) if kind == "department" else None
    return None


def doubt_of(work: Work, place: str, found: Found) -> Doubt | None:
    """Why it is not used without an admin's word."""
    seen, let = found.seen, _let(work).get(place, {})
    is_let = let.get("channel") == seen.id
    if seen.is_shared and not (is_let and let.get("shared")):
        return Doubt.SHARED
    if is_let or found.is_known or (seen.is_private and (found.is_first or seen.is_ours)):
        return None
    return Doubt.PUBLIC if found.is_first else Doubt.OTHER


def let_use(work: Work, place: str, channel: ChannelId, by: MemberId) -> None:
    """An admin has read what it means, and says that this place may use that channel."""
    work.standing(by).must_be_admin()
    known = work.tx.people.channel_at(place)
    if known is None or known.offer != channel:
        raise NothingToChange("the desk does not wait for that channel any more")
    let = {"channel": channel, "shared": known.doubt == Doubt.SHARED}
    what = f"let {place.removeprefix('department:')} use the channel #{known.name}"
    work.change(CHANNELS, {**_let(work), place: let}, by, what)
    for told in _asked(work, known):
        work.tell(replace(told, args={**told.args, "by": by}))


def choose(work: Work, place: str, channel: ChannelId, by: MemberId) -> None:
    """An admin has chosen the channel itself, not only typed a name: a public one is meant."""
    work.standing(by).must_be_admin()
    let = {**_let(work), place: {"channel": channel, "shared": False}}
    work.change(CHANNELS, let, by, f"chose the channel of {place.removeprefix('department:')}")


def taken_back(work: Work, lets: Mapping[str, Mapping[str, object]]) -> None:
    """What nobody lets a place use any more is not used, and asked about once more."""
    now = _let(work)
    for known in work.tx.people.channels():
        is_let = known.place in lets and lets[known.place].get("channel") == known.channel
        if known.channel and is_let and now.get(known.place) != lets[known.place]:
            doubt = Doubt.SHARED if known.is_shared else Doubt.PUBLIC
            waits = replace(
                known, channel=None, was=None, fault=WAITS[doubt], offer=known.channel, doubt=doubt
            )
            work.tx.people.put_channel(waits)
            work.tell(*_asked(work, waits))
            ask_admins(work, waits)


def ask_admins(work: Work, known: KnownChannel) -> None:
    """Each once, also who becomes one later."""
    for admin in work.standing(MemberId("")).admins:
        question = _question(known, admin)
        if work.tx.outbox.get(question.key) is None:
            work.tell(question)


def no_longer_asked(work: Work, before: KnownChannel) -> None:
    """What was offered is gone, or called otherwise."""
    if (before.offer or "") != _let(work).get(before.place, {}).get("channel"):
        for told in _asked(work, before):
            work.tell(replace(told, args={**told.args, "gone": True}))


def forget_all(work: Work) -> None:
    """The desk is in another workspace now: what it knew is there no longer."""
    for known in work.tx.people.channels():
        if not is_room(known.place):
            fault = "the desk came into another workspace"
            work.tx.people.put_channel(
                KnownChannel(known.place, known.name, None, True, False, fault)
            )
    work.tx.setup.put(CHANNELS, {})


def forget(work: Work, channel: ChannelId) -> None:
    """Deleted for good: its name may be another channel's."""
    for known in work.tx.people.channels():
        if known.was == channel:
            work.tx.people.put_channel(replace(known, was=None))


def _asked(work: Work, known: KnownChannel) -> list[Effect]:
    questions = (_question(known, admin) for admin in work.standing(MemberId("")).admins)
    return [one for one in questions if work.tx.outbox.get(one.key)]


def _question(known: KnownChannel, admin: MemberId) -> Effect:
    """Drawn anew when it was decided."""
    kind, _, key = known.place.partition(":")
    words = {
        "say": "channel_wanted", "place": known.place, "channel": known.offer, "name": known.name,
        "doubt": known.doubt, **({"department": key} if kind == "department" else {}),
    }  # fmt: skip
    key = f"note:channel:{known.place}:{known.offer}:{known.doubt}:{admin}"
    return Effect(key, Kind.NOTE, f"person:{admin}", Lane.NOTE, args=words)


def _let(work: Work) -> dict[str, dict[str, object]]:
    return dict(work.tx.setup.get(CHANNELS) or {})
