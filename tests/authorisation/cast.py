"""Everybody who might press something, the cases they might press it on, and how they press."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.domain.case import Case
from bot.domain.department import Person
from bot.domain.ids import RAPID_RESPONSE, CaseId, DepartmentKey, MemberId
from bot.store.people import KnownChannel
from handlers.answers import Slow
from handlers.commands import registry
from handlers.guard import attempt
from handlers.heard import Heard
from handlers.listeners import EVENTS, picked, pressed, submitted
from handlers.payload import Act, Picked, Press, Submission, Typed
from tests.company import (
    ANN,
    BOB,
    CEM,
    DORA,
    EVE,
    GIL,
    MARKETING,
    PR,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    TRIAGE,
    channel_of,
)  # fmt: skip
from tests.desk import TestDesk
from tests.handlers.house import TEAM, House, Json, Mailbox

ADA, GUS, GON, PIA = (MemberId(one) for one in ("UADA", "UGUS", "UGON", "UPIA"))
RON, STU, SIS = (MemberId(one) for one in ("URON", "USTU", "USIS"))
HOMES = {STU: "T0OTHER", SIS: "T0SISTER"}  # Slack says it beside the workspace of the press


class Role(Enum):
    """Who acts, and the department whose cases are their own."""

    AGENT = (ANN, SERVICE)
    AGENT_ELSEWHERE = (TOM, TECHNICAL)
    FOLLOWER = (SUE, SERVICE)  # of marketing, which follows the cases of service here
    LEAD = (DORA, SERVICE)
    RESPONDER = (CEM, SERVICE)
    DESK_ADMIN = (ADA, SERVICE)
    WORKSPACE_ADMIN = (EVE, SERVICE)
    GUEST = (GIL, SERVICE)
    GUEST_NAMED = (GUS, SERVICE)
    NOBODY = (BOB, SERVICE)
    GONE = (GON, SERVICE)
    PUBLIC_UNNAMED = (PIA, PR)
    GUEST_RESPONDER = (RON, SERVICE)  # a guest in #rapid-response
    STRANGER = (STU, SERVICE)  # of another company, in a shared channel
    SISTER = (SIS, SERVICE)  # an agent who is at home in another workspace of ours

    @property
    def member(self) -> MemberId:
        return self.value[0]

    @property
    def home(self) -> DepartmentKey:
        return self.value[1]


class Target(Enum):
    OWN = "own"
    OTHER = "other"
    NOWHERE = "no department"  # nobody has decided yet whose it is
    STALE = "stale"  # it was theirs when the button was drawn
    TAMPERED = "tampered"


def engage(desk: TestDesk) -> None:
    """The company of the stories, with those who are missing for the whole matrix."""
    with desk.store.transaction() as tx:
        tx.people.put([
            Person(ADA, "Ada", "ada@example.com"), Person(PIA, "Pia", "pia@example.com"),
            Person(GUS, "Gus", "gus@example.com", is_outside=True),
            Person(GON, "Gon", "gon@example.com", is_gone=True),
            Person(RON, "Ron", "ron@example.com", is_outside=True),
            Person(STU, "Stu", "stu@example.org", is_outside=True),
            Person(SIS, "Sis", "sis@example.com"),
        ])  # fmt: skip
        tx.people.joined(channel_of(SERVICE), [GUS, GON, STU, SIS])
        tx.people.joined(channel_of(RAPID_RESPONSE), [RON, STU])
        tx.people.joined(channel_of(PR), [PIA])
        tx.people.left(channel_of(SALES), [SUE])
        for place in (PR, TRIAGE):
            tx.people.left(channel_of(place), [EVE, DORA])
        public = KnownChannel(f"department:{PR}", "care-pr", channel_of(PR), is_private=False)
        tx.people.put_channel(public)
        tx.setup.put("admins", [ADA])
        tx.setup.put("named", {SERVICE: {GUS: "member"}})
    desk.rules(
        {"department": "service", "when": "words:service", "also": ["marketing"]},
        *({"department": key, "when": f"words:{key}"} for key in (SALES, TECHNICAL, PR)),
        default="triage",
    )


def words_of(department: DepartmentKey) -> str:
    """What a customer wrote to it, for its own eyes only."""
    return f"jewels for {department}"


def open_cases(desk: TestDesk) -> dict[DepartmentKey, CaseId]:
    """One of each department; the last is nobody's yet."""
    homes = (SERVICE, SALES, TECHNICAL, PR, TRIAGE)
    return {key: desk.post(words_of(key), by=f"@{key}") for key in homes}


def home_of(role: Role, what: Target) -> DepartmentKey:
    """Where the case was when the button was drawn."""
    return {Target.OTHER: SALES, Target.NOWHERE: TRIAGE}.get(what, role.home)


def case_for(desk: TestDesk, number: CaseId, what: Target) -> Case:
    with desk.store.transaction() as tx:
        case = tx.cases.get(number)
        if what is Target.STALE:
            case = case.route(SALES, "somebody decided")
            tx.asks.drop(case.id, MARKETING)
            tx.cases.save(case)
    return case


class Door(House):
    """Slack's door without the walk through Bolt: what a payload comes to, or why it is refused."""

    answer: object = None

    def __init__(self, story: TestDesk):
        super().__init__(story, Mailbox("http://127.0.0.1:9/"))

    def acting(self, kind: str, by: MemberId, **facts: Any) -> Json:
        return super().acting(kind, by, **({"home": HOMES.get(by, TEAM)} | facts))

    def send(self, body: Json) -> Json:
        act, do = self._read(body)
        self.answer = attempt(self.desk, lambda: self._admitted(act, do))
        return {}

    def hear(self, kind: str, **facts: object) -> None:
        """Said or marked in a channel, and told by Slack as an event."""
        home = HOMES.get(MemberId(str(facts.get("user"))), self.desk.team)
        event = {"type": kind, "user_team": home, "ts": "9.9", **facts}
        self.answer = attempt(
            self.desk, lambda: EVENTS[kind].act(self.desk, Heard({"event": event}))
        )

    def _admitted(self, act: Act, do: Callable[[], object]) -> object:
        """What takes a while to draw is drawn: a refusal may stand behind it."""
        act.must_be_of(self.desk.team)
        answer = do()
        return answer.draw() if isinstance(answer, Slow) else answer

    def _read(self, body: Json) -> tuple[Act, Callable[[], object]]:
        match body.get("type"):
            case "block_actions":
                press = Press.read(body)
                return press, lambda: pressed(self.desk, press)
            case "view_submission":
                sent = Submission.read(body)
                return sent, lambda: submitted(self.desk, sent)
            case "message_action":
                pick = Picked.read(body)
                return pick, lambda: picked(self.desk, pick)
        typed, noun = Typed.read(body), str(body["command"]).removeprefix("/")
        return typed, lambda: registry.run(self.desk, noun, typed)


@dataclass(frozen=True)
class Cell:
    """One square of the matrix, ready to be tried."""

    door: Door
    role: Role
    target: Target
    case: Case
    words: str  # of the customer

    @property
    def by(self) -> MemberId:
        return self.role.member

    @property
    def author(self) -> str:
        """The customer of the case, as `open_cases` named them."""
        return f"@{self.words.rpartition(' ')[2]}"

    @property
    def value(self) -> str:
        """What the button carries."""
        return "1; drop table cases" if self.target is Target.TAMPERED else str(self.case.id)

    def key(self, kept: str) -> str:
        """Likewise, where it carries a key."""
        return "no such <key>" if self.target is Target.TAMPERED else kept
