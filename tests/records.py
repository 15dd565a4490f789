"""What a story may look at: the desk's own records, as they stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.effects import Kind
from bot.domain.ids import RAPID_RESPONSE, CaseId
from bot.domain.outbox import Message
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.domain.timeline import Event, What
from bot.store.store import Store, Transaction
from bot.store.timers import Timer

A_CENTURY = timedelta(days=36500)


class Records:
    store: Store
    now: datetime

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self.store.reading() as tx:
            yield tx

    def case(self, number: int) -> Case:
        with self.store.reading() as tx:
            return tx.cases.get(CaseId(number))

    def timeline(self, number: int) -> list[Event]:
        with self.store.reading() as tx:
            return tx.timeline.of_case(CaseId(number))

    def whats(self, number: int) -> list[What]:
        return [event.what for event in self.timeline(number)]

    def outbox(self, key: str) -> Message | None:
        with self.store.reading() as tx:
            return tx.outbox.get(key)

    def messages(self, number: int, kind: Kind) -> list[Message]:
        with self.store.reading() as tx:
            return tx.outbox.of_case(CaseId(number), kind)

    def pings(self, number: int) -> list[tuple[str, object]]:
        """The reason and the people of each call in rapid response, the oldest first."""
        called = [one for one in self.messages(number, Kind.PING) if one.place == RAPID_RESPONSE]
        return [(str(one.args["why"]), one.args["people"]) for one in called]

    def cards(self, number: int) -> set[str]:
        """The departments in whose channels the case has a card."""
        return {str(card.args["department"]) for card in self.messages(number, Kind.CARD)}

    def notes(self, number: int) -> list[str]:
        """Which sentences were said about a case, in threads and to people."""
        return [str(note.args["say"]) for note in self.messages(number, Kind.NOTE)]

    def in_thread(self, number: int) -> list[str]:
        """The same, without what was said to single people."""
        notes = self.messages(number, Kind.NOTE)
        return [str(note.args["say"]) for note in notes if note.thread]

    def timers(self, number: int) -> dict[str, datetime]:
        with self.store.reading() as tx:
            return {timer.name: timer.due_at for timer in tx.timers.of_case(CaseId(number))}

    def all_timers(self) -> list[Timer]:
        with self.store.reading() as tx:
            return tx.timers.due(self.now + A_CENTURY, limit=1_000_000)

    def clocks(self, number: int) -> dict[Promise, PromiseRun]:
        """The newest run of each promise, running or stopped."""
        with self.store.reading() as tx:
            return {run.promise: run for run in tx.promises.of_case(CaseId(number))}

    def running(self, number: int) -> set[Promise]:
        return {promise for promise, run in self.clocks(number).items() if run.is_running}
