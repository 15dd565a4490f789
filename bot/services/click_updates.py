"""A click's own update: what changed about the message that was clicked on, at once."""

import logging
from dataclasses import replace

from bot.domain.errors import StoreUnavailable
from bot.domain.outbox import NotExecuted, Refused, SlackAnswer
from bot.domain.ports import Hooks, Letter
from bot.services.delivery import drawn_from
from bot.services.kernel import Kernel
from bot.services.outcomes import letter_for, settle

log = logging.getLogger(__name__)

BATCH = 8


class ClickUpdates:
    """Beside delivery, in the process that hears the clicks; what it leaves, delivery says."""

    def __init__(self, kernel: Kernel, hooks: Hooks):
        self._kernel = kernel
        self._hooks = hooks
        self._unrecorded: list[tuple[Letter, SlackAnswer]] = []

    def send_due(self) -> int:
        """One round; how many were tried."""
        unrecorded, self._unrecorded = self._unrecorded, []
        for letter, answer in unrecorded:
            self._record(letter, answer)
        letters = self._take() if self._is_any_due() else []
        for letter in letters:
            self._record(letter, self._say(letter))
        return len(letters)

    def _is_any_due(self) -> bool:
        spots = self._hooks.spots()
        if not spots:
            return False
        with self._kernel.look() as work:
            return bool(work.tx.queue.changes_at(spots, work.at))

    def _take(self) -> list[Letter]:
        """Recorded as being sent, as every message is; whoever is first has it."""
        with self._kernel.work() as work:
            attempt = self._kernel.new_key()
            changes = work.tx.queue.changes_at(self._hooks.spots(), work.at)[:BATCH]
            letters = [
                replace(letter, message=replace(letter.message, attempt=attempt))
                for message in changes
                if (letter := letter_for(work, message))
            ]
            chosen = [letter.message for letter in letters]
            work.tx.outbox.start(chosen, attempt=attempt, at=work.at)
            return letters

    def _record(self, letter: Letter, answer: SlackAnswer) -> None:
        """Where the store is away the answer is kept in mind: Slack has taken it all the same."""
        try:
            with self._kernel.work() as work:
                settle(work, letter, answer)
        except StoreUnavailable:
            self._unrecorded.append((letter, answer))

    def _say(self, letter: Letter) -> SlackAnswer:
        try:
            return self._hooks.update(drawn_from(self._kernel, letter))
        except StoreUnavailable as away:
            return NotExecuted(str(away))
        except Exception:  # one bad message must not silence the others
            log.exception("message could not be drawn", extra={"key": letter.message.key})
            return Refused("the desk could not draw it")
