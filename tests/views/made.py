"""Cases, posts and facts with only what a test cares about, and the foreign words in all places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.ask import Ask, Question
from bot.domain.case import Case, Closing, HandOff, Outcome, OutsideAnswer
from bot.domain.department import Department
from bot.domain.durations import hours
from bot.domain.facts import CardFacts, Nearby, NoteFacts, PingFacts
from bot.domain.hours import BusinessHours, parse_periods
from bot.domain.ids import CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.post import Author, Post, Priority, Visibility
from bot.domain.promises import PromiseRun
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.domain.sla import Promise

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
ANN, BEN, CEM = MemberId("U1"), MemberId("U2"), MemberId("U9")
SERVICE, SALES, TECHNICAL = (DepartmentKey(key) for key in ("service", "sales", "technical"))
LINK = "https://acme.slack.com/archives/C1/p1763630000000100"

WORKDAYS = BusinessHours(
    "Europe/Amsterdam", {day: parse_periods("09:00-18:00") for day in range(5)}
)
DEPARTMENTS = (
    Department(SERVICE, "Customer service", "#care-service"),
    Department(SALES, "Sales", "#care-sales", cover=SERVICE),
    Department(
        TECHNICAL, "Technical support", "#care-technical", WORKDAYS, SERVICE,
        handoff_needs=("booking reference", "device"),
    ),
)  # fmt: skip
MANY_DEPARTMENTS = tuple(
    replace(DEPARTMENTS[0], key=DepartmentKey(f"office-{n}"), name=f"Office {n}")
    for n in range(1, 37)
)

WORDS = "Stuck at gate B12 since 6, nobody tells us anything. Is there a refund?"


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def post(text: str = WORDS, **changes: object) -> Post:
    jane = Author("@jane", "42", "Jane Doe", 120)
    made = Post(
        "x", "570306133677760513", text, jane, ago(31), "@northwind", url="https://x.com/jane/1"
    )
    return replace(made, **changes)


def case(**changes: object) -> Case:
    made = Case(
        CaseId(1042), PostKey("x:570306133677760513"), SERVICE, Priority.URGENT, ago(31),
        "rule 3 (words refund)",
    )  # fmt: skip
    return replace(made, **changes)


def run(due: datetime | None, promise: Promise = Promise.FIRST_RESPONSE) -> PromiseRun:
    return PromiseRun(CaseId(1042), promise, ago(31), SERVICE, hours(1), True, 75, due_at=due)


def reply(state: ReplyState, **changes: object) -> Reply:
    made = Reply(
        "key-1", CaseId(1042), PostKey("x:1"), ANN, "We are so sorry, Jane. Buses leave at 10.",
        Visibility.PUBLIC, "@northwind", ago(1), NOW + timedelta(seconds=10), state,
    )  # fmt: skip
    return replace(made, **changes)


def facts(of: Case | None = None, **changes: object) -> CardFacts:
    made = CardFacts(
        case=of or case(),
        post=post(),
        language="en",
        department=DEPARTMENTS[0],
        shown_in=SERVICE,
        now=NOW,
        outgoing=Outgoing.ON,
        due=run(NOW + timedelta(minutes=28)),
    )
    return replace(made, **changes)


def claimed(**changes: object) -> Case:
    return case(assignee=ANN, claimed_at=ago(10), **changes)


def offer(person: MemberId | None = None, **changes: object) -> HandOff:
    until = NOW + timedelta(minutes=15)
    made = HandOff(BEN, SALES, person, "Look at the router log", NOW, until, ("device",))
    return replace(made, **changes)


def closed(outcome: Outcome, **changes: object) -> Case:
    made = Closing(outcome, ANN, ago(17), **changes)
    return claimed(closing=made)


def ping_facts(**changes: object) -> PingFacts:
    made = PingFacts(
        case=case(id=CaseId(1045)),
        post=post(),
        department=DEPARTMENTS[0],
        key="ping:1045:first_response:1763:0",
        people=(CEM,),
        why="on-call",
        now=NOW,
        run=replace(run(ago(4)), breached_at=ago(4)),
        times=3,
        names={ANN: "Ann", BEN: "Ben", CEM: "Cem"},
        link=LINK,
    )
    return replace(made, **changes)


def note_facts(say: str, **changes: object) -> NoteFacts:
    made = NoteFacts(
        say, NOW, claimed(), post(), reply(ReplyState.SENT, sent_at=NOW), question(), LINK,
        {"by": BEN, "reason": "The lounge is full", "why": "not ours", "origin": "sales",
         "department": "technical", "sender": BEN, "person": CEM,
         "ask": "Look at the router log", "place": "department:sales", "start": 1795250400,
         "until": 1795284000, "listed": 412, "digests": 9, "open": 37,
         "closed": "Marketing", "opens": 1795284000000, "due": 1795250400000, "times": 3,
         "switch": "hold", "name": "Ann", "at": 1795250400000},
    )  # fmt: skip
    return replace(made, **changes)


def question(**changes: object) -> Question:
    made = Question(7, CaseId(1042), ANN, "channel:C77", "Is gate B12 open again?", ago(5))
    return replace(made, **changes)


def everywhere(text: str) -> CardFacts:
    """A card on which every foreign word is this one; names as long as the intake lets them be."""
    whole, text = text, text[:255]
    written = post(
        whole,
        author=Author(text, text, text, 1_234_567),
        account=text,
        source="x",
        url=f"https://x.com/{text[:50]}",
        media=(f"https://cdn.example/{text[:50]}", "javascript:alert(1)", "https://a.b.example/c"),
        visibility=Visibility.PRIVATE,
    )
    owned = claimed(
        why=text,
        escalated=text,
        hand_off=offer(ask=text, missing=(text,)),
        earlier=CaseId(9),
        outside=OutsideAnswer(NOW, ANN, url=f"https://x.com/{text[:50]}"),
    )
    return facts(
        owned,
        post=written,
        outside=written,
        latest=written,
        follow_ups=3,
        language=text,
        earlier_cases=3,
        department=Department(SERVICE, text, text),
        asks=(Ask(CaseId(1042), SALES, text), Ask(CaseId(1042), TECHNICAL, text, BEN, NOW)),
        nearby=(Nearby(CaseId(1043), ago(3)),),
        reply=reply(ReplyState.HELD, text=whole, reason=text),
        opens_at=NOW + timedelta(hours=40),
        cover=Department(SALES, text, text),
        is_edited=True,
        is_deleted=True,
    )
