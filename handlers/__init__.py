"""Slack's door: read, ask one service, acknowledge, answer."""

import re

from slack_bolt import App

from handlers import (  # noqa: F401 - each registers what it answers
    case_actions,
    case_forms,
    events,
    ping_actions,
    reply_actions,
    setup_forms,
    shortcuts,
)
from handlers.commands import case, routing, sla  # noqa: F401
from handlers.commands import desk as desk_commands  # noqa: F401
from handlers.commands.registry import BARE
from handlers.desk import Desk
from handlers.listeners import EVENTS, PRESSES, SHORTCUTS, SUBMISSIONS, Event
from handlers.listening import Listening, unknown

_ANY = re.compile(".*", re.DOTALL)


def register(app: App, desk: Desk) -> None:
    """Everything this desk hears; the first match answers, so what takes the rest stands last."""
    listening = Listening(app, desk)
    for noun in BARE:
        app.command(f"/{desk.prefix}{noun}")(listening.command(noun))
    for kind, event in EVENTS.items():
        app.event(kind)(listening.event(event))
    _register_presses(app, listening)
    _register_the_rest(app, listening)


def _register_presses(app: App, listening: Listening) -> None:
    for name, on_press in PRESSES.items():
        app.action(name)(listening.press(on_press))
    for form, on_submit in SUBMISSIONS.items():
        app.view(form)(listening.submission(on_submit))
    for callback_id, shortcut in SHORTCUTS.items():
        app.shortcut(callback_id)(listening.pick(shortcut.act))


def _register_the_rest(app: App, listening: Listening) -> None:
    """Slack has its 200 for every event, and a person a sentence for every press."""
    app.action(_ANY)(listening.press(unknown))
    app.view(_ANY)(listening.submission(unknown))
    app.shortcut(_ANY)(listening.pick(unknown))
    app.event(_ANY)(listening.event(Event(lambda _desk, _heard: None, later=False)))
