"""A whole desk on a real file, with a clock moved by hand and an outside that keeps a transcript.

Case numbers begin with 1001, posts come from "x"; who is who stands in `tests.company`.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.domain.accounts import Accounts
from bot.domain.department import Person
from bot.domain.durations import parse_duration
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import Author, Delivery, Post
from bot.domain.reply import Outgoing, Reply
from bot.emoji import sign
from bot.services.administration import Administration
from bot.services.boards import Boards
from bot.services.casework import Casework
from bot.services.closings import Closings
from bot.services.elsewhere import Elsewhere
from bot.services.epochs import Epochs
from bot.services.hand_offs import HandOffs
from bot.services.incident_clock import IncidentClock
from bot.services.incidents import Incidents
from bot.services.intake import Intake, Receipt
from bot.services.kernel import Kernel, Work
from bot.services.merging import Merging
from bot.services.policies import Policies
from bot.services.questions import Questions
from bot.services.replies import Replies
from bot.services.rota import Rotas
from bot.services.rota_watch import RotaWatch
from bot.services.sending import Sending
from bot.services.setup import Setups
from bot.services.watch import Watch
from bot.store.database import Database
from bot.store.engines import open_database, sqlite_file
from bot.store.store import Store
from tests.company import ANN, MONDAY, Languages, Megaphone, channel_of, found, no_holidays
from tests.records import Records

NO_ACCOUNTS = Accounts()


@cache
def _empty_desk() -> TemporaryDirectory[str]:
    """A file with every table in it: one is made, and copied for each story."""
    folder = TemporaryDirectory(prefix="empty-desk-")
    database = open_database(f"sqlite:///{folder.name}/desk.db", durable=False)
    Store(database).migrate()
    database.close()
    return folder


def begin_with_tables(url: str) -> None:
    path = sqlite_file(url)
    if path and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        empty = f"{_empty_desk().name}/desk.db"
        shutil.copy(empty, path)
        shutil.copy(f"{empty}.pulse", f"{path}.pulse")  # without it, it would be a backup


class TestDesk(Records):
    """The services, the time, and what a story needs to say and to look at."""

    __test__ = False

    def __init__(
        self,
        kept: Path | str,
        *,
        durable: bool = False,
        now: datetime = MONDAY,
        accounts: Accounts = NO_ACCOUNTS,
    ):
        self.now = now
        url = f"sqlite:///{kept}" if isinstance(kept, Path) else kept
        begin_with_tables(url)
        self.url, self.db = url, self.open(url, durable=durable)
        self.store = Store(self.db)
        self.store.migrate()
        self._keys, self._posts, self._lock = count(1), count(1), Lock()
        self.languages = Languages()
        self.network = Megaphone()
        self.setups = Setups(no_holidays, Outgoing.ON)
        self.kernel = Kernel(
            self.store, self.setups, lambda: self.now, self._new_key, accounts=accounts, sign=sign
        )
        self.intake = Intake(self.kernel, self.languages)
        self.casework = Casework(self.kernel)
        self.closings = Closings(self.kernel)
        self.merging = Merging(self.kernel)
        self.elsewhere = Elsewhere(self.kernel)
        self.hand_offs = HandOffs(self.kernel)
        self.questions = Questions(self.kernel)
        self.watch = Watch(self.kernel)
        self.replies = Replies(self.kernel)
        self.sending = Sending(self.kernel, {"": self.network})
        self.boards = Boards(self.kernel)
        self.policies = Policies(self.kernel, self.languages)
        self.administration = Administration(self.kernel)
        self.rotas = Rotas(self.kernel)
        self.rota_watch = RotaWatch(self.kernel)
        self.incidents = Incidents(self.kernel)
        self.incident_clock = IncidentClock(self.kernel)
        self.epochs = Epochs(self.kernel)
        self._found()

    def open(self, url: str, *, durable: bool) -> Database:
        return open_database(url, durable=durable)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def other_writer(self) -> Iterator[None]:
        """Another process is in the middle of writing."""
        other = open_database(self.url, durable=False)
        with other.writing():
            yield
        other.close()

    # What a story says

    def pass_time(self, length: str, *, sweep: bool = False) -> datetime:
        """`pass_time("20m")`; with `sweep` the clock's door is opened when it has passed."""
        self.now += parse_duration(length).elapsed
        if sweep:
            self.watch.sweep()
        return self.now

    def pass_and_watch(self, length: str, *, every: str = "1m") -> None:
        """The time passes with a sweep at every step, as with a running clock."""
        end = self.now + parse_duration(length).elapsed
        while self.now < end:
            self.now = min(end, self.now + parse_duration(every).elapsed)
            self.watch.sweep()

    def a_post(self, text: str = "where is my bag?", *, by: str = "@jane", **facts: object) -> Post:
        """A post that has not come in yet; its id is counted unless it is given."""
        post = Post("x", f"p{next(self._posts)}", text, Author(by))
        return replace(post, **facts)  # type: ignore[arg-type]

    def receive(self, post: Post, delivery: str | None = None) -> Receipt:
        """By itself, or as the message of this name, whose body says no more than the post."""
        return self.intake.receive(post, Delivery(delivery, repr(post)) if delivery else None)

    def post(self, text: str = "where is my bag?", **facts: object) -> CaseId:
        """A post comes in; the number of its case."""
        by = str(facts.pop("by", "@jane"))
        receipt = self.receive(self.a_post(text, by=by, **facts))
        assert receipt.case is not None
        return receipt.case

    def answer(self, number: CaseId, *, by: MemberId = ANN, text: str = "We are on it.") -> Reply:
        """A public reply, written and sent; the ten seconds of *Undo* pass."""
        reply = self.replies.submit(number, text, by=by, once=self._new_key())
        self.pass_time("10s")
        self.sending.send_due()
        with self.store.reading() as tx:
            return tx.replies.get(reply.key)

    # The set-up

    def put(self, area: str, document: object) -> None:
        with self.store.transaction() as tx:
            tx.setup.put(area, document)

    def document(self, area: str) -> dict[str, list[dict[str, object]]]:
        with self.store.reading() as tx:
            found: dict[str, list[dict[str, object]]] = tx.setup.get(area) or {}
            return found

    def department(self, key: str, **facts: object) -> None:
        """`desk.department("sales", hours=NINE_TO_FIVE, cover="service")`."""
        document = self.document("departments")
        next(one for one in document["department"] if one["key"] == key).update(facts)
        self.put("departments", document)

    def rota(self, *shifts: Mapping[str, object]) -> None:
        """`desk.rota({"person": "cem@example.com"}, {"person": …, "level": 2})`."""
        self.put("on_call", {"shift": list(shifts)})

    def rules(self, *rules: Mapping[str, object], default: str = "service") -> None:
        self.put("routing", {"rule": list(rules), "default": default})

    def target(self, **facts: str) -> None:
        """One more target: `desk.target(department="sales", first_response="20m")`."""
        document = self.document("sla")
        self.put("sla", {**document, "target": [*document["target"], facts]})

    def joined(self, key: str, *members: MemberId) -> None:
        """People the workspace tells of; who is known already stays as they are."""
        with self.store.transaction() as tx:
            tx.people.put(Person(one, one) for one in members if tx.people.get(one) is None)
            tx.people.joined(channel_of(key), members)

    def left(self, key: str, *members: MemberId) -> None:
        with self.store.transaction() as tx:
            tx.people.left(channel_of(key), members)

    def gone(self, member: MemberId) -> None:
        """The account is deactivated."""
        with self.store.transaction() as tx:
            person = tx.people.get(member)
            assert person is not None
            tx.people.put([replace(person, is_gone=True)])

    def work(self) -> AbstractContextManager[Work]:
        return self.kernel.work()

    def _found(self) -> None:
        with self.store.transaction() as tx:
            found(tx)

    def _new_key(self) -> str:
        with self._lock:
            return f"key{next(self._keys)}"
