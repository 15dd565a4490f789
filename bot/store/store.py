"""One transaction holds a change of state, its timeline and its effects, or none of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.store.acknowledgements import Acknowledgements
from bot.store.asks import Asks
from bot.store.cases import Cases
from bot.store.counts import Counting
from bot.store.database import Database
from bot.store.incidents import Incidents
from bot.store.outbox import Outbox
from bot.store.people import People
from bot.store.periods import Periods
from bot.store.posts import Posts
from bot.store.promises import Promises
from bot.store.queue import Queue
from bot.store.replies import Replies
from bot.store.revision import Revision
from bot.store.rooms import Rooms
from bot.store.schema import MIGRATIONS
from bot.store.seen import Seen
from bot.store.setup import SetupDocuments
from bot.store.storms import Silences, Storms
from bot.store.timeline import Timeline
from bot.store.timers import Timers


@dataclass(frozen=True)
class Transaction:
    """What may be read and changed together."""

    posts: Posts
    cases: Cases
    asks: Asks
    promises: Promises
    acknowledgements: Acknowledgements
    timers: Timers
    timeline: Timeline
    outbox: Outbox
    replies: Replies
    people: People
    setup: SetupDocuments
    seen: Seen
    counts: Counting
    revision: Revision
    periods: Periods
    incidents: Incidents
    rooms: Rooms
    queue: Queue
    storms: Storms
    silences: Silences


class Store:
    def __init__(self, db: Database):
        self._db = db
        self._transaction = Transaction(
            Posts(db), Cases(db), Asks(db), Promises(db), Acknowledgements(db), Timers(db),
            Timeline(db), Outbox(db), Replies(db), People(db), SetupDocuments(db),
            Seen(db), Counting(db), Revision(db), Periods(db), Incidents(db), Rooms(db),
            Queue(db), Storms(db), Silences(db),
        )  # fmt: skip

    def migrate(self) -> None:
        self._db.migrate(MIGRATIONS)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Writing: kept whole at the end of the block; an exception keeps nothing."""
        with self._db.writing():
            yield self._transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One snapshot of everything; nobody waits for it."""
        with self._db.reading():
            yield self._transaction
