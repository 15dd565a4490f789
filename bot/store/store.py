"""One transaction holds a change of state, its timeline and its effects, or none of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic

from bot.domain.errors import HalfMoved, StoreUnavailable
from bot.domain.steady import Told
from bot.store.acknowledgements import Acknowledgements
from bot.store.admissions import Admissions
from bot.store.alerts import Alerts
from bot.store.asks import Asks
from bot.store.calls import Calls
from bot.store.case_links import CaseLinks
from bot.store.cases import Cases
from bot.store.clock import Clock
from bot.store.conversations import Conversations
from bot.store.counts import Counting
from bot.store.database import Database, refuse_newer
from bot.store.displaced import Displaced
from bot.store.drafts import Drafts
from bot.store.epochs import Epochs
from bot.store.incidents import Incidents
from bot.store.leases import Leases
from bot.store.mending import must_have
from bot.store.merges import Merges
from bot.store.moving import Moving
from bot.store.outbox import Outbox
from bot.store.parting import Parting
from bot.store.people import People
from bot.store.periods import Periods
from bot.store.posts import Posts
from bot.store.promises import Promises
from bot.store.queue import Queue
from bot.store.recounts import Recounts
from bot.store.replies import Replies
from bot.store.revision import Revision
from bot.store.rooms import Rooms
from bot.store.schema import MIGRATIONS
from bot.store.seen import Seen
from bot.store.set_aside import SetAsides
from bot.store.setup import SetupDocuments
from bot.store.storms import Silences, Storms
from bot.store.tables import tables_of
from bot.store.timeline import Timeline
from bot.store.timers import Timers
from bot.store.words import Words

JUST_NOW = 0.5  # seconds
AT_ONCE = 500  # cases indexed in one transaction: others write in between


@dataclass(frozen=True)
class Transaction:
    """What may be read and changed together."""

    posts: Posts
    conversations: Conversations
    cases: Cases
    asks: Asks
    promises: Promises
    acknowledgements: Acknowledgements
    timers: Timers
    timeline: Timeline
    outbox: Outbox
    replies: Replies
    drafts: Drafts
    people: People
    setup: SetupDocuments
    seen: Seen
    counts: Counting
    revision: Revision
    periods: Periods
    incidents: Incidents
    rooms: Rooms
    admissions: Admissions
    queue: Queue
    calls: Calls
    storms: Storms
    silences: Silences
    recounts: Recounts
    words: Words
    leases: Leases
    epochs: Epochs
    moving: Moving
    parting: Parting
    case_links: CaseLinks
    merges: Merges
    set_aside: SetAsides
    displaced: Displaced
    alerts: Alerts
    clock: Clock


class Store:
    def __init__(self, db: Database):
        self._db = db
        self._knows_all = False  # what has made the tables, once they were brought up to date
        self._begin_anew: Callable[[], None] | None = None
        self._kept_at = -JUST_NOW
        self._transaction = Transaction(
            Posts(db), Conversations(db), Cases(db), Asks(db), Promises(db),
            Acknowledgements(db), Timers(db), Timeline(db), Outbox(db), Replies(db),
            Drafts(db), People(db), SetupDocuments(db),
            Seen(db), Counting(db), Revision(db), Periods(db), Incidents(db), Rooms(db),
            Admissions(db),
            Queue(db), Calls(db), Storms(db), Silences(db), Recounts(db), Words(db), Leases(db),
            Epochs(db), Moving(db), Parting(db), CaseLinks(db), Merges(db), SetAsides(db),
            Displaced(db),
            Alerts(db), Clock(db),
        )  # fmt: skip

    def must_be_whole(self) -> None:
        """Raises HalfMoved where not everything has come yet from another database."""
        source = self._transaction.moving.source()
        if source:
            raise HalfMoved(source)

    def migrate(self) -> None:
        """At its newest schema, and all that follows from it done."""
        self._db.migrate(MIGRATIONS)
        must_have(self._db.columns(), tables_of(MIGRATIONS))
        self._knows_all = True
        while self._index_some():
            pass

    def _index_some(self) -> bool:
        with self.transaction() as tx:
            return tx.words.index_some(limit=AT_ONCE)

    def must_take_writes(self) -> None:
        """Raises StoreUnavailable where nothing could be kept now."""
        with self._db.writing():
            self._must_be_known()
            self._db.run("update counters set value = value where name = 'revision'")

    def has_just_kept(self) -> bool:
        """Whoever waits then waits for other writers, and not for a database that is away."""
        return monotonic() - self._kept_at < JUST_NOW

    def tell_time(self, told: Told) -> None:
        """Gives no number to anybody, so a backup that lacks it has lost nothing."""
        with self._db.writing():
            self._must_be_known()
            self._transaction.clock.tell(told)

    def _must_be_known(self) -> None:
        """A newer program may have changed the tables while this one runs."""
        if self._knows_all:
            [made] = self._db.rows(f"select count(*) as n from {self._db.migrated}")
            if made["n"] != len(MIGRATIONS):
                refuse_newer(self._db.applied(), MIGRATIONS)

    def listen(self, heard: Callable[[], None]) -> None:
        """`heard` is called soon after another process has written, where the engine tells."""
        self._db.listen(heard)

    def close(self) -> None:
        self._db.close()

    def when_older(self, begin_anew: Callable[[], None]) -> None:
        """What is done before anything is written to a database that has gone back in time."""
        self._begin_anew = begin_anew

    @contextmanager
    def transaction(self, *, may_be_older: bool = False) -> Iterator[Transaction]:
        """Writing: kept whole at the end of the block; an exception keeps nothing.

        Behind one and the same connection another server may have taken over, so it is asked in
        every transaction, before anything is read or numbered.
        """
        with ExitStack() as kept:
            self._begin(kept)
            if not may_be_older and self._is_older():
                self._begin_in_a_new_epoch(kept)
            yield self._transaction
            self._db.lineage.beat()
        self._db.lineage.kept()
        self._kept_at = monotonic()

    def _begin(self, kept: ExitStack) -> None:
        kept.enter_context(self._db.writing())
        self._must_be_known()

    def _is_older(self) -> bool:
        return self._begin_anew is not None and self._db.lineage.lost() > 0

    def _begin_in_a_new_epoch(self, kept: ExitStack) -> None:
        assert self._begin_anew is not None  # who asked has looked
        kept.close()
        self._begin_anew()
        self._begin(kept)
        if self._is_older():
            raise StoreUnavailable("it has gone back in time twice, one moment after the other")

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One snapshot of everything; nobody waits for it."""
        with self._db.reading():
            yield self._transaction
