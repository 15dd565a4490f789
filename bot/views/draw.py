"""The view of each kind of message: what the speaker draws a letter with."""

from bot.domain.effects import Kind
from bot.domain.facts import (
    BundleFacts,
    CardFacts,
    DigestFacts,
    NoteFacts,
    PingFacts,
    WarningFacts,
)
from bot.domain.incident_facts import IncidentNote
from bot.views.card import card
from bot.views.digest import digest
from bot.views.drawn import Drawn
from bot.views.incident_notes import incident_note
from bot.views.notes import note
from bot.views.pings import bundle, ping, warning


def draw(kind: Kind, content: object) -> Drawn:
    """The message; a kind that comes with the facts of another is a fault of ours."""
    match kind, content:
        case Kind.CARD, CardFacts():
            return card(content)
        case Kind.PING, PingFacts():
            return ping(content)
        case Kind.BUNDLE, BundleFacts():
            return bundle(content)
        case Kind.DIGEST, DigestFacts():
            return digest(content)
        case Kind.WARNING, WarningFacts():
            return warning(content)
        case Kind.NOTE, NoteFacts():
            return note(content)
        case Kind.INCIDENT, IncidentNote():
            return incident_note(content)
    raise TypeError(f"a {kind} is not drawn from {type(content).__name__}")
