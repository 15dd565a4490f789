"""What every service stands on: the store, the time, one transaction and what it keeps."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain import effects
from bot.domain.accounts import Accounts
from bot.domain.ask import Ask
from bot.domain.case import Case
from bot.domain.department import Department, Person, Role
from bot.domain.effects import Effect, Kind, Lane
from bot.domain.errors import NotAssignee
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.markup import Sign, no_sign
from bot.domain.ports import NewKey, Now, Steady
from bot.domain.post import Priority
from bot.domain.setup_departments import former_after
from bot.domain.timeline import PASSES, Event, What
from bot.domain.who_is_told import WHO_IS_TOLD, Whom, is_thread_only, was_mentioned
from bot.services.called import is_called
from bot.services.setup import FORMER, Setup, Setups
from bot.services.standing import Standing, Standings, is_named_by, standing
from bot.store.posts import StoredPost
from bot.store.store import Store, Transaction

NEIGHBOURS = 8  # other open cases of a customer that a card names


@dataclass(frozen=True)
class Work:
    """One transaction: what may be read, what is in force, what time it is."""

    tx: Transaction
    setup: Setup
    at: datetime
    revision: int  # of set-up and roster when it began
    standings: Standings
    admin_emails: tuple[str, ...]
    accounts: Accounts

    def case(self, number: CaseId) -> Case:
        return self.tx.cases.get(number)

    def standing(self, member: MemberId) -> Standing:
        """What they may do now, also by what this transaction has changed."""
        if self.tx.revision.now() == self.revision:
            return self.standings.of(self.revision, member, self._find_standing)
        return self._find_standing(member)

    def _find_standing(self, member: MemberId) -> Standing:
        return standing(self.tx.people, self.setup, member, self.admin_emails)

    def department_of(self, case: Case) -> Department:
        """Also one that is gone: who acts on the case then, `owner` says."""
        return self.setup.shown(case.department)

    def member_of(self, case: Case, by: MemberId) -> Standing:
        """Refuses who is not a member of the department that looks after the case."""
        rights = self.standing(by)
        rights.must_work_in(self.setup.owner(case.department))
        return rights

    def around(self, case: Case, by: MemberId) -> Standing:
        """Refuses who is of no department that owns or follows the case, and was not called."""
        following = [self.setup.shown(ask.department) for ask in self.asks(case)]
        return self._works_or_is_called(case, by, following)

    def may_take(self, case: Case, by: MemberId) -> Standing:
        """Refuses who is neither a member of the case's department nor called for it."""
        return self._works_or_is_called(case, by)

    def may_finish(self, case: Case, by: MemberId) -> Standing:
        """The same; who was called finishes only what they have taken."""
        return self.may_take(case, by) if case.assignee == by else self.member_of(case, by)

    def may_publish(self, case: Case, by: MemberId) -> None:
        """Refuses who may not answer the customer."""
        rights = self.standing(by)
        if case.department not in rights.publishes_in and not self.is_called(case, by):
            rights.must_publish_for(self.department_of(case))

    def is_called(self, case: Case, by: MemberId) -> bool:
        """Called for the case, which gives a right until it is closed."""
        return is_called(self.tx, case, self.standing(by))

    def _works_or_is_called(
        self, case: Case, by: MemberId, following: Sequence[Department] = ()
    ) -> Standing:
        rights = self.standing(by)
        departments = [self.setup.owner(case.department), *following]
        is_there = any(one.key in rights.works_in for one in departments)
        if not is_there and not self.is_called(case, by):
            rights.must_work_in(*departments)
        return rights

    def must_have_or_lead(self, case: Case, by: MemberId) -> None:
        """Refuses a colleague's case, except to the lead of its department."""
        rights = self.may_finish(case, by)
        if case.assignee and case.assignee != by and case.department not in rights.leads:
            raise NotAssignee(case.assignee)

    def if_there(self, member: MemberId, key: DepartmentKey) -> MemberId | None:
        """The member, while they work there still and their department is open."""
        works = key in self.standing(member).works_in
        is_open = self.setup.shown(key).calendar.is_open(self.at)
        return member if works and is_open else None

    def first_post(self, case: Case) -> StoredPost:
        """The post that opened it."""
        stored = self.tx.posts.get(case.post)
        assert stored is not None  # a case has its post
        return stored

    def members_in(self, key: DepartmentKey) -> list[MemberId]:
        """Who is in the department's channel, where it has one."""
        known = self.tx.people.channel_at(f"department:{key}")
        return self.tx.people.members(known.channel) if known and known.channel else []

    def asks(self, case: Case) -> list[Ask]:
        """Of those that follow it; who is offered the case keeps their own, and gets it back."""
        asks = self.tx.asks.of_case(case.id)
        following = (ask for ask in asks if ask.department != case.department)
        return [ask for ask in following if not ask.taken_back_at]

    def keep(
        self,
        case: Case,
        what: What,
        by: MemberId,
        *,
        left: DepartmentKey | None = None,
        **data: object,
    ) -> Case:
        """State, timeline and the cards that show it; `left` is a department it has just left."""
        self.tx.cases.save(case)
        self.record(case.id, what, by, **data)
        if what in (What.CLOSED, What.REOPENED):
            self.tx.asks.follow(case)
        self.refresh(case, left)
        if what in (What.CLOSED, What.REOPENED):
            self.refresh_neighbours(case)
        self.tell(*(one.again() for one in self.tx.alerts.calls_of(case.id) if what in PASSES))
        return case

    def record(self, case: CaseId, what: What, by: MemberId, **data: object) -> None:
        self.tx.timeline.add(Event(case, self.at, what, by, data))

    def refresh(self, case: Case, left: DepartmentKey | None = None) -> None:
        """The owner's card, the followers' and that of the department it left, at their newest."""
        there = self.setup.departments  # one that is gone is shown nothing new
        following = [ask.department for ask in self.asks(case) if ask.department in there]
        passed = [*([left] if left in there else []), *self._standing(case.id)] if left else []
        lane = Lane.URGENT if case.priority is Priority.URGENT else Lane.CARD
        keys = dict.fromkeys([case.department, *following, *passed])
        self.tell(*(effects.card(case.id, key, lane=lane) for key in keys))
        if case.stands_out:
            self.tx.queue.leave(effects.card_key(case.id, case.department), at=self.at)
        self.tell(*(late.again() for late in self.tx.calls.lists_of(case.id)))
        incident = self.tx.incidents.of_case(case.id)
        if incident and incident.channel:
            self.tell(effects.incident_facts(incident.id))

    def refresh_neighbours(self, case: Case) -> None:
        """The customer's other open cases, whose cards name this one."""
        for other in self.tx.cases.open_of(case.customer, limit=NEIGHBOURS + 1):
            if other.id != case.id:
                self.refresh(other)

    def _standing(self, case: CaseId) -> list[DepartmentKey]:
        """Wherever a card of it stands; after a move each of them says where it is now."""
        cards = self.tx.outbox.of_case(case, Kind.CARD)
        return [DepartmentKey(str(card.args["department"])) for card in cards]

    def tell(self, *told: Effect) -> None:
        self.tx.outbox.add(*told, at=self.at)

    def change(self, area: str, document: object, by: MemberId, what: str) -> int:
        """A change of the set-up, in force at once; the number undoes it."""
        if area == "departments":  # of what is removed by it, name and hours are still asked for
            stored = self.tx.setup
            former = former_after(stored.get(FORMER) or {}, stored.get(area) or {}, document)
            stored.put(FORMER, former)
        return self.tx.setup.change(area, document, by=by, what=what, at=self.at)

    def note(self, case: Case, key: str, **words: object) -> None:
        """A line in the thread of the owner's card, with the mentions that `WHO_IS_TOLD` names."""
        said, name = str(words["say"]), f"{case.id}:{key}"
        to = words.get("to") or self._answers_for_it(case, said)
        lane = Lane.URGENT if to and case.priority is Priority.URGENT else Lane.NOTE
        words = {**words, "to": to} if to else words
        self.tell(effects.note(name, case.id, case.department, words, lane=lane))
        if isinstance(to, list) and to and is_thread_only(said):
            apart = [one for one in to if one not in self.members_in(case.department)]
            self.tell(*effects.note_directly(name, case.id, apart, words, lane))

    def _answers_for_it(self, case: Case, say: str) -> list[MemberId]:
        """Who is to know of the customer's new words; thanks for a closed case disturb nobody."""
        row = WHO_IS_TOLD.get(say)
        if row is None or row.whom is not Whom.ANSWERS_FOR_IT or row.every is None:
            return []
        offered = case.hand_off.person if case.hand_off else None
        person = case.assignee or offered or self._answered_last(case)
        is_thanks = not case.is_open and say == "follow_up"
        if person is None or is_thanks:
            return []
        notes = self.tx.outbox.of_case(case.id, Kind.NOTE, after=self.at - row.every)
        return [] if was_mentioned(person, (one.args for one in notes)) else [person]

    def _answered_last(self, case: Case) -> MemberId | None:
        sent = [one for one in self.tx.replies.of_case(case.id) if one.sent_at]
        return self.if_there(sent[-1].author, case.department) if sent else None

    def lead_of(self, department: Department) -> MemberId | None:
        """The department's lead, where one is named and known."""
        return next(iter(self.leads_of(department)), None)

    def leads_of(self, department: Department) -> list[MemberId]:
        """All of them, whoever is asked first in front."""
        roles = self.setup.named_in(department.key).items()
        named = [one for one, role in roles if role is Role.LEAD and not self.is_gone(one)]
        found = self.find_person(department.lead) if department.lead else None
        return list(dict.fromkeys([*named, *([found.id] if found else [])]))

    def lead_for(self, department: Department, member: MemberId) -> MemberId | None:
        """Who leads it beside this member: nobody is sent for help to themselves."""
        return next((one for one in self.leads_of(department) if one != member), None)

    def is_gone(self, member: MemberId) -> bool:
        """Their account was deactivated; who is not known yet is not gone."""
        person = self.tx.people.get(member)
        return bool(person and person.is_gone)

    def on_duty(self, level: int = 1) -> tuple[MemberId, ...]:
        """Who is on call now, as far as the workspace knows them."""
        return self._known(self.setup.rota.on_duty(self.at, level))

    def called_for(self, member: MemberId) -> tuple[MemberId, ...]:
        """Who is on call now beside this member: the first level where there is somebody."""
        levels = ([one for one in self.on_duty(level) if one != member] for level in (1, 2))
        return tuple(next(filter(None, levels), []))

    def rota_team(self) -> tuple[MemberId, ...]:
        """Everybody of the rota, on duty or not."""
        return self._known(self.setup.rota.since(self.at).people)

    def _known(self, written: Iterable[str]) -> tuple[MemberId, ...]:
        found = (self.find_person(one) for one in dict.fromkeys(written))
        return tuple(dict.fromkeys(person.id for person in found if person))

    def find_person(self, written: str) -> Person | None:
        """Who a file means by "dora@example.com" or "U…"; nobody who is gone."""
        person = self.tx.people.by_email(written) or self.tx.people.get(MemberId(written.upper()))
        return person if person and not person.is_gone and is_named_by(written, person) else None


@dataclass(frozen=True)
class Kernel:
    """Handed by wiring to every service."""

    store: Store
    setups: Setups
    now: Now
    new_key: NewKey
    admin_emails: tuple[str, ...] = ()
    undo: timedelta = timedelta(seconds=10)
    standings: Standings = field(default_factory=Standings)
    nudge: Callable[[], None] = lambda: None  # a hint that there may be something to deliver
    guard: Callable[[Transaction], None] = lambda _: None  # who may not write raises here
    accounts: Accounts = field(default_factory=Accounts)  # which words are our own
    sign: Sign = no_sign  # of an emoji's short name
    steady: Steady = time.monotonic  # how long something takes

    def under(self, guard: Callable[[Transaction], None]) -> "Kernel":
        """The same, every transaction of which passes this guard first."""
        return replace(self, guard=guard)

    @contextmanager
    def work(self, *, may_be_older: bool = False) -> Iterator[Work]:
        """One intent: kept whole, or not at all; `may_be_older`: it begins the new epoch."""
        with self.store.transaction(may_be_older=may_be_older) as tx:
            self.guard(tx)
            yield self._work(tx)
        self.nudge()

    @contextmanager
    def look(self) -> Iterator[Work]:
        """Reading only, of one moment."""
        with self.store.reading() as tx:
            yield self._work(tx)

    def _work(self, tx: Transaction) -> Work:
        revision = tx.revision.now()
        setup = self.setups.read(tx, revision)
        known = (self.standings, self.admin_emails, self.accounts)
        return Work(tx, setup, self.now(), revision, *known)
