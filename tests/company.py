"""The company of the stories: who is who, its departments, and the outside it speaks to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.domain.department import Person
from bot.domain.ids import RAPID_RESPONSE, ChannelId, DepartmentKey, MemberId
from bot.domain.outbox import Delivered, NetworkAnswer
from bot.domain.ports import LastLook, no_last_look
from bot.domain.post import Post
from bot.domain.reply import Reply
from bot.store.people import KnownChannel
from bot.store.store import Transaction

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

ANN = MemberId("UANN")  # service
BEN = MemberId("UBEN")  # service
DORA = MemberId("UDORA")  # service, its lead
TOM = MemberId("UTOM")  # technical
SUE = MemberId("USUE")  # sales
CEM = MemberId("UCEM")  # rapid response, on call round the clock
EVE = MemberId("UEVE")  # admin of the workspace; in no department but triage
GIL = MemberId("UGIL")  # a guest who sits in service's channel
BOB = MemberId("UBOB")  # of the workspace, in no channel

SERVICE, SALES, MARKETING, TECHNICAL, PR, TRIAGE = (
    DepartmentKey(key) for key in ("service", "sales", "marketing", "technical", "pr", "triage")
)
MEMBERS: dict[str, tuple[MemberId, ...]] = {
    SERVICE: (ANN, BEN, DORA, GIL),
    SALES: (SUE,),
    MARKETING: (SUE,),
    TECHNICAL: (TOM,),
    PR: (EVE,),
    TRIAGE: (EVE, DORA),
}
NINE_TO_FIVE = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def email_of(member: MemberId) -> str:
    return f"{member[1:].lower()}@example.com"


def channel_of(key: str) -> ChannelId:
    return ChannelId(f"C-{key.upper()}")


PEOPLE = [
    Person(
        member,
        member[1:].title(),
        email_of(member),
        is_admin=member == EVE,
        is_outside=member == GIL,
    )
    for member in (ANN, BEN, DORA, TOM, SUE, CEM, EVE, GIL, BOB)
]


@dataclass
class Languages:
    """Knows the language of the texts in its table, and of no other."""

    known: dict[str, str] = field(default_factory=dict)

    def language(self, text: str) -> str | None:
        return self.known.get(text)


@dataclass
class Megaphone:
    """The network: keeps every attempt, answers as told, else "it is out"."""

    said: list[tuple[Reply, Post]] = field(default_factory=list)
    answers: list[NetworkAnswer | BaseException] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None  # what happens while it is under way

    def send(self, reply: Reply, post: Post, _last_look: LastLook = no_last_look) -> NetworkAnswer:
        self.meanwhile()
        self.said.append((reply, post))
        answer = self.answers.pop(0) if self.answers else Delivered(f"r{len(self.said)}")
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def texts(self) -> list[str]:
        return [reply.text for reply, _ in self.said]


def found(tx: Transaction) -> None:
    """People, channels and documents, where there are none yet."""
    if tx.setup.get("departments"):
        return
    tx.people.put(PEOPLE)
    for key, members in MEMBERS.items():
        tx.people.put_channel(_private(f"department:{key}", f"care-{key}", key))
        tx.people.joined(channel_of(key), members)
    tx.people.put_channel(_private(RAPID_RESPONSE, RAPID_RESPONSE, RAPID_RESPONSE))
    tx.people.joined(channel_of(RAPID_RESPONSE), [CEM])
    for area, document in _DOCUMENTS.items():
        tx.setup.put(area, document)


def no_holidays(_country: str) -> Mapping[date, str]:
    return {}


def _private(place: str, name: str, key: str) -> KnownChannel:
    return KnownChannel(place, name, channel_of(key), is_private=True)


def _department(key: str, name: str, **facts: object) -> dict[str, object]:
    return {"key": key, "name": name, "channel": f"#care-{key}", **facts}


def _step(after: str, ping: str) -> dict[str, str]:
    return {"after": after, "ping": ping}


_DEPARTMENTS: Sequence[dict[str, object]] = [
    _department("service", "Customer service", lead=email_of(DORA)),
    _department("sales", "Sales"),
    _department("marketing", "Marketing"),
    _department("technical", "Technical support"),
    _department("pr", "Public relations"),
    _department("triage", "Triage"),
    {"key": "legal", "name": "Legal", "queue": False},
    {"key": "hr", "name": "Human resources", "queue": False},
]
_DOCUMENTS: dict[str, object] = {
    "departments": {"department": _DEPARTMENTS},
    "routing": {
        "default": "service",
        "rule": [
            {"department": "technical", "when": "words:app"},
            {"department": "sales", "when": "words:buy", "also": ["marketing"]},
            {"department": "triage", "when": "words:mystery"},
        ],
    },
    "sla": {
        "target": [
            {
                "department": "*", "priority": "*", "first_response": "1h", "next_response": "2h",
                "resolution": "1d", "warn": "75%", "hours": "business",
            }
        ],
        "escalation": [
            _step("0m", "on-call"), _step("10m", "second"), _step("20m", "team"),
            _step("30m", "lead"),
        ],
    },
    "on_call": {"shift": [{"person": email_of(CEM)}]},
}  # fmt: skip
