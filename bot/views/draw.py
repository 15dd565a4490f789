"""The view of each kind of message: what the speaker draws a letter with."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.effects import Kind
from bot.domain.facts import (
    AlertFacts,
    BundleFacts,
    CardFacts,
    DigestFacts,
    MovedFacts,
    NoteFacts,
    PingFacts,
    WarningFacts,
    WarningsFacts,
)
from bot.domain.incident_facts import IncidentNote
from bot.views.alerts import alert
from bot.views.card import card
from bot.views.digest import digest
from bot.views.drawn import Drawn
from bot.views.incident_notes import incident_note
from bot.views.notes import note
from bot.views.pings import late_list, ping
from bot.views.warned import warning, warnings

_VIEWS: Mapping[Kind, tuple[type | tuple[type, ...], Callable[[Any], Drawn]]] = {
    Kind.CARD: (CardFacts, card),
    Kind.PING: ((PingFacts, MovedFacts), ping),
    Kind.BUNDLE: ((BundleFacts, MovedFacts), late_list),
    Kind.DIGEST: (DigestFacts, digest),
    Kind.WARNING: (WarningFacts, warning),
    Kind.WARNINGS: (WarningsFacts, warnings),
    Kind.NOTE: (NoteFacts, note),
    Kind.INCIDENT: (IncidentNote, incident_note),
    Kind.ALERT: (AlertFacts, alert),
}


def draw(kind: Kind, content: object) -> Drawn:
    """The message; a kind that comes with the facts of another is a fault of ours."""
    facts, view = _VIEWS[kind]
    if not isinstance(content, facts):
        raise TypeError(f"a {kind} is not drawn from {type(content).__name__}")
    return view(content)
