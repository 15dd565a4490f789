"""Which parts of the desk one process runs."""

from dataclasses import dataclass

WEB = "web"  # intake, health, and Slack over HTTP
SLACK = "slack"  # Slack over its socket: clicks, commands, home tabs
CLOCK = "clock"  # promises, rota, reminders; who is where
DELIVERY = "delivery"  # messages, public replies, the channels of incidents
PARTS = frozenset({WEB, SLACK, CLOCK, DELIVERY})


@dataclass(frozen=True)
class Share:
    """`is_alone`: no other process of this desk can be alive."""

    parts: frozenset[str] = PARTS
    is_alone: bool = True


WHOLE = Share()
