"""Who is where: the desk's own record of channels and members, kept current by events and sweeps.

Slack is asked outside of transactions; what it said is then kept in one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.department import Person
from bot.domain.effects import is_room
from bot.domain.errors import LeavesCompany, NoSuchChannel, NoSuchPerson, SlackUnavailable
from bot.domain.ids import RAPID_RESPONSE, ChannelId, DepartmentKey, MemberId
from bot.domain.ports import Directory, Identity, SeenChannel
from bot.services import channels, incident_people
from bot.services.channels import Found
from bot.services.hand_offs import give_up_cases
from bot.services.kernel import Kernel
from bot.services.record import fault_of, keep_channel, keep_members, keep_people, places_of
from bot.services.wording import Wording
from bot.store.people import KnownChannel

_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{8,}")
PAGE = 100  # people in one transaction


class Roster:
    def __init__(self, kernel: Kernel, directory: Directory):
        self._kernel = kernel
        self._directory = directory
        self.wording = Wording(kernel)

    def sweep(self) -> Identity:
        """Channels found or made, members and people read; raises SlackUnavailable."""
        identity = self._directory.identity()
        people = self._directory.people()
        with self._kernel.work() as work:
            workspace = {"url": identity.url, "bot": identity.bot_user, "team": identity.team}
            before = work.tx.setup.get("workspace")
            if before and before.get("team") != identity.team:
                channels.forget_all(work)
            if before != workspace:
                work.tx.setup.put("workspace", workspace)
        self._keep_people(people)
        self._ask_for_named()
        places, rooms = self._places(), self._rooms()  # what is made later is not in Slack's answer
        listed = self._directory.channels()
        faults = [
            *(self._swept(listed, place, name, make=True) for place, name in places),
            *(self._swept(listed, place, name, make=False) for place, name in rooms),
        ]
        for fault in filter(None, faults):
            raise fault  # the others were read all the same
        return identity

    def _keep_people(self, people: Sequence[Person]) -> None:
        """Those that are others than the desk knows them, some at a time."""
        with self._kernel.look() as work:
            known = work.tx.people.all()
        as_kept = [replace(one, email=one.email.casefold()) for one in people]
        others = [one for one in as_kept if known.get(one.id) != one]
        for start in range(0, len(others), PAGE):
            with self._kernel.work() as work:
                keep_people(work, others[start : start + PAGE])

    def _swept(
        self, listed: Sequence[SeenChannel], place: str, name: str, *, make: bool
    ) -> SlackUnavailable | None:
        """Why one channel could not be read, which is no reason to leave the others unread."""
        found = channels.find(
            self._known(place), name,
            by_id=lambda id: next((one for one in listed if one.id == id), None),
            by_name=lambda name: next((one for one in listed if make and one.name == name), None),
        )  # fmt: skip
        try:
            self._keep(place, name, found or (self._create(place, name) if make else None))
        except SlackUnavailable as fault:
            return fault
        return None

    def is_the_bot(self, member: MemberId) -> bool:
        return member == self._ourselves()

    def joined(self, channel: ChannelId, member: MemberId) -> None:
        with self._kernel.look() as work:
            known = work.tx.people.get(member)
        person = known or self._directory.person(member)
        with self._kernel.work() as work:
            if work.tx.people.place_of(channel):
                is_new = not work.tx.people.is_in(channel, member)
                work.tx.people.put([person] if person else [])
                work.tx.people.joined(channel, [member])
                if is_new:
                    incident_people.came(work, channel, member)

    def left(self, channel: ChannelId, member: MemberId) -> None:
        """Who leaves gives their cases back to the queue."""
        with self._kernel.work() as work:
            work.tx.people.left(channel, [member])
            give_up_cases(work, member)
            incident_people.went(work, channel, member)

    def person_changed(self, member: MemberId) -> None:
        """Renamed, made a guest, or gone: then their cases go back."""
        person = self._directory.person(member)
        with self._kernel.work() as work:
            known = work.tx.people.get(member)
            if person is None and known:
                person = replace(known, is_gone=True)
            keep_people(work, [person] if person else [])

    def channel_changed(self, channel: ChannelId, name: str = "") -> None:
        """Archived, renamed, shared, closed to the bot: of one of ours, Slack says what it is."""
        if self._is_ours(channel, name):
            self.entered(channel)

    def entered(self, channel: ChannelId) -> None:
        """The bot may be in it since now; whose it is shows by its id, else by its name."""
        places = [*self._places(), *self._rooms()]  # before Slack is asked, as in the sweep
        seen = self._directory.channel(channel)
        for place, called in places:
            self._look_at(place, called, channel, seen)
        with self._kernel.work() as work:
            if seen and not seen.is_shared and not fault_of(seen):
                work.tx.outbox.revive(f"channel:{channel}", at=work.at)

    def _look_at(self, place: str, name: str, channel: ChannelId, seen: SeenChannel | None) -> None:
        """What is known of the place already is asked for, before another takes its name."""
        known = self._known(place)
        is_named = seen is not None and seen.name == name and not is_room(place)
        if not is_named and not channels.concerns(known, channel):
            return
        found = channels.find(
            known, name,
            by_id=lambda id: seen if id == channel else self._directory.channel(ChannelId(id)),
            by_name=lambda _: seen if is_named else None,
        )  # fmt: skip
        is_free = found is None and known is not None and known.offer == channel
        self._keep(place, name, self._create(place, name) if is_free else found)

    def deleted(self, channel: ChannelId) -> None:
        """For good: whatever has its name from now on is another channel."""
        with self._kernel.work() as work:
            for known in work.tx.people.channels():
                if channel in (known.channel, known.was, known.offer):
                    keep_channel(work, known.place, known.wished or known.name, None)
            channels.forget(work, channel)

    def let_use(
        self, place: str, channel: ChannelId, *, by: MemberId, chosen: bool = False
    ) -> None:
        """An admin's word on the channel that the desk asked about, or that they chose."""
        with self._kernel.work() as work:
            (channels.choose if chosen else channels.let_use)(work, place, channel, by)

    def _is_ours(self, channel: ChannelId, name: str) -> bool:
        """It is one of our places, may be from now on, or something waits to be said in it."""
        with self._kernel.look() as work:
            ours = any(channels.concerns(one, channel) for one in work.tx.people.channels())
            waits = work.tx.outbox.is_parked(f"channel:{channel}")
        return ours or waits or name in {called for _, called in self._places()}

    def find_person(self, text: str) -> MemberId:
        """`@ann`, a name, an address or an id; raises NoSuchPerson also where two have the name."""
        typed = text.strip().removeprefix("@")
        with self._kernel.look() as work:
            person = work.find_person(typed)
            named = [person] if person else work.tx.people.by_name(typed)
        if not named and _PERSON.fullmatch(typed):
            named = self._ask(MemberId(typed))
        exactly = [one for one in named if one.name.casefold() == typed.casefold()]
        if 1 not in (len(named), len(exactly)):
            raise NoSuchPerson(text, tuple(one.id for one in exactly or named))
        return (named if len(named) == 1 else exactly)[0].id

    def find_channel(self, text: str) -> ChannelId:
        """`#care-sales` or an id, of the desk's own or any of the company's that the bot sees."""
        typed = text.strip().removeprefix("#")
        with self._kernel.look() as work:
            for known in work.tx.people.channels():
                if known.channel and typed in (known.name, known.channel):
                    return known.channel
        if _CHANNEL.fullmatch(typed):
            seen = self._directory.channel(ChannelId(typed))
        else:
            seen = next((one for one in self._directory.channels() if one.name == typed), None)
        if seen is None:
            raise NoSuchChannel(text)
        if seen.is_shared:
            raise LeavesCompany(channel=seen.name)
        return seen.id

    def department_of_channel(self, text: str) -> DepartmentKey | None:
        """Whose channel that is, by name, id or the department's own key."""
        with self._kernel.look() as work:
            return channels.department_at(work, text.strip().removeprefix("#"))

    def is_rapid_response(self, text: str) -> bool:
        """Whether that names its channel, as typed or as Slack escapes it."""
        known = self._known(RAPID_RESPONSE)
        names = {RAPID_RESPONSE, known and known.name, known and known.channel}
        return text.strip().removeprefix("#") in names

    def is_known(self) -> bool:
        """Whether every place of the desk was looked for, now or in an earlier life."""
        known, places = self._known_places()
        return all(place in known for place, _ in places)

    def missing(self) -> list[str]:
        """The channels that there are not, each with why."""
        known, places = self._known_places()
        return [
            f"#{name}: {known[place].fault if place in known else 'not looked for yet'}"
            for place, name in places
            if place not in known or known[place].channel is None
        ]

    def _known_places(self) -> tuple[dict[str, KnownChannel], list[tuple[str, str]]]:
        with self._kernel.look() as work:
            return {one.place: one for one in work.tx.people.channels()}, places_of(work)

    def _ask(self, member: MemberId) -> list[Person]:
        person = self._directory.person(member)
        with self._kernel.work() as work:
            work.tx.people.put([person] if person else [])
        return [person] if person and not person.is_gone else []

    def _places(self) -> list[tuple[str, str]]:
        with self._kernel.look() as work:
            return places_of(work)

    def _rooms(self) -> list[tuple[str, str]]:
        with self._kernel.look() as work:
            return incident_people.rooms(work)

    def _known(self, place: str) -> KnownChannel | None:
        with self._kernel.look() as work:
            return work.tx.people.channel_at(place)

    def _keep(self, place: str, name: str, found: Found | None) -> None:
        """The channel and its members, as Slack has them now; one in doubt is not entered."""
        with self._kernel.look() as work:
            is_clear = found is not None and channels.doubt_of(work, place, found) is None
        if found and is_clear and not found.seen.is_member and not found.seen.is_archived:
            found = replace(found, seen=self._directory.join(found.seen))
        members = self._members(found.seen) if found and (is_clear or found.is_known) else None
        strangers = self._unknown_among(members or [])
        with self._kernel.work() as work:
            work.tx.people.put(strangers)
            keep_channel(work, place, name, found)
            if found and members is not None:
                keep_members(work, found.seen.id, members)

    def _create(self, place: str, name: str) -> Found | None:
        """A private one, with the lead and the desk's admins in it."""
        try:
            channel = self._directory.create_channel(name)
        except SlackUnavailable:
            return None  # `missing` names it; the next sweep tries again
        if channel.is_ours:
            self._directory.invite(channel.id, self._first_members(place))
        return Found(channel, is_first=channels.known_as(self._known(place)) is None)

    def _first_members(self, place: str) -> list[MemberId]:
        with self._kernel.look() as work:
            admins = work.standing(MemberId("")).admins
            department = work.setup.departments.get(DepartmentKey(place.partition(":")[2]))
            lead = work.lead_of(department) if department else None
        return list(dict.fromkeys([*([lead] if lead else []), *admins]))

    def _members(self, channel: SeenChannel) -> list[MemberId] | None:
        if channel.is_archived or not channel.is_member:
            return None
        ourselves = self._ourselves()
        return [one for one in self._directory.members(channel.id) if one != ourselves]

    def _unknown_among(self, members: list[MemberId]) -> list[Person]:
        """Whom the list of people does not tell of: who they are decides what they may do."""
        with self._kernel.look() as work:
            unknown = [one for one in members if work.tx.people.get(one) is None]
        return [person for one in unknown if (person := self._directory.person(one))]

    def _ask_for_named(self) -> None:
        """Admins, leads and people on call whom only their address tells."""
        with self._kernel.look() as work:
            leads = [one.lead for one in work.setup.departments.values()]
            shifts = [shift.person for shift in work.setup.rota.shifts]
            written = dict.fromkeys([*self._kernel.admin_emails, *leads, *shifts])
            unknown = [one for one in written if one and "@" in one and not work.find_person(one)]
        found = [self._directory.person_by_email(address) for address in unknown]
        with self._kernel.work() as work:
            work.tx.people.put([person for person in found if person])

    def _ourselves(self) -> MemberId | None:
        with self._kernel.look() as work:
            workspace = work.tx.setup.get("workspace") or {}
        return workspace.get("bot")
