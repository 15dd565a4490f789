"""What the outside must be told, stored before it is sent.

An effect is a Slack message named by its key. Its content is not stored: delivery draws it from the
latest state, so ten changes of a card end as one update, and a lost message can be made again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain.ids import RAPID_RESPONSE, CaseId, DepartmentKey, IncidentId, MemberId
from bot.domain.promises import PromiseRun


class Lane(IntEnum):
    """Who speaks first when Slack lets only some speak."""

    PING = 0
    URGENT = 1  # cards of urgent cases, their changes, warnings
    CARD = 2
    UPDATE = 3  # what changed about something that is known already
    NOTE = 4


class Kind(StrEnum):
    CARD = "card"
    PING = "ping"
    BUNDLE = "bundle"  # the list of what is late
    DIGEST = "digest"
    WARNING = "warning"
    WARNINGS = "warnings"
    NOTE = "note"
    INCIDENT = "incident"
    ALERT = "alert"


SHARED = (Kind.BUNDLE, Kind.DIGEST, Kind.WARNINGS)  # each says what many would


@dataclass(frozen=True)
class Effect:
    """`place` is `department:KEY`, `incident:N`, `rapid-response`, `person:ID` or `channel:ID`.

    `thread` is the key of the message it hangs under; it waits until that one stands.
    """

    key: str
    kind: Kind
    place: str
    lane: Lane
    case: CaseId | None = None
    args: Mapping[str, object] = field(default_factory=dict)
    thread: str | None = None
    not_before: datetime | None = None
    revise: bool = True  # False: the same key again says nothing new


def card(case: CaseId, department: DepartmentKey, *, lane: Lane = Lane.CARD) -> Effect:
    """The card of a case in one department's channel, at its latest state."""
    return Effect(
        card_key(case, department), Kind.CARD, f"department:{department}", lane, case,
        {"department": department},
    )  # fmt: skip


def card_key(case: CaseId, department: DepartmentKey) -> str:
    return f"card:{case}:{department}"


def note(
    key: str, case: CaseId, department: DepartmentKey, words: Mapping[str, object],
    *, lane: Lane = Lane.NOTE,
) -> Effect:  # fmt: skip
    """A line in the card's thread, said once; `words` names a sentence and its facts."""
    return Effect(
        f"note:{key}", Kind.NOTE, f"department:{department}", lane, case, words,
        thread=card_key(case, department), revise=False,
    )  # fmt: skip


def note_directly(
    key: str, case: CaseId, people: Iterable[MemberId], words: Mapping[str, object], lane: Lane
) -> list[Effect]:
    """The same line for those whom the mention in its thread does not reach."""
    direct = {name: value for name, value in words.items() if name != "to"} | {"direct": True}
    return [tell(f"{key}:{one}", f"person:{one}", direct, case, lane=lane) for one in people]


def late_list(
    key: str, place: str, pings: Sequence[str], lines: Sequence[str] = (), *, at: datetime
) -> Effect:
    """The list of what is late, for the pings that it says first; `lines` stood in it before."""
    args = {"pings": list(pings), "lines": list(lines), "at": int(at.timestamp())}
    return Effect(key, Kind.BUNDLE, place, Lane.PING, args=args)


def warnings(key: str, place: str, warned: Sequence[str], thread: str | None) -> Effect:
    """The same for warnings; in the thread of the digest where it lists all their cases."""
    args = {"warnings": list(warned)}
    return Effect(f"warnings:{key}", Kind.WARNINGS, place, Lane.URGENT, args=args, thread=thread)


def digest(key: str, place: str, cards: Sequence[str]) -> Effect:
    """One message for cards that wait together in a storm, by their keys."""
    return Effect(f"digest:{key}", Kind.DIGEST, place, Lane.CARD, args={"cards": list(cards)})


def tell(
    key: str, place: str, words: Mapping[str, object], case: CaseId | None = None,
    *, lane: Lane = Lane.NOTE,
) -> Effect:  # fmt: skip
    """A line to a person or a channel, said once."""
    return Effect(f"note:{key}", Kind.NOTE, place, lane, case, words, revise=False)


def warning(
    run: PromiseRun, department: DepartmentKey,
    *, owner: MemberId | None = None, thread: str | None = None,
) -> Effect:  # fmt: skip
    """Before a promise is broken, in the card's thread; never in rapid response.

    Another owner is warned too, and everybody once more where the deadline was moved.
    """
    place = f"department:{department}"
    key = ":".join(filter(None, ["warning", str(run.case), run.name, place, owner, _due(run)]))
    return _warning(key, place, run, thread)


def aloud(told: Effect) -> Effect:
    """A line of a thread that names nobody: the channel shows it too."""
    return replace(told, args={**told.args, "aloud": True}) if told.thread else told


def warn_directly(run: PromiseRun, person: MemberId) -> Effect:
    """The same for somebody who does not see that thread."""
    place = f"person:{person}"
    return _warning(f"warning:{run.case}:{run.name}:{place}:{_due(run)}", place, run)


def _warning(key: str, place: str, run: PromiseRun, thread: str | None = None) -> Effect:
    args = {"matter": run.name}
    return Effect(key, Kind.WARNING, place, Lane.URGENT, run.case, args, thread, revise=False)


def _due(run: PromiseRun) -> str:
    return str(int(run.due_at.timestamp())) if run.due_at else ""


def ping(case: CaseId, matter: str, step: str, people: tuple[MemberId, ...], why: str) -> Effect:
    """A call in rapid response that should make a phone buzz: a line of the list, *Acknowledge*.

    `matter` is what an acknowledgement settles; each of its steps is pinged once.
    """
    args = {"people": list(people), "why": why, "matter": matter}
    key = f"ping:{case}:{matter}:{step}"
    return Effect(key, Kind.PING, RAPID_RESPONSE, Lane.PING, case, args, revise=False)


def direct(pinged: Effect, person: MemberId) -> Effect:
    """The same call in a direct message to one of those it names."""
    return replace(pinged, key=f"{pinged.key}.{person}", place=f"person:{person}")


def alert(key: str, place: str, cases: Mapping[CaseId, str], lane: Lane) -> Effect:
    """A line in a department's channel for cases that nobody has taken, said once."""
    args = {"cases": list(cases), "whys": list(cases.values())}
    only = next(iter(cases)) if len(cases) == 1 else None
    return Effect(f"alert:{key}", Kind.ALERT, place, lane, only, args, revise=False)


def incident_place(incident: IncidentId) -> str:
    """The channel of an incident, once it stands."""
    return f"incident:{incident}"


def is_room(place: str) -> bool:
    """Whether it is an incident's."""
    return place.startswith("incident:")


def incident_facts(incident: IncidentId) -> Effect:
    """The pinned card of an incident, at its latest state."""
    args = {"incident": incident, "say": "facts"}
    place = incident_place(incident)
    return Effect(f"facts:{incident}", Kind.INCIDENT, place, Lane.URGENT, args=args)


def incident_word(
    key: str, incident: IncidentId, say: str, place: str = "", **words: object
) -> Effect:
    """A line about an incident, said once; in its own channel unless another place is named."""
    args = {"incident": incident, "say": say, **words}
    where = place or incident_place(incident)
    return Effect(
        f"incident:{incident}:{key}", Kind.INCIDENT, where, Lane.URGENT, args=args, revise=False
    )
