"""Bolt's listeners: each acknowledges once, lets one handler act, and shows what came of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from slack_bolt import Ack, BoltResponse, Respond

from bot.domain.ids import ChannelId
from handlers.answers import Answer
from handlers.case_forms import opened_again
from handlers.commands import registry
from handlers.desk import Desk
from handlers.guard import Refusal, T, aside, attempt, later
from handlers.heard import Heard
from handlers.listeners import Event, OnClose, OnPick, OnPress, OnSubmit
from handlers.next_form import next_form
from handlers.payload import Act, Picked, Press, Submission, Typed
from handlers.reading import Body
from handlers.screens import AtCommand, AtHome, InForm, OnMessage, Screen

Listener = Callable[..., BoltResponse | None]


class Listening:
    """Makes a listener of each kind of handler."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def press(self, act: OnPress) -> Listener:
        def listen(ack: Ack, body: Body, respond: Respond) -> None:
            ack()
            pressed = Press.read(body)
            if pressed.hook and not pressed.is_ephemeral:
                self._desk.keep_hook(ChannelId(pressed.place), pressed.message, pressed.hook)
            self._show(self._screen(pressed, respond), pressed, lambda: act(self._desk, pressed))

        return listen

    def pick(self, act: OnPick) -> Listener:
        def listen(ack: Ack, body: Body, respond: Respond) -> None:
            ack()
            picked = Picked.read(body)
            screen = OnMessage(self._desk, picked.trigger, picked.by, respond, picked.under)
            read = self._desk.roster.wording.message
            self._show(
                screen, picked, lambda: act(self._desk, replace(picked, text=read(picked.text)))
            )

        return listen

    def command(self, noun: str) -> Listener:
        def listen(ack: Ack, body: Body, respond: Respond) -> None:
            typed = Typed.read(body)
            screen = AtCommand(self._desk, typed.trigger, typed.by, ack, respond)
            self._show(screen, typed, lambda: self._run(noun, typed))
            if ack.response is None:
                ack()

        return listen

    def submission(self, act: OnSubmit) -> Listener:
        def listen(ack: Ack, body: Body) -> None:
            sent = replace(Submission.read(body), wording=self._desk.roster.wording.typed)
            ack(next_form(self._desk, sent, self._admitted(sent, lambda: act(self._desk, sent))))

        return listen

    def closing(self, act: OnClose) -> Listener:
        def listen(ack: Ack, body: Body) -> None:
            ack()
            left = Submission.read(body)
            self._admitted(left, lambda: act(self._desk, left))

        return listen

    def event(self, event: Event) -> Listener:
        """What the store could not keep, Slack tells again: it hears of no acknowledgement."""

        def listen(body: Body) -> BoltResponse | None:
            heard = Heard(body)
            if event.later or event.aside:
                (later if event.later else aside)(self._desk, lambda: event.act(self._desk, heard))
                return None
            done = attempt(self._desk, lambda: event.act(self._desk, heard))
            is_lost = isinstance(done, Refusal) and not done.is_final
            return BoltResponse(status=503) if is_lost else None

        return listen

    def _run(self, noun: str, typed: Typed) -> Answer:
        text = self._desk.roster.wording.command(typed.text)
        return registry.run(self._desk, noun, replace(typed, text=text))

    def _screen(self, pressed: Press, respond: Respond) -> Screen:
        if pressed.is_at_home:
            return AtHome(self._desk, pressed.trigger, pressed.by)
        if pressed.view:
            again = partial(opened_again, self._desk, pressed)
            where = (pressed.view, pressed.shown_as)
            return InForm(self._desk, pressed.trigger, pressed.by, *where, again)
        return OnMessage(
            self._desk, pressed.trigger, pressed.by, respond, pressed.thread, pressed.is_ephemeral
        )

    def _show(self, screen: Screen, act: Act, answer: Callable[[], Answer]) -> None:
        """Slack is never told of a fault: the person is, and the log."""
        told = self._admitted(act, answer)
        shown = attempt(self._desk, lambda: screen.show(told))
        if isinstance(shown, Refusal):
            screen.directly(shown.words)

    def _admitted(self, act: Act, answer: Callable[[], T]) -> T | Refusal:
        def asked() -> T:
            act.must_be_of(self._desk.team)
            return answer()

        return attempt(self._desk, asked)
