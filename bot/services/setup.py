"""The set-up in force, as values: parsed once for each version of its documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property

from bot.domain.conditions import Facts
from bot.domain.department import Department, Role
from bot.domain.errors import NoQueue, NoSuchDepartment
from bot.domain.ids import TRIAGE, DepartmentKey, MemberId
from bot.domain.on_call import Rota
from bot.domain.ports import HolidayBook
from bot.domain.post import Priority
from bot.domain.reply import Outgoing, OutgoingNote
from bot.domain.routing import RuleBook
from bot.domain.setup import setup_in_force
from bot.domain.setup_tables import Document
from bot.domain.sla import Policy, Terms
from bot.store.posts import StoredPost
from bot.store.store import Transaction
from bot.store.times import moment

AREAS = ("departments", "routing", "sla", "on_call")
_BESIDE = ("outgoing", "outgoing_note", "named", "admins")
_REMOVED = " (removed)"
FORMER = "former"  # departments that were removed, as they were last


@dataclass(frozen=True)
class Setup:
    departments: Mapping[DepartmentKey, Department]
    book: RuleBook
    policy: Policy
    rota: Rota
    outgoing: Outgoing
    named: Mapping[DepartmentKey, Mapping[MemberId, Role]]  # beside who is in the channel
    admins: frozenset[MemberId]  # added by command
    outgoing_note: OutgoingNote | None = None  # None: nobody has moved the switch yet
    former: Mapping[DepartmentKey, Department] = field(default_factory=dict)  # removed ones
    faults: tuple[str, ...] = ()  # what in the documents cannot be read, and is left out

    def department(self, key: DepartmentKey) -> Department:
        found = self.departments.get(key)
        if found is None:
            raise NoSuchDepartment(key, tuple(self.queues))
        return found

    def shown(self, key: DepartmentKey) -> Department:
        """For reading only: whatever is written in a case, a clock or a message can be shown."""
        found = self.departments.get(key) or self.former.get(key)
        return found or Department(key, f"{key}{_REMOVED}", "", has_queue=False)

    def names_of(self, *keys: DepartmentKey) -> dict[DepartmentKey, str]:
        """As people read them; also of those that are gone."""
        return {key: self.shown(key).name for key in keys}

    def why_gone(self, key: DepartmentKey) -> str:
        """Why no case can be in that department; empty where one can."""
        if key in self.queues:
            return ""
        live = self.departments.get(key)
        return (
            f"{live.name} has no queue" if live else f"{_plain_name(self.shown(key))} was removed"
        )

    @property
    def fallback(self) -> DepartmentKey:
        """Where goes what has no other place: triage, as long as there is one."""
        keys = (TRIAGE, self.book.default, *self.queues)
        return next(key for key in keys if key in self.queues)

    def owner(self, key: DepartmentKey) -> Department:
        """Who looks after the cases of this department, also once it is gone."""
        found = self.departments.get(key)
        return found if found and found.has_queue else self.departments[self.fallback]

    def queue(self, key: DepartmentKey) -> Department:
        """A department that may own a case."""
        found = self.department(key)
        if not found.has_queue:
            raise NoQueue(key, tuple(self.queues))
        return found

    @property
    def queues(self) -> dict[DepartmentKey, Department]:
        """The departments that own cases; approvers do not."""
        return {key: one for key, one in self.departments.items() if one.has_queue}

    def named_in(self, key: DepartmentKey) -> Mapping[MemberId, Role]:
        return self.named.get(key, {})

    def terms(self, department: DepartmentKey, priority: Priority) -> Terms:
        return self._terms(department, priority)

    @cached_property  # a change may ask for ten thousand cases
    def _terms(self) -> Callable[[DepartmentKey, Priority], Terms]:
        return cache(self.policy.target_for)

    def cover_of(self, key: DepartmentKey, at: datetime) -> Department | None:
        """Who takes over while it is closed, themselves closed or not."""
        department = self.shown(key)
        if department.cover is None or department.calendar.is_open(at):
            return None
        return self.queues.get(department.cover)


@dataclass(frozen=True)
class _Known:
    revision: int
    texts: tuple[str | None, ...]
    setup: Setup


class Setups:
    """Reads the documents in force; the same revision, or the same texts, are not parsed again."""

    def __init__(self, holidays: HolidayBook, outgoing: Outgoing):
        self._holidays = holidays
        self._outgoing = outgoing
        self._known: _Known | None = None

    def read(self, tx: Transaction, revision: int) -> Setup:
        known = self._known
        if known and known.revision == revision:
            return known.setup
        texts = tuple(tx.setup.text(area) for area in (*AREAS, FORMER, *_BESIDE))
        setup = known.setup if known and known.texts == texts else self.parse(tx)
        self._known = _Known(revision, texts, setup)
        return setup

    def parse(self, tx: Transaction) -> Setup:
        """As this transaction sees it, kept or not."""
        documents = {area: _document(tx.setup.get(area)) for area in (*AREAS, FORMER)}
        found = setup_in_force(documents, self._holidays)
        departments = {one.key: one for one in found.departments}
        former = {one.key: _removed(one) for one in found.former if one.key not in departments}

        setup = Setup(
            departments,
            found.routing,
            found.sla,
            found.on_call,
            _outgoing(tx.setup.get("outgoing"), self._outgoing),
            _named(tx.setup.get("named") or {}),
            frozenset(MemberId(member) for member in tx.setup.get("admins") or []),
            _note(tx.setup.get("outgoing_note")),
            former,
            found.faults,
        )
        return replace(setup, book=setup.book.suspend(set(setup.queues), setup.why_gone))


def _document(stored: object) -> Document:
    return stored if isinstance(stored, Mapping) else {}


def _removed(department: Department) -> Department:
    """Named as what it is now, wherever a card, a case or a line still names it."""
    return replace(department, name=f"{department.name}{_REMOVED}", has_queue=False)


def _plain_name(department: Department) -> str:
    return department.name.removesuffix(_REMOVED)


def _outgoing(stored: object, usual: Outgoing) -> Outgoing:
    known = {one.value: one for one in Outgoing}
    return known.get(str(stored), Outgoing.HOLD) if stored else usual


def _named(document: Mapping[str, Mapping[str, str]]) -> dict[DepartmentKey, dict[MemberId, Role]]:
    return {
        DepartmentKey(key): {MemberId(member): Role(role) for member, role in people.items()}
        for key, people in document.items()
    }


def _note(document: Mapping[str, str | int] | None) -> OutgoingNote | None:
    if not document:
        return None
    by, name, why = (str(document[key]) for key in ("by", "name", "why"))
    return OutgoingNote(MemberId(by), name, moment(int(document["at"])), why)


def facts_of(stored: StoredPost) -> Facts:
    """What a routing rule may ask about a post."""
    post = stored.post
    return Facts(post, stored.language, post.priority or Priority.NORMAL)
