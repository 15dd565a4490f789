"""*Try this*: the first ten minutes as steps that tick themselves, from what really happened."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.domain.ids import CUSTOMER, CaseId, MemberId
from bot.domain.incident_facts import Happened
from bot.domain.timeline import Event, What
from bot.store.setup import Change

HOME = "home"
ROOM = "inc-"


@dataclass(frozen=True)
class Seen:
    """What has happened since the day began."""

    events: Sequence[Event]
    changes: Sequence[Change]
    typed: Sequence[tuple[str, str]]  # who typed which command
    channels: frozenset[str]
    at_home: frozenset[str]  # who has opened their home tab
    happened: frozenset[Happened]  # in the incidents of the day
    listed: frozenset[CaseId]  # in the messages of a storm
    names: dict[MemberId, str]

    def did(self, what: What, who: str = "", **data: object) -> bool:
        """Somebody of that name, or anybody, did that with such data."""
        return any(
            event.what is what
            and who in ("", self.names.get(event.by))
            and all(event.data.get(name) == value for name, value in data.items())
            for event in self.events
        )

    def has_typed(self, *beginnings: str) -> bool:
        return any(text.startswith(beginnings) for _, text in self.typed)

    def did_to_one(self, cases: Collection[CaseId], what: What, who: str) -> bool:
        return any(
            event.what is what and event.case in cases and self.names.get(event.by) == who
            for event in self.events
        )

    @property
    def thanked(self) -> bool:
        """A customer wrote after an answer had become public."""
        sent = {e.case for e in self.events if e.what is What.REPLY and e.data["state"] == "sent"}
        return any(
            e.case in sent
            for e in self.events
            if e.by == CUSTOMER and e.what in (What.POSTED, What.REOPENED)
        )


@dataclass(frozen=True)
class Step:
    who: str
    where: str  # the channel to do it in, `inc-` for that of an incident, or `HOME`
    text: str
    is_done: Callable[[Seen], bool]
    needs: str = ""  # the slash command without which the step is not shown


def _changed(area: str, *, undone: bool = False) -> Callable[[Seen], bool]:
    return lambda seen: any(
        one.area == area and (one.undone_by is not None or not undone) for one in seen.changes
    )


def _braked(seen: Seen) -> bool:
    return any(one.area == "outgoing" and one.after != "on" for one in seen.changes)


def _released(seen: Seen) -> bool:
    """On again, after it was not; the newest change comes first."""
    newest = next((one.after for one in seen.changes if one.area == "outgoing"), None)
    return _braked(seen) and newest == "on"


STEPS = (
    Step("Ann", "care-service",
         "#1042 is urgent. Press *Claim* under it: it is yours, and all see it.",
         lambda seen: seen.did(What.CLAIMED, "Ann")),
    Step("Ann", "care-service",
         "Press *Reply*, write to Jane, look at the *Preview*, press *Send*.",
         lambda seen: seen.did(What.REPLY, "Ann", state="undo")),
    Step("Ann", "care-service",
         "Ten seconds for *Undo*. Then it is public: watch the customer's *Phone*.",
         lambda seen: seen.did(What.REPLY, state="sent")),
    Step("Ann", "care-service",
         "Be Jane: press *Say thanks* on her phone. It comes back to the card.",
         lambda seen: seen.thanked),
    Step("Ann", "care-service",
         "Press *Solve*: the card shrinks to one line.",
         lambda seen: seen.did(What.CLOSED, "Ann")),
    Step("Ann", "care-service",
         "#1044 is for Technical support. Press *Hand off*, choose them, say what to do.",
         lambda seen: seen.did(What.HANDED_OFF, "Ann")),
    Step("Ben", "care-technical",
         "A hand-off is a contract. Press *Accept* under #1044.",
         lambda seen: seen.did(What.ACCEPTED, "Ben")),
    Step("Sue", "care-sales",
         "Technical support answers #1043, Sales has a part in it. Press *Done*.",
         lambda seen: seen.did(What.ASK_DONE, "Sue")),
    Step("Cem", "rapid-response",
         "Press *+1 h* at the top. What got no answer is late: you are pinged.",
         lambda seen: seen.did(What.PINGED)),
    Step("Cem", "rapid-response",
         "Press *Acknowledge*: nobody else is called for it.",
         lambda seen: seen.did(What.ACKNOWLEDGED, "Cem")),
    Step("Cem", "care-service",
         "Every clock gives its reasons: type `/sla explain 1042` below and Enter.",
         lambda seen: seen.has_typed("/sla explain")),
    Step("Eve", "care-triage",
         "A new rule: type `/routing add marketing words:fox,mural,harbour`",
         _changed("routing")),
    Step("Eve", "care-triage",
         "It says what it would have moved last week. Press *Undo* beside it.",
         _changed("routing", undone=True)),
    Step("Eve", "care-triage",
         "The brake: type `/desk outgoing off`. Nobody can publish now.",
         _braked),
    Step("Eve", "care-triage", "And on again: `/desk outgoing on`", _released),
    Step("Dora", "care-pr",
         "A crisis: type `/incident declare \"Stranded at B12\"`",
         lambda seen: any(name.startswith(ROOM) for name in seen.channels), "/incident"),
    Step("Dora", ROOM,
         "It has a channel of its own. Type `/incident link 1042`, then press *Post update*.",
         lambda seen: {Happened.LINKED, Happened.UPDATE} <= seen.happened, "/incident"),
    Step("Dora", ROOM,
         "Press *Stand down*: what happened is written up for all.",
         lambda seen: Happened.STOOD_DOWN in seen.happened, "/incident"),
    Step("Ann", HOME,
         "Your home tab: what is yours, what waits, how today goes.",
         lambda seen: "Ann" in seen.at_home),
    Step("Eve", "care-triage",
         "Who is on call? Type `/rota`",
         lambda seen: seen.has_typed("/rota"), "/rota"),
    Step("Ann", "care-service",
         "Now choose *Ash cloud* at the top: 300 people write within a minute.",
         lambda seen: bool(seen.listed)),
    Step("Ann", "care-service",
         "They share messages. *Open* a line and *Claim*: its card is in the thread.",
         lambda seen: seen.did_to_one(seen.listed, What.CLAIMED, "Ann")),
    Step("Ann", "care-service",
         "Urgent ones (◆) kept cards of their own. Nobody is lost: type `/case queue`",
         lambda seen: seen.has_typed("/case queue")),
    Step("Eve", "care-triage",
         "Your own Slack: type `/desk setup` to see what a desk needs.",
         lambda seen: seen.has_typed("/desk setup")),
)  # fmt: skip


class Progress:
    """Which steps are done; a tick stays, whatever is undone later."""

    def __init__(self, steps: Sequence[Step]):
        self.steps = steps
        self._done: set[int] = set()

    def look(self, seen: Seen) -> list[bool]:
        for number, step in enumerate(self.steps):
            if number not in self._done and step.is_done(seen):
                self._done.add(number)
        return [number in self._done for number in range(len(self.steps))]


def offered(commands: set[str]) -> list[Step]:
    """The steps whose parts are built."""
    return [step for step in STEPS if not step.needs or step.needs in commands]
