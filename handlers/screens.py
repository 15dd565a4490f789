"""Where the person who acted is looking, and so where they alone are shown the answer."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt import Ack, App, Respond

from bot.domain.errors import PressedTooLongAgo
from bot.domain.ids import MemberId
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.prefixed import prefixed
from bot.views.sentences import sentence
from bot.views.sheets import loading, problem, sheet
from handlers.answers import Answer, Redraw, Slow, say
from handlers.desk import Desk
from handlers.guard import Refusal, attempt, caught, later

log = logging.getLogger(__name__)

DONE = say("✓ Done; the card shows it.")


@dataclass(frozen=True)
class Screen(ABC):
    app: App
    desk: Desk
    trigger: str

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
        return str(self.app.client.views_open(trigger_id=self.trigger, view=view)["view"]["id"])

    @abstractmethod
    def tell(self, told: Drawn) -> None: ...

    def done(self) -> None:
        """It worked, and there is nothing more to say."""
        self.tell(DONE)

    def redraw(self, _redraw: Redraw) -> None:  # noqa: B027 - elsewhere than in a form
        """Only a form is drawn anew in its place."""

    def _open(self, view: Block) -> str | None:
        opened = attempt(self.desk, lambda: self.open(view))
        if isinstance(opened, str):
            return opened
        self.tell(say(sentence(PressedTooLongAgo())))
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
        self.app.client.views_update(view_id=opened, view=view)


@dataclass(frozen=True)
class OnMessage(Screen):
    """Below a message that all see, or one that only this person sees."""

    respond: Respond
    is_ephemeral: bool = False

    def tell(self, told: Drawn) -> None:
        later(self.desk, lambda: _answer(self.respond, told))

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
        return str(self.app.client.views_push(trigger_id=self.trigger, view=view)["view"]["id"])

    def tell(self, told: Drawn) -> None:
        self.open(sheet("Samepage", told))

    def redraw(self, redraw: Redraw) -> None:
        # A form that has moved on, to its preview or away, is not drawn back.
        view = redraw.view
        if view:
            update = partial(self.app.client.views_update, view_id=self.view, hash=self.shown)
            caught(lambda: update(view=view))

    def done(self) -> None:
        """A case that is open says itself what changed, and offers what comes next."""
        opened = attempt(self.desk, self.again)
        view = opened if isinstance(opened, dict) else sheet("Done", DONE)
        self.app.client.views_update(view_id=self.view, view=view)


@dataclass(frozen=True)
class AtHome(Screen):
    """On the home tab, which shows by itself what has changed."""

    by: MemberId

    def tell(self, told: Drawn) -> None:
        self._open(sheet("Samepage", told))

    def done(self) -> None:
        later(self.desk, lambda: self.desk.publish_home(self.by))


@dataclass(frozen=True)
class AtCommand(Screen):
    """Below the slash command, in its acknowledgement."""

    ack: Ack

    def tell(self, told: Drawn) -> None:
        self.ack(text=told.text, blocks=told.blocks, response_type="ephemeral")


def _answer(respond: Respond, told: Drawn) -> None:
    answer = respond(
        text=told.text, blocks=told.blocks, response_type="ephemeral", replace_original=False
    )
    if answer.status_code != 200:
        log.warning("slack did not take an answer", extra={"status": answer.status_code})
