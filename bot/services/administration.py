"""What admins change: departments, people, the switch; every change has an author and an undo."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.accounts import Accounts
from bot.domain.blank import is_blank
from bot.domain.boards import MembersBoard, OutgoingBoard, Removal, Step
from bot.domain.department import Department, Role
from bot.domain.errors import ChangedSince, NoSuchChange, NothingToChange
from bot.domain.ids import DepartmentKey, MemberId
from bot.domain.reply import Outgoing
from bot.services import brake, channels, epochs, removals
from bot.services.channels import CHANNELS
from bot.services.kernel import Kernel, Work
from bot.services.setup_steps import steps
from bot.services.staff import people_in
from bot.services.standing import Standing
from bot.services.taking_effect import take_effect
from bot.store.setup import Change

STRICTNESS = (Outgoing.ON, Outgoing.HOLD, Outgoing.OFF)
LED = ("named", "outgoing")  # areas in which leads may change something too


class Administration:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    # Departments and their people

    def departments(self, *, by: MemberId) -> tuple[Department, ...]:
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return tuple(work.setup.departments.values())

    def add_department(self, key: str, channel: str, name: str, *, by: MemberId) -> int:
        """Raises Broken with every fault; its channel is found or made by the next sweep."""
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            document = work.tx.setup.get("departments") or {}
            table = {"key": key, "name": name, "channel": f"#{channel.removeprefix('#')}"}
            tables = [*document.get("department", []), table]
            change = {**document, "department": tables}
            return self._put(work, "departments", change, by, f"added department {key}")

    def removal(self, key: DepartmentKey, *, by: MemberId) -> Removal:
        """What points at it, for whoever is about to remove it."""
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            return removals.removal(work, key)

    def remove_department(self, key: DepartmentKey, *, by: MemberId) -> int:
        """Its open cases go to triage, its rules wait; an undo brings all of it back."""
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            change = removals.without(work, key)
            return self._put(work, "departments", change, by, f"removed department {key}")

    def members(
        self, department: DepartmentKey | None, *, by: MemberId
    ) -> tuple[MembersBoard, ...]:
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            keys = [department] if department else list(work.setup.departments)
            return tuple(_members(work, work.setup.department(key)) for key in keys)

    def name_member(
        self, member: MemberId, department: DepartmentKey, role: Role, *, by: MemberId
    ) -> int:
        """A named member publishes also in a public channel, and as a guest."""
        with self._kernel.work() as work:
            rights = work.standing(by)
            found = work.setup.department(department)
            rights.must_lead(found, work.lead_of(found))
            named = _named(work)
            if named.get(department, {}).get(member) == role:
                raise NothingToChange(f"<@{member}> is {role} of {found.name} already")
            named[department] = {**named.get(department, {}), member: role}
            what = f"named {member} {role} of {department}"
            return self._put(work, "named", named, by, what)

    def remove_member(self, member: MemberId, department: DepartmentKey, *, by: MemberId) -> int:
        with self._kernel.work() as work:
            found = work.setup.department(department)
            work.standing(by).must_lead(found, work.lead_of(found))
            named = _named(work)
            if member not in named.get(department, {}):
                raise NothingToChange(f"<@{member}> is not named for {found.name}")
            named[department] = {m: r for m, r in named[department].items() if m != member}
            return self._put(work, "named", named, by, f"unnamed {member} of {department}")

    def admins(self, *, by: MemberId) -> tuple[MemberId, ...]:
        with self._kernel.look() as work:
            rights = work.standing(by)
            rights.must_belong_somewhere(work.setup)
            return rights.admins

    def add_admin(self, member: MemberId, *, by: MemberId) -> int:
        """From now on the workspace's own admins count no longer, so who adds stays one."""
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            if member in work.setup.admins:
                raise NothingToChange(f"<@{member}> is an admin of the desk already")
            admins = sorted({*work.setup.admins, member, by})
            return self._put(work, "admins", admins, by, f"made {member} an admin")

    def remove_admin(self, member: MemberId, *, by: MemberId) -> int:
        """Whom `DESK_ADMINS` names stays one: that is the operator's to change."""
        with self._kernel.work() as work:
            rights = work.standing(by)
            rights.must_be_admin()
            if member not in work.setup.admins:
                raise NothingToChange(
                    f"<@{member}> {_why_no_admin_to_remove(work, member, rights)}"
                )
            admins = sorted(work.setup.admins - {member})
            return self._put(work, "admins", admins, by, f"took {member} off the admins")

    # The switch for public replies

    def outgoing(self, *, by: MemberId) -> OutgoingBoard:
        with self._kernel.look() as work:
            rights = work.standing(by)
            rights.must_know_the_desk(work.setup)
            setup, may_release = work.setup, _may_release(work, rights)
            return OutgoingBoard(setup.outgoing, setup.outgoing_note, may_release)

    def set_outgoing(self, wanted: Outgoing, *, by: MemberId, why: str = "") -> int:
        """Anybody of a department or of rapid response may brake; leads and admins release.

        Everybody is told, and nothing that was held is sent by it. The same again adds a reason.
        """
        with self._kernel.work() as work:
            rights = work.standing(by)
            rights.must_know_the_desk(work.setup)
            if wanted is work.setup.outgoing:
                return _explained(work, why, by)
            _may_switch(work, wanted, rights)
            what = f"public replies {wanted.in_words}{f': {why}' if why else ''}"
            number = work.change("outgoing", wanted.value, by, what)
            take_effect(self._kernel, work, by, why)
            return number

    def explain_outgoing(self, why: str, *, by: MemberId) -> OutgoingBoard:
        """Why the brake is on, said after it was pressed."""
        with self._kernel.work() as work:
            work.standing(by).must_know_the_desk(work.setup)
            _explained(work, why, by)
        return self.outgoing(by=by)

    # What was changed, and taking it back

    def changes(self, *, by: MemberId, before: int | None = None) -> list[Change]:
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            return work.tx.setup.changes(before=before)

    def older_changes(self, than: int) -> int:
        """How many there were before that one."""
        with self._kernel.look() as work:
            return work.tx.setup.count_before(than)

    def undo(self, number: int, *, by: MemberId) -> str:
        """Puts back what was before, while nothing newer of that kind stands on it."""
        with self._kernel.work() as work:
            change = work.tx.setup.get_change(number)
            if change is None:
                raise NoSuchChange(number)
            before = change.before if change.before is not None else _empty(change.area)
            _may_undo(work, change, before, by)
            if change.undone_by:
                raise NothingToChange(f"<@{change.undone_by}> has undone it already")
            _nothing_newer(work, change)
            self._put(work, change.area, before, by, f"undid {number}: {change.what}")
            if change.area == CHANNELS:
                channels.taken_back(work, change.after)
            work.tx.setup.mark_undone(number, by=by, at=work.at)
            return change.what

    def removed_by_undo(self, number: int, *, by: MemberId) -> list[Removal]:
        """The departments that would go with that undo, where something points at them."""
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return removals.by_undo(work, number)

    def setup_steps(self, *, by: MemberId) -> tuple[Step, ...]:
        """What is still missing before the desk serves everybody."""
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            return tuple(steps(work))

    def networks(self, *, by: MemberId) -> tuple[tuple[str, str], ...]:
        """Where posts came from lately, with how many."""
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return tuple((name, str(count)) for name, count in work.tx.posts.sources())

    def accounts(self, *, by: MemberId) -> Accounts:
        """Which accounts are ours, and by which doors posts come in."""
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return work.accounts

    def _put(self, work: Work, area: str, document: object, by: MemberId, what: str) -> int:
        """In force at once with all that follows from it; raises Broken and keeps nothing."""
        number = work.change(area, document, by, what)
        take_effect(self._kernel, work, by)
        return number


def _explained(work: Work, why: str, by: MemberId) -> int:
    """From whoever pressed the brake, or from anybody where nobody has said why."""
    note, switch = work.setup.outgoing_note, work.setup.outgoing
    if is_blank(why) or note is None or switch is Outgoing.ON:
        raise NothingToChange(f"public replies are {switch.in_words} already")
    if note.why and note.by != by:
        raise NothingToChange(f"{note.name} has said why already: {note.why}")
    brake.explained(work, why)
    moved = (one.id for one in work.tx.setup.changes(limit=200) if one.area == "outgoing")
    return next(moved, 0)


def _may_release(work: Work, rights: Standing) -> bool:
    """After a restore or a move only an admin: somebody has to look at what is in doubt."""
    return rights.is_admin if epochs.is_waiting(work) else rights.leads_something


def _why_no_admin_to_remove(work: Work, member: MemberId, rights: Standing) -> str:
    if member not in rights.admins:
        return "is no admin of the desk"
    by_setting = "is an admin by the setting DESK_ADMINS, which your operator changes"
    return by_setting if work.admin_emails else "is an admin of the workspace, and nobody was added"


def _may_switch(work: Work, wanted: Outgoing, rights: Standing) -> None:
    """Anybody to what is stricter; the way back only who may release."""
    releases = STRICTNESS.index(wanted) < STRICTNESS.index(work.setup.outgoing)
    if releases and not _may_release(work, rights):
        rights.must_be_admin()


def _may_undo(work: Work, change: Change, before: Any, by: MemberId) -> None:
    """An admin; also a lead who made it, where they might make this very change now."""
    rights = work.standing(by)
    if rights.is_admin:
        return
    if change.by != by or change.area not in LED or not rights.leads_something:
        rights.must_be_admin()
    if change.area == "outgoing":
        _may_switch(work, Outgoing(before or Outgoing.ON), rights)
    elif not set(_renamed(before, change.after)) <= set(rights.leads):
        rights.must_be_admin()


def _renamed(before: Mapping[str, Any], after: Any) -> Iterator[DepartmentKey]:
    """The departments of which somebody was named or unnamed."""
    for key in {*before, *(after or {})}:
        if before.get(key, {}) != (after or {}).get(key, {}):
            yield DepartmentKey(key)


def _named(work: Work) -> dict[DepartmentKey, dict[MemberId, Role]]:
    return {key: dict(people) for key, people in work.setup.named.items()}


def _empty(area: str) -> Any:
    """What an area is before it was ever changed."""
    return {"admins": [], "outgoing": None}.get(area, {})


def _nothing_newer(work: Work, change: Change) -> None:
    if work.tx.setup.get(change.area) != change.after:
        newer = [
            other.id
            for other in work.tx.setup.changes(limit=200)
            if other.area == change.area and other.id > change.id and not other.undone_by
        ]
        raise ChangedSince(change.id, tuple(newer))


def _members(work: Work, department: Department) -> MembersBoard:
    known = work.tx.people.channel_at(f"department:{department.key}")
    named = work.setup.named_in(department.key)
    everybody = dict.fromkeys([*people_in(work, department.key), *named])
    publishing = {m for m in everybody if department.key in work.standing(m).publishes_in}
    acting = {m for m in everybody if department.key in work.standing(m).works_in}
    return MembersBoard(
        department,
        known.is_private if known else None,
        tuple((member, named.get(member)) for member in everybody),
        frozenset(publishing),
        frozenset(acting),
    )
