"""What is asked often is looked up, never searched for: at a million cases as at ten."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.domain.effects import Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.lexemes import sought
from bot.domain.outbox import Message, MessageState
from bot.domain.post import Author, Post
from bot.domain.search import parse
from bot.store.counts import Counting
from bot.store.database import Row
from bot.store.postgres import PostgresDatabase
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store, Transaction
from tests.company import ANN, MONDAY, SERVICE
from tests.engines import Databases

CASE = CaseId(1001)
HEAD = Message(
    "card:1001:service", Kind.CARD, "department:service", None, Lane.CARD, CASE, {}, 1, 0,
    MessageState.QUEUED, MONDAY, 0, MONDAY,
)  # fmt: skip
POST = Post("x", "1", "where is my bag?", Author("@jane"))
ASKED_OFTEN = {
    "the case": lambda tx: tx.cases.find(CASE),
    "some cases": lambda tx: tx.cases.among([CASE]),
    "the queue": lambda tx: tx.cases.queue(SERVICE),
    "one's own cases": lambda tx: tx.cases.of_member(ANN),
    "how many they are": lambda tx: tx.cases.count_of_member(ANN),
    "offered cases": lambda tx: tx.cases.offered_to(ANN),
    "the load": lambda tx: tx.cases.open_count(SERVICE),
    "an author's cases": lambda tx: tx.cases.of_author("x:@jane"),
    "some posts": lambda tx: tx.posts.among([POST.key]),
    "a post": lambda tx: tx.posts.get(POST.key),
    "a case's posts": lambda tx: tx.posts.of_case(CASE),
    "an author's posts": lambda tx: tx.posts.of_author(POST, since=MONDAY),
    "the week's posts": lambda tx: tx.posts.addressed_since(MONDAY, limit=100),
    "a conversation": lambda tx: tx.conversations.knows("x:1"),
    "its first case": lambda tx: tx.conversations.first_case(POST.key),
    "its only customer": lambda tx: tx.conversations.only_customer(POST.key),
    "others in it": lambda tx: tx.conversations.others(["x:1"], ["x:@jane"]),
    "what they say": lambda tx: tx.conversations.voices(["x:1"], ["x:@jane"], limit=8),
    "our own word in it": lambda tx: tx.conversations.ours_answering(POST.key, "1"),
    "a customer's open cases": lambda tx: tx.cases.open_of("x:@jane", limit=8),
    "how many more": lambda tx: tx.cases.open_count_of("x:@jane"),
    "a customer's cases there": lambda tx: tx.cases.in_conversation("x:@jane", POST.key),
    "a customer's news": lambda tx: tx.conversations.news_of("x:@jane", since=MONDAY),
    "what they were overheard saying": lambda tx: tx.conversations.overheard_of(
        "x:@jane", since=MONDAY, limit=8
    ),
    "our reply": lambda tx: tx.replies.by_receipt("x", "r1"),
    "our replies to it": lambda tx: tx.replies.out_to(POST.key),
    "our replies there": lambda tx: tx.replies.out_in(POST.key),
    "a case's replies": lambda tx: tx.replies.of_case(CASE),
    "the latest reply": lambda tx: tx.replies.latest(CASE),
    "ripe replies": lambda tx: tx.replies.ripe(MONDAY, limit=4),
    "a case's clocks": lambda tx: tx.promises.of_case(CASE),
    "a period's cases": lambda tx: tx.periods.cases(MONDAY, MONDAY),
    "many clocks": lambda tx: tx.promises.running_of([CASE], ["first_response"]),
    "an acknowledgement": lambda tx: tx.acknowledgements.get(CASE, "m"),
    "due timers": lambda tx: tx.timers.due(MONDAY, limit=500),
    "a case's timers": lambda tx: tx.timers.of_case(CASE),
    "the timeline": lambda tx: tx.timeline.of_case(CASE),
    "asks": lambda tx: tx.asks.of_case(CASE),
    "questions": lambda tx: tx.asks.questions(CASE),
    "a message": lambda tx: tx.outbox.get("card:1001:service"),
    "whose thread it is": lambda tx: tx.outbox.at_message(ChannelId("C1"), "1.2"),
    "a case's pings": lambda tx: tx.outbox.of_case(CASE, Kind.PING),
    "what may be said": lambda tx: tx.queue.heads(MONDAY),
    "who is next": lambda tx: tx.queue.next_to(HEAD, MONDAY),
    "cards that wait": lambda tx: tx.queue.waiting(),
    "the lists of a case": lambda tx: tx.calls.lists_of(CASE),
    "the calls about some cases": lambda tx: tx.calls.of_cases([CASE]),
    "the calls that stand": lambda tx: tx.calls.standing("rapid-response"),
    "the calls that wait": lambda tx: tx.calls.waiting("rapid-response"),
    "the lists that wait": lambda tx: tx.calls.unsaid_lists("rapid-response"),
    "the newest list": lambda tx: tx.calls.newest_list("rapid-response"),
    "the lines of a list": lambda tx: tx.calls.lines_of("bundle:1"),
    "the cases somebody is called for": lambda tx: tx.calls.naming(ANN),
    "warnings of some cases": lambda tx: tx.outbox.of_cases([CASE], Kind.WARNING),
    "pings that wait": lambda tx: tx.outbox.waiting(Kind.PING, "rapid-response", limit=45),
    "cards of a channel": lambda tx: tx.queue.cards("department:service", MONDAY, limit=48),
    "what hangs below": lambda tx: tx.queue.with_something_below([HEAD]),
    "changes to hooks": lambda tx: tx.queue.changes_at([(ChannelId("C1"), "1.2")], MONDAY),
    "a storm's cases": lambda tx: tx.queue.listed("department:service", MONDAY),
    "parked messages": lambda tx: tx.outbox.in_state(MessageState.PARKED),
    "refused messages": lambda tx: tx.outbox.not_taken(MessageState.DEAD, limit=100),
    "replies that wait": lambda tx: tx.replies.for_a_person([SERVICE], limit=100),
    "a person's channels": lambda tx: tx.people.channels_of(ANN),
    "membership": lambda tx: tx.people.is_in(ChannelId("C1"), ANN),
    "cases by their words": lambda tx: tx.words.find(sought(parse("bag")), limit=500),
    "somebody by e-mail": lambda tx: tx.people.by_email("ann@example.com"),
}


class Explaining(SqliteDatabase):
    """Keeps how SQLite would find the rows that it is asked for."""

    def __init__(self, path: Path):
        super().__init__(path, synchronous="OFF")
        self.plans: list[str] = []

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        self.plans += [row["detail"] for row in super().rows(f"explain query plan {sql}", params)]
        return super().rows(sql, params)


@pytest.fixture(scope="module")
def explaining(tmp_path_factory: pytest.TempPathFactory) -> Explaining:
    db = Explaining(tmp_path_factory.mktemp("speed") / "desk.db")
    Store(db).migrate()
    return db


@pytest.mark.parametrize("question", ASKED_OFTEN)
def test_what_is_asked_often_is_answered_from_an_index(
    explaining: Explaining, question: str
) -> None:
    explaining.plans.clear()

    with Store(explaining).reading() as tx:
        ASKED_OFTEN[question](tx)

    assert explaining.plans
    assert [plan for plan in explaining.plans if _is_search(plan)] == []


def _is_search(plan: str) -> bool:
    """Through a whole table, not through the few rows that a question makes for itself."""
    is_small = plan.startswith(("SCAN CONSTANT", "SCAN places", "SCAN lanes"))
    return plan.startswith("SCAN") and "INDEX" not in plan and not is_small


class ExplainingPostgres(PostgresDatabase):
    """Keeps how PostgreSQL would find the rows, were its tables too big to be read whole."""

    def __init__(self, url: str):
        super().__init__(url)
        self.plans: list[str] = []

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        self.run("set local enable_seqscan = off")
        self.plans += [row["QUERY PLAN"] for row in super().rows(f"explain {sql}", params)]
        return super().rows(sql, params)


@pytest.fixture(scope="module")
def explaining_postgres(postgres: Databases) -> Iterator[ExplainingPostgres]:
    db = ExplainingPostgres(postgres.fresh())
    with db.reading():  # its connection is the module's, and not of whichever asks first
        pass
    yield db
    db.close()


@pytest.mark.parametrize("question", [*ASKED_OFTEN, "the first moments"])
def test_postgres_has_an_index_for_it_too(
    explaining_postgres: ExplainingPostgres, question: str
) -> None:
    explaining_postgres.plans.clear()

    with Store(explaining_postgres).reading() as tx:
        {**ASKED_OFTEN, "the first moments": _next_moments}[question](tx)

    assert explaining_postgres.plans
    assert [plan for plan in explaining_postgres.plans if "Seq Scan" in plan] == []


def test_the_metrics_count_over_partial_indexes(explaining: Explaining) -> None:
    explaining.plans.clear()

    Counting(explaining).now()

    assert [plan for plan in explaining.plans if plan == "SCAN promises"] == []
    assert [plan for plan in explaining.plans if plan == "SCAN cases"] == []


def test_the_first_timer_and_message_are_read_off_an_index(explaining: Explaining) -> None:
    explaining.plans.clear()

    with Store(explaining).reading() as tx:
        _next_moments(tx)

    assert all("INDEX" in plan for plan in explaining.plans)


def _next_moments(tx: Transaction) -> None:
    tx.timers.next_at()
    tx.replies.next_at()
    tx.seen.muted_until("x:@jane")
