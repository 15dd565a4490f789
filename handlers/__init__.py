"""Slack's door: read, ask one service, acknowledge, answer."""

import re

from slack_bolt import App

from handlers import (  # noqa: F401 - each registers what it answers
    case_actions,
    case_forms,
    case_pairs,
    elsewhere,
    events,
    home_tab,
    incident_actions,
    ping_actions,
    reply_actions,
    setup_forms,
    shortcuts,
)
from handlers.commands import case, incident, rota, routing, sla  # noqa: F401
from handlers.commands import desk as desk_commands  # noqa: F401
from handlers.commands import outgoing as outgoing_command  # noqa: F401
from handlers.commands.registry import BARE
from handlers.desk import Desk
from handlers.listeners import EVENTS, Event, left, picked, pressed, submitted
from handlers.listening import Listening

_ANY = re.compile(".*", re.DOTALL)


def register(app: App, desk: Desk) -> None:
    """Everything this desk hears, the rest too: Slack has its 200; the first match answers."""
    listening = Listening(desk)
    # Bolt asks one listener after the other, so what is wanted most and soonest stands first.
    app.action(_ANY)(listening.press(pressed))
    app.view_submission(_ANY)(listening.submission(submitted))
    app.view_closed(_ANY)(listening.closing(left))
    app.shortcut(_ANY)(listening.pick(picked))
    for noun in BARE:
        app.command(f"/{desk.prefix}{noun}")(listening.command(noun))
    for kind, event in EVENTS.items():
        app.event(kind)(listening.event(event))
    app.event(_ANY)(listening.event(Event(lambda _desk, _heard: None, later=False)))
