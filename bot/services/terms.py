"""Who does what only one process may do: this process tries to hold its tasks, term after term.

Nobody compares clocks. A holder renews, and is replaced by who has seen it silent for the length of
a lease; a holder that could not renew stops a margin earlier, both by their own steady time.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Protocol

from bot.domain.errors import TermOver
from bot.domain.leases import BLIND_AFTER, CALLS_END, LEASE, MARGIN, RENEWED_EVERY, Lease, Task
from bot.domain.ports import Now, Steady
from bot.store.store import Store, Transaction

log = logging.getLogger(__name__)

FOR_EVER = float("inf")


class Term:
    """One holding of a task, from taking it to losing it; no second one has its fence."""

    def __init__(self, task: Task, fence: int, steady: Steady, *, settles_in: timedelta):
        """`settles_in`: until then, calls of the holder before may still be on their way."""
        self.task = task
        self.fence = fence
        self.settles_in = settles_in
        self._steady = steady
        self._settled_at = steady() + settles_in.total_seconds()
        self._ends = -FOR_EVER

    def is_on(self) -> bool:
        """Surely nobody else has it yet."""
        return self._steady() < self._ends

    def is_settled(self) -> bool:
        return self.is_on() and self._steady() >= self._settled_at

    def must_be_on(self) -> None:
        """The last look before a first byte leaves; raises TermOver."""
        if not self.is_on():
            raise TermOver(self.task)

    def guard(self, tx: Transaction) -> None:
        """In every transaction of it: whoever was replaced keeps nothing; raises TermOver."""
        if not tx.leases.confirm(self.task, self.fence):
            self.end()
            raise TermOver(self.task)

    def go_on(self, until: float) -> None:
        self._ends = until

    def end(self) -> None:
        self._ends = -FOR_EVER


class Running(Protocol):
    """What a term has set going."""

    def is_well(self) -> bool:
        """Whether it does its task; else the lease is left to who does."""

    def stop(self) -> None:
        """After what is being done."""

    def leave(self) -> None:
        """Waits for nothing: it was replaced."""


Begin = Callable[[Term], Running]


@dataclass(frozen=True)
class Process:
    """One of those that run the desk; no other before or after it has its name.

    `is_alone`: nobody else can be alive, so what stands in the rows is past, and no lease ends.
    """

    name: str
    is_alone: bool = False


@dataclass(frozen=True)
class _Held:
    term: Term
    running: Running
    renewed: float


@dataclass(frozen=True)
class _Seen:
    """A lease as it stands, and since when it has been standing so."""

    lease: Lease
    since: float


class Terms:
    """`turn` is called a few times a second, by one thread."""

    def __init__(
        self, store: Store, process: Process, tasks: Mapping[Task, Begin], now: Now, steady: Steady
    ):
        self._store = store
        self._process = process
        self._tasks = tasks
        self._now = now
        self._steady = steady
        self._held: dict[Task, _Held] = {}
        self._seen: dict[Task, _Seen] = {}
        self._was_lost: set[Task] = set()  # by this process: its calls may still be on their way
        self._looked = -FOR_EVER
        self._is_closing = False
        self._turning = Lock()

    def turn(self) -> int:
        """One look at all leases: what was lost is left, what is free is taken; how many were."""
        with self._turning:
            return self._turn()

    def is_done(self, task: Task) -> bool:
        """Whether some process does it, as far as this one can see."""
        held = self._held.get(task)
        if held:
            return held.term.is_on() and held.running.is_well()
        seen = self._seen.get(task)
        return seen is not None and not seen.lease.is_free and not self._is_silent(seen, MARGIN)

    def has(self, task: Task) -> bool:
        """Whether this process does it."""
        return task in self._held

    def close(self) -> None:
        """What runs ends after what it is doing; `turn` goes on renewing meanwhile."""
        with self._turning:
            self._is_closing = True
        for held in list(self._held.values()):
            held.running.stop()

    def release(self) -> None:
        """Others need not wait; called when nothing runs any more, and nobody calls `turn`."""
        with self._store.transaction() as tx:
            for task, held in self._held.items():
                tx.leases.release(task, held.term.fence)
        for held in self._held.values():
            held.term.end()
        self._held.clear()

    # Looking

    def _turn(self) -> int:
        with self._store.reading() as tx:
            leases = tx.leases.all()
        self._watch(leases, self._steady())
        for task, held in list(self._held.items()):
            if not self._is_ours(leases.get(task), held.term):
                self._lose(task, held)
        began = self._steady()
        renewed = [task for task in self._held if self._is_to_renew(task, began)]
        wanted = [task for task in self._tasks if self._may_take(task, leases.get(task), began)]
        return self._write(renewed, wanted, leases, began) if renewed or wanted else 0

    def _watch(self, leases: Mapping[Task, Lease], at: float) -> None:
        """`at` is after they were read: what is silent now was not silent for longer.

        After an outage that nobody could renew in, or a pause of its own, it begins anew.
        """
        was_blind = at - self._looked >= BLIND_AFTER.total_seconds()
        self._looked = at
        for task, lease in leases.items():
            if was_blind or task not in self._seen or self._seen[task].lease != lease:
                self._seen[task] = _Seen(lease, at)

    def _is_silent(self, seen: _Seen, longer: timedelta = timedelta()) -> bool:
        return self._steady() - seen.since >= (LEASE + longer).total_seconds()

    def _is_ours(self, lease: Lease | None, term: Term) -> bool:
        return lease is not None and (lease.holder, lease.fence) == (self._process.name, term.fence)

    def _may_take(self, task: Task, lease: Lease | None, at: float) -> bool:
        if task in self._held or self._is_closing:
            return False
        if self._process.is_alone or lease is None or lease.is_free:
            return True
        # Our own without a term: nobody heard whether it was taken.
        is_ours = lease.holder == self._process.name
        return is_ours or at - self._seen[task].since >= LEASE.total_seconds()

    def _is_to_renew(self, task: Task, at: float) -> bool:
        held = self._held[task]
        is_due = at - held.renewed >= RENEWED_EVERY.total_seconds()
        return is_due and not self._process.is_alone and held.running.is_well()

    # Writing

    def _write(
        self,
        renewed: Iterable[Task],
        wanted: Iterable[Task],
        leases: Mapping[Task, Lease],
        began: float,
    ) -> int:
        """In one transaction; a lease counts from before it began."""
        at = self._now()
        with self._store.transaction() as tx:
            kept = [t for t in renewed if tx.leases.renew(t, self._held[t].term.fence, at=at)]
            fences = {
                task: tx.leases.take(task, self._process.name, known=leases.get(task), at=at)
                for task in wanted
            }
        until = FOR_EVER if self._process.is_alone else began + (LEASE - MARGIN).total_seconds()
        for task in kept:
            held = self._held[task]
            held.term.go_on(until)
            self._held[task] = _Held(held.term, held.running, began)
        taken = {task: fence for task, fence in fences.items() if fence}
        for task, fence in taken.items():
            self._begin(task, fence, leases.get(task), (began, until))
        return len(taken)

    def _begin(
        self, task: Task, fence: int, before: Lease | None, good: tuple[float, float]
    ) -> None:
        is_left = self._process.is_alone or before is None or before.is_free
        is_left = is_left and task not in self._was_lost
        settles_in = timedelta() if is_left else CALLS_END
        began, until = good
        term = Term(task, fence, self._steady, settles_in=settles_in)
        term.go_on(until)
        self._held[task] = _Held(term, self._tasks[task](term), began)
        log.info("term begins", extra={"task": str(task), "fence": fence})

    def _lose(self, task: Task, held: _Held) -> None:
        log.warning("term over", extra={"task": str(task), "fence": held.term.fence})
        held.term.end()
        held.running.leave()
        self._was_lost.add(task)
        del self._held[task]
