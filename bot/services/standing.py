"""What one person may do now: read from the desk's own record at the moment of the act."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.department import Department, Person, Role
from bot.domain.errors import NotAdmin, NotLead, NotMember, NotNamed, NotResponder
from bot.domain.ids import RAPID_RESPONSE, ChannelId, DepartmentKey, MemberId
from bot.services.setup import Setup
from bot.store.people import KnownChannel, People


@dataclass(frozen=True)
class Standing:
    """One person's rights; each `must_…` refuses with the reason and the way in."""

    member: MemberId
    person: Person | None
    is_admin: bool
    is_responder: bool
    works_in: frozenset[DepartmentKey]
    publishes_in: frozenset[DepartmentKey]
    leads: frozenset[DepartmentKey]
    admins: tuple[MemberId, ...]

    def must_work_in(self, *departments: Department) -> None:
        """A member of one of these departments."""
        if not any(one.key in self.works_in for one in departments):
            first = departments[0]
            raise NotMember(first.name, first.channel, is_outside=self.is_outside)

    def must_publish_for(self, department: Department) -> None:
        self.must_work_in(department)
        if department.key not in self.publishes_in:
            raise NotNamed(department.name, is_outside=self.is_outside)

    def must_lead(self, department: Department, lead: MemberId | None) -> None:
        if not self.is_admin and department.key not in self.leads:
            raise NotLead(department.name, lead)

    def must_be_admin(self) -> None:
        if not self.is_admin:
            raise NotAdmin(self.admins)

    def must_be_responder(self) -> None:
        if not self.is_responder:
            raise NotResponder(is_outside=self.is_outside)

    def must_belong_somewhere(self, setup: Setup) -> None:
        if not self.works_in and not self.is_admin:
            some = next(iter(setup.departments.values()))
            raise NotMember(some.name, some.channel, is_outside=self.is_outside)

    def must_know_the_desk(self, setup: Setup) -> None:
        """Whoever works in a department or is called when something burns, and admins."""
        if not self.is_responder:
            self.must_belong_somewhere(setup)

    @property
    def is_outside(self) -> bool:
        return bool(self.person and self.person.is_outside)

    @property
    def is_gone(self) -> bool:
        return bool(self.person and self.person.is_gone)

    @property
    def is_welcome(self) -> bool:
        """Somebody the desk knows, who is not gone; from outside, only where they are named."""
        person = self.person
        return bool(person and not person.is_gone and (self.works_in or not person.is_outside))

    @property
    def leads_something(self) -> bool:
        return self.is_admin or bool(self.leads)


class Standings:
    """What was found out of everybody's rights, as long as set-up and roster stay as they are."""

    def __init__(self) -> None:
        self._known: tuple[int, dict[MemberId, Standing]] = (0, {})

    def of(self, revision: int, member: MemberId, find: Callable[[MemberId], Standing]) -> Standing:
        """`revision` must be one that was kept: what a transaction may still lose is not cached."""
        known = self._known
        if known[0] != revision:
            self._known = known = (revision, {})
        found = known[1].get(member)
        if found is None:
            found = known[1][member] = find(member)
        return found


def standing(
    people: People, setup: Setup, member: MemberId, admin_emails: tuple[str, ...]
) -> Standing:
    person = people.get(member)
    channels = {known.place: known for known in people.channels()}
    present = set(people.channels_of(member))
    named = {key: setup.named_in(key).get(member) for key in setup.departments}
    works = {
        key
        for key in setup.departments
        if _works(person, channels.get(f"department:{key}"), present, named[key])
    }
    admins = admins_of(people, setup, admin_emails)
    rapid = channels.get(RAPID_RESPONSE)
    gone = bool(person and person.is_gone)
    is_guest = bool(person and person.is_outside)
    counts = not gone and (any(named.values()) or not is_guest)  # guests, where they are named
    return Standing(
        member,
        person,
        is_admin=member in admins and not gone,
        is_responder=bool(rapid and rapid.channel in present and person) and counts,
        works_in=frozenset(works),
        publishes_in=frozenset(k for k in works if named[k] or _is_private(channels, k)),
        leads=frozenset(
            key
            for key, department in setup.departments.items()
            if not gone
            and (named[key] is Role.LEAD or (person and is_named_by(department.lead, person)))
        ),
        admins=tuple(sorted(admins)),
    )


def admins_of(people: People, setup: Setup, emails: tuple[str, ...]) -> frozenset[MemberId]:
    """The desk's admins; the workspace's own count only while nobody was chosen."""
    found = {person.id for email in emails if (person := people.by_email(email))}
    if emails or setup.admins:
        return setup.admins | found
    return frozenset(person.id for person in people.admins())


def is_named_by(written: str | None, person: Person) -> bool:
    """Whether a file's "dora@example.com" or "U…" means this person."""
    return written is not None and written.casefold() in (person.id.casefold(), person.email)


def _works(
    person: Person | None, known: KnownChannel | None, present: set[ChannelId], named: Role | None
) -> bool:
    """Who is gone works nowhere; a stranger, or who is from outside, where they are named."""
    if person and person.is_gone:
        return False
    if named:
        return True
    return bool(known and known.channel in present and person and not person.is_outside)


def _is_private(channels: dict[str, KnownChannel], key: DepartmentKey) -> bool:
    known = channels.get(f"department:{key}")
    return bool(known and known.is_private)
