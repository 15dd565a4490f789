"""Where the person who acted is looking, and so where they alone are shown the answer."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from slack_bolt import Ack, Respond

from bot.domain.errors import FormIsClosed
from bot.domain.ids import MemberId
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.prefixed import prefixed
from bot.views.sheets import loading, not_answered, not_shown, problem, sheet
from handlers.answers import Answer, Redraw, Slow, say
from handlers.desk import Desk
from handlers.frames import fits
from handlers.guard import Refusal, attempt, caught, later

log = logging.getLogger(__name__)

DONE = say("✓ Done; the card shows it.")


@dataclass(frozen=True)
class Screen(ABC):
    desk: Desk
    trigger: str
    by: MemberId

    def show(self, answer: Answer | Refusal) -> None:
        match answer:
            case None:
                self.done()
            case Drawn() | Refusal():
                told = answer if isinstance(answer, Drawn) else say(answer.words)
                self.tell(prefixed(told, self.desk.prefix))
            case Slow():
                self._open_slowly(answer)
            case Redraw():
                self.redraw(answer)
            case view:
                self._open(view)

    def open(self, view: Block) -> str:
        """The id of the form as Slack opened it."""
        return self.desk.forms.open(self.trigger, view)

    @abstractmethod
    def tell(self, told: Drawn) -> None: ...

    def done(self) -> None:
        """It worked, and there is nothing more to say."""
        self.tell(DONE)

    def redraw(self, _redraw: Redraw) -> None:  # noqa: B027 - elsewhere than in a form
        """Only a form is drawn anew in its place."""

    def not_opened(self, why: Refusal) -> None:
        """Slack has not shown the form; no form says so."""
        self.tell(say(why.words))

    def directly(self, words: str) -> None:
        """In the conversation with the bot, where Slack shows it nowhere else."""
        later(self.desk, lambda: self.desk.tell(self.by, words))

    def answer(self, respond: Respond, told: Drawn, thread: str = "") -> None:
        """By the address that came with the press or the command."""
        answer = caught(
            lambda: respond(
                text=told.text, blocks=told.blocks, response_type="ephemeral",
                replace_original=False, thread_ts=thread or None,
            )
        )  # fmt: skip
        if isinstance(answer, Exception) or answer.status_code != HTTPStatus.OK:
            log.warning("slack did not take an answer", extra={"why": _why(answer)})
            self.directly(not_answered(told.text))

    def _open(self, view: Block) -> str | None:
        opened = attempt(self.desk, lambda: self.open(view))
        if isinstance(opened, str):
            return opened
        self.not_opened(opened)
        return None

    def _open_slowly(self, slow: Slow) -> None:
        # Slack takes a form for three seconds only, so one is opened before the work is done.
        opened = self._open(loading(slow.title))
        if opened:
            later(self.desk, lambda: self._redraw(opened, slow))

    def _redraw(self, opened: str, slow: Slow) -> None:
        view = attempt(self.desk, slow.draw)
        if isinstance(view, Refusal):
            view = problem(slow.title, view.words)
        shown = attempt(self.desk, lambda: self.desk.forms.update(opened, view))
        if isinstance(shown, Refusal) and not isinstance(shown.error, FormIsClosed):
            self.directly(not_shown(slow.title, shown.words))


@dataclass(frozen=True)
class OnMessage(Screen):
    """Below a message that all see, or one that only this person sees."""

    respond: Respond
    thread: str = ""  # in which it is; an answer would else stand in the channel
    is_ephemeral: bool = False

    def tell(self, told: Drawn) -> None:
        later(self.desk, lambda: self.answer(self.respond, told, self.thread))

    def done(self) -> None:
        """A card says itself what changed; a list that only one person sees does not."""
        if self.is_ephemeral:
            self.tell(DONE)


@dataclass(frozen=True)
class InForm(Screen):
    """On top of the form that is open."""

    view: str
    shown: str  # which state of the form was before the person
    again: Callable[[], Block | None]  # the case that is open in it, as it is now

    def open(self, view: Block) -> str:
        return self.desk.forms.push(self.trigger, view)

    def tell(self, told: Drawn) -> None:
        """On top; in its place, where Slack puts no further form on top."""
        if isinstance(attempt(self.desk, lambda: self.open(sheet("Samepage", told))), Refusal):
            self._in_its_place(told)

    def not_opened(self, why: Refusal) -> None:
        self._in_its_place(say(why.words))

    def _in_its_place(self, told: Drawn) -> None:
        view = sheet("Samepage", told)
        if isinstance(attempt(self.desk, lambda: self.desk.forms.update(self.view, view)), Refusal):
            self.directly(told.text)

    def redraw(self, redraw: Redraw) -> None:
        # A form that has moved on, to its preview or away, is not drawn back.
        view = redraw.view
        if view:
            caught(lambda: self.desk.forms.update(self.view, view, self.shown))

    def done(self) -> None:
        """A case that is open says itself what changed, and offers what comes next."""
        opened = attempt(self.desk, self.again)
        view = opened if isinstance(opened, dict) else sheet("Done", DONE)
        shown = attempt(self.desk, lambda: self.desk.forms.update(self.view, view))
        if isinstance(shown, Refusal) and not isinstance(shown.error, FormIsClosed):
            self.directly(DONE.text)


@dataclass(frozen=True)
class AtHome(Screen):
    """On the home tab, which shows by itself what has changed; else there is nothing but a word."""

    def tell(self, told: Drawn) -> None:
        if isinstance(attempt(self.desk, lambda: self.open(sheet("Samepage", told))), Refusal):
            self.directly(told.text)

    def not_opened(self, why: Refusal) -> None:
        self.directly(why.words)

    def done(self) -> None:
        later(self.desk, lambda: self.desk.publish_home(self.by))


@dataclass(frozen=True)
class AtCommand(Screen):
    """Below the slash command: in its acknowledgement, or after it where that has no room."""

    ack: Ack
    respond: Respond

    def tell(self, told: Drawn) -> None:
        answer = {"text": told.text, "blocks": told.blocks, "response_type": "ephemeral"}
        if fits(answer):
            self.ack(answer)
            return
        self.ack()
        later(self.desk, lambda: self.answer(self.respond, told))


def _why(answer: object) -> object:
    return getattr(answer, "status_code", type(answer).__name__)
