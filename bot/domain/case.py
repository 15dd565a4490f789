"""A post the company owes an answer: one department, at most one assignee, legal moves only.

Every move returns the next value or refuses; who may is decided by `bot.services.standing`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import (
    AlreadyClaimed,
    CaseIsOpen,
    CaseIsSolved,
    HandOffIsPending,
    NoHandOffPending,
    NotAssignee,
    NothingToChange,
)
from bot.domain.ids import CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.post import Priority

REOPEN_WITHIN = timedelta(days=7)  # a question so soon comes back to its solver


class Outcome(StrEnum):
    """Why a case is closed; the words feed the figures."""

    SOLVED = "solved"
    NO_REPLY = "no reply needed"
    MERGED = "merged"


@dataclass(frozen=True)
class HandOff:
    """A case on its way: it is the receiver's, until they return it or let it lie."""

    sender: MemberId
    origin: DepartmentKey
    person: MemberId | None
    ask: str
    at: datetime
    due: datetime
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    outcome: Outcome
    by: MemberId
    at: datetime
    note: str = ""
    into: CaseId | None = None


@dataclass(frozen=True)
class OutsideAnswer:
    """An answer that was not given through the desk: seen on the network, or told by somebody."""

    at: datetime
    by: MemberId
    post: PostKey | None = None  # of ours, where it was seen
    url: str | None = None


@dataclass(frozen=True)
class Case:
    id: CaseId
    post: PostKey
    department: DepartmentKey
    priority: Priority
    opened_at: datetime
    why: str = ""
    assignee: MemberId | None = None
    claimed_at: datetime | None = None
    hand_off: HandOff | None = None
    closing: Closing | None = None
    waiting_since: datetime | None = None  # answered: the customer has the word
    snoozed_until: datetime | None = None
    escalated: str = ""  # the reason somebody gave
    earlier: CaseId | None = None
    customer: str = ""  # whose case it is: who wrote the post that opened it
    beside: CaseId | None = None  # the first case in the conversation, of somebody else
    outside: OutsideAnswer | None = None  # the newest
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def stands_out(self) -> bool:
        """More than one of many: somebody has it or is to have it, or it cannot wait."""
        is_urgent = self.priority is Priority.URGENT or bool(self.escalated)
        return self.is_open and bool(self.assignee or self.hand_off or is_urgent)

    def is_one_of_many(self, member: MemberId) -> bool:
        """Nothing sets it apart: nobody else has it, and it can wait."""
        is_free = self.assignee in (None, member) and not self.hand_off
        return is_free and not self.escalated and self.priority is not Priority.URGENT

    @property
    def is_our_turn(self) -> bool:
        """The customer waits for a word of ours."""
        return self.is_open and self.waiting_since is None

    def claim(self, by: MemberId, at: datetime) -> "Case":
        """The first to claim keeps the case; claiming twice is harmless."""
        self.must_be_open()
        if self.hand_off:
            raise HandOffIsPending(self.hand_off.person)
        if self.assignee == by:
            return self
        if self.assignee:
            raise AlreadyClaimed(self.assignee)
        return self._next(assignee=by, claimed_at=at)

    def release(self) -> "Case":
        self.must_be_open()
        if not self.assignee:
            raise NothingToChange("it is unclaimed already")
        return self._next(assignee=None, claimed_at=None, snoozed_until=None)

    def assign(self, to: MemberId, at: datetime) -> "Case":
        self.must_be_open()
        if self.assignee == to and not self.hand_off:
            raise NothingToChange(f"<@{to}> has it already")
        return self._next(assignee=to, claimed_at=at, hand_off=None, snoozed_until=None)

    def route(self, to: DepartmentKey, why: str) -> "Case":
        """Triage decides: the department gets the case with an empty chair."""
        self.must_be_open()
        if to == self.department:
            raise NothingToChange("it is there already")
        return self._next(
            department=to, why=why, assignee=None, claimed_at=None, hand_off=None,
            snoozed_until=None,
        )  # fmt: skip

    def displace(self, to: DepartmentKey, why: str, assignee: MemberId | None) -> "Case":
        """Its department is gone, or back: only where it is changes, and who can go on with it."""
        claimed_at = self.claimed_at if assignee == self.assignee else None
        return self._next(department=to, why=why, assignee=assignee, claimed_at=claimed_at)

    def pass_to(self, to: DepartmentKey, hand_off: HandOff) -> "Case":
        """The receiver owns the case at once; the contract hangs on it until it is answered."""
        self.must_be_open()
        if self.hand_off:
            raise HandOffIsPending(self.hand_off.person)
        if to == self.department and hand_off.person in (None, self.assignee):
            raise NothingToChange("it is there already")
        return self._next(
            department=to, assignee=None, claimed_at=None, hand_off=hand_off, snoozed_until=None
        )

    def accept(self, by: MemberId, at: datetime) -> "Case":
        offer = self.pending()
        if offer.person and offer.person != by:
            raise NotAssignee(offer.person)
        return self._next(assignee=by, claimed_at=at, hand_off=None)

    def give_back(self, to: MemberId | None, at: datetime) -> "Case":
        """Back to where it came from: to the sender if they are there, else to their queue."""
        offer = self.pending()
        return self._next(
            department=offer.origin, assignee=to, claimed_at=at if to else None, hand_off=None
        )

    def escalate(self, reason: str) -> "Case":
        self.must_be_open()
        return self._next(escalated=reason, snoozed_until=None)

    def close(self, closing: Closing) -> "Case":
        self.must_be_open()
        return self._next(closing=closing, hand_off=None, snoozed_until=None, waiting_since=None)

    def reopen(
        self, assignee: MemberId | None, at: datetime, *, waiting_since: datetime | None = None
    ) -> "Case":
        if self.closing is None:
            raise CaseIsOpen()
        return self._next(
            closing=None, assignee=assignee, claimed_at=at if assignee else None, escalated="",
            waiting_since=waiting_since,
        )  # fmt: skip

    def snooze(self, until: datetime) -> "Case":
        self.must_be_open()
        return self._next(snoozed_until=until)

    def wake(self) -> "Case":
        return self._next(snoozed_until=None) if self.snoozed_until else self

    def prioritise(self, priority: Priority) -> "Case":
        self.must_be_open()
        if priority == self.priority:
            raise NothingToChange(f"it is {priority} already")
        awake = {"snoozed_until": None} if priority is Priority.URGENT else {}
        return self._next(priority=priority, **awake)

    def absorb(self, other: "Case") -> "Case":
        """Another case of this customer goes on here: the higher priority, and whose turn it is."""
        return self._next(
            priority=max(self.priority, other.priority, key=lambda one: one.rank),
            escalated=self.escalated or other.escalated,
            waiting_since=None if other.is_our_turn else self.waiting_since,
            snoozed_until=None,
        )

    def give_up(self, other: "Case", priority: Priority, escalated: str) -> "Case":
        """What came with the other goes with it, unless somebody has changed it since."""
        absorbed = max(priority, other.priority, key=lambda one: one.rank)
        return self._next(
            priority=priority if self.priority is absorbed else self.priority,
            escalated=escalated if self.escalated == other.escalated else self.escalated,
        )

    def answered(self, at: datetime) -> "Case":
        """A public reply was delivered: the word is the customer's."""
        return self._next(waiting_since=at) if self.is_open else self

    def answered_outside(self, answer: OutsideAnswer, *, is_last_word: bool) -> "Case":
        """The word is the customer's, unless they have written again since."""
        waits = self.is_open and is_last_word
        waiting_since = answer.at if waits else self.waiting_since
        return self._next(outside=answer, waiting_since=waiting_since)

    def not_answered_outside(self) -> "Case":
        """That is taken back: the word is ours again, if it was only ours by that."""
        answer = self.outside
        waits_by_it = answer is not None and self.waiting_since == answer.at
        return self._next(outside=None, waiting_since=None if waits_by_it else self.waiting_since)

    def heard(self) -> "Case":
        """The customer wrote again: the word is ours, and no snooze hides it."""
        return self._next(waiting_since=None, snoozed_until=None)

    def found(self, post: PostKey, customer: str) -> "Case":
        """What somebody made a case of by hand has come in itself."""
        return self._next(post=post, customer=customer)

    def touched(self) -> "Case":
        """Something the card shows has changed beside the case itself."""
        return self._next()

    def pending(self) -> HandOff:
        """The hand-off that waits for its answer."""
        self.must_be_open()
        if not self.hand_off:
            raise NoHandOffPending(self.assignee)
        return self.hand_off

    def must_be_answerable_by(self, member: MemberId) -> None:
        """Only the assignee answers, so two people never write to one customer at once."""
        self.must_be_open()
        if self.hand_off:
            raise HandOffIsPending(self.hand_off.person)
        if self.assignee and self.assignee != member:
            raise NotAssignee(self.assignee)

    def must_be_open(self) -> None:
        if self.closing:
            raise CaseIsSolved(self.closing.by, self.closing.outcome, self.closing.into)

    def _next(self, **changes: object) -> "Case":
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]
