"""Around everything that a person or Slack sets off: what goes wrong becomes a refusal in words."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.errors import BotError, Refused, Unexpected
from bot.views.sentences import sentence
from handlers.desk import Desk

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why something was not done, for the person who asked for it."""

    error: BotError

    @property
    def words(self) -> str:
        return sentence(self.error)

    @property
    def is_final(self) -> bool:
        """Asking once more would not help: it is not the store, nor Slack, nor a fault of ours."""
        return isinstance(self.error, Refused)


def caught(act: Callable[[], T]) -> T | Exception:
    """What the act gives back, or what it raised: the one place where anything is caught."""
    try:
        return act()
    except Exception as error:
        return error


def attempt(desk: Desk, act: Callable[[], T]) -> T | Refusal:
    """What the act gives back, or why it could not be."""
    done = caught(act)
    if isinstance(done, BotError):
        return Refusal(done)
    if isinstance(done, Exception):
        return Refusal(_logged(done, desk.new_key()[:4].upper()))
    return done


def later(desk: Desk, act: Callable[[], object]) -> None:
    """Done after Slack has its acknowledgement; a fault is logged, for nobody waits."""
    desk.voice.submit(attempt, desk, act)


def aside(desk: Desk, act: Callable[[], object]) -> None:
    """The same where nobody waits at all, so that it holds up nobody who does."""
    (desk.aside or desk.voice).submit(attempt, desk, act)


def _logged(error: Exception, reference: str) -> Unexpected:
    # An exception may quote a customer, so its own words stay out of the log.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("a handler failed, reference %s: %s\n%s", reference, type(error).__name__, where)
    return Unexpected(reference)
