"""The table of contents of Slack's door: what is heard, and the function that answers it.

A handler registers itself where it stands; `handlers.register` hands all of them to Bolt.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.errors import Tampered
from bot.views.ids import Form
from bot.views.limits import Block
from handlers.answers import Answer
from handlers.desk import Desk
from handlers.heard import Heard
from handlers.payload import Picked, Press, Submission

Name = str | re.Pattern[str]
OnPress = Callable[[Desk, Press], Answer]
OnSubmit = Callable[[Desk, Submission], Block | None]
OnClose = Callable[[Desk, Submission], None]
OnPick = Callable[[Desk, Picked], Answer]
OnEvent = Callable[[Desk, Heard], None]


@dataclass(frozen=True)
class Shortcut:
    """An entry in the menu of every message."""

    name: str
    description: str
    act: OnPick


@dataclass(frozen=True)
class Event:
    """`later`: acknowledged first, since it asks Slack, for somebody who waits.

    `aside`: the same for nobody; a sweep finds what is lost that way.
    """

    act: OnEvent
    later: bool
    aside: bool = False


PRESSES: dict[Name, OnPress] = {}
SUBMISSIONS: dict[str, OnSubmit] = {}
CLOSINGS: dict[str, OnClose] = {}
SHORTCUTS: dict[str, Shortcut] = {}
EVENTS: dict[str, Event] = {}


def pressed(desk: Desk, press: Press) -> Answer:
    """To the function of that button; one that the desk does not draw is refused."""
    act = PRESSES.get(press.action) or _by_pattern(press.action)
    if act is None:
        raise Tampered("button")
    return act(desk, press)


def submitted(desk: Desk, submission: Submission) -> Block | None:
    act = SUBMISSIONS.get(submission.form)
    if act is None:
        raise Tampered("form")
    submission.must_say()
    return act(desk, submission)


def left(desk: Desk, form: Submission) -> None:
    """A form was closed without being sent."""
    act = CLOSINGS.get(form.form)
    if act:
        act(desk, form)


def picked(desk: Desk, pick: Picked) -> Answer:
    shortcut = SHORTCUTS.get(pick.name)
    if shortcut is None:
        raise Tampered("shortcut")
    return shortcut.act(desk, pick)


def _by_pattern(action: str) -> OnPress | None:
    patterns = ((name, act) for name, act in PRESSES.items() if isinstance(name, re.Pattern))
    return next((act for name, act in patterns if name.fullmatch(action)), None)


def press(*names: Name) -> Callable[[OnPress], OnPress]:
    """The function below answers these buttons."""

    def register(act: OnPress) -> OnPress:
        PRESSES.update(dict.fromkeys(names, act))
        return act

    return register


def submission(form: Form) -> Callable[[OnSubmit], OnSubmit]:
    """The function below takes this form; it gives back the next one, if there is one."""

    def register(act: OnSubmit) -> OnSubmit:
        SUBMISSIONS[form] = act
        return act

    return register


def closing(form: Form) -> Callable[[OnClose], OnClose]:
    """The function below hears when this form is closed without being sent."""

    def register(act: OnClose) -> OnClose:
        CLOSINGS[form] = act
        return act

    return register


def shortcut(callback_id: str, *, name: str, description: str) -> Callable[[OnPick], OnPick]:
    def register(act: OnPick) -> OnPick:
        SHORTCUTS[callback_id] = Shortcut(name, description, act)
        return act

    return register


def event(*types: str, later: bool = False, aside: bool = False) -> Callable[[OnEvent], OnEvent]:
    def register(act: OnEvent) -> OnEvent:
        EVENTS.update(dict.fromkeys(types, Event(act, later, aside)))
        return act

    return register
