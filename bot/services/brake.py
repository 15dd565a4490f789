"""The brake on public replies: who moved it, when and why, and that everybody hears of it at once.

The switch itself is a document of the set-up; every reply looks at it in the transaction that would
send it, so it is in force with the commit.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import RAPID_RESPONSE, MemberId
from bot.domain.reply import Outgoing, OutgoingNote
from bot.services.kernel import Work
from bot.store.times import stamp

FIRST_OF_ITS_LANE = timedelta(minutes=5)  # before every ping that may wait at the same place


def switched(work: Work, to: Outgoing, by: MemberId, why: str = "") -> None:
    """The switch has been moved: kept with who and why, and said in every channel of the desk."""
    person = work.tx.people.get(by)
    name = person.name if person and person.name else f"the {by}"
    _keep(work, to, OutgoingNote(by, name, work.at, why))


def explained(work: Work, why: str) -> None:
    """The reason comes later: what was said everywhere says it too, and nobody is told twice."""
    note = work.setup.outgoing_note
    assert note is not None  # whoever braked has left one
    _keep(work, work.setup.outgoing, OutgoingNote(note.by, note.name, note.at, why))


def _keep(work: Work, to: Outgoing, note: OutgoingNote) -> None:
    document = {"by": note.by, "name": note.name, "at": stamp(note.at), "why": note.why}
    work.tx.setup.put("outgoing_note", document)
    work.tell(*(_said(work, place, to, note) for place in _places(work)))


def _places(work: Work) -> Iterator[str]:
    """Every channel once, also one that several departments share."""
    yield RAPID_RESPONSE
    seen: set[str] = set()
    for key, department in work.setup.departments.items():
        channel = department.channel.casefold()
        if channel and channel not in seen:
            seen.add(channel)
            yield f"department:{key}"


def _said(work: Work, place: str, to: Outgoing, note: OutgoingNote) -> Effect:
    """No ping, but before all that waits: whoever writes an answer must know it now."""
    at = stamp(note.at)
    words = {"say": "outgoing", "switch": to.value, "name": note.name, "at": at, "why": note.why}
    return Effect(
        f"note:brake:{at}:{to}:{place}", Kind.NOTE, place, Lane.PING, args=words,
        not_before=work.at - FIRST_OF_ITS_LANE,
    )  # fmt: skip
