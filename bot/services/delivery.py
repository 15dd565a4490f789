"""The one door out to Slack: the outbox, message by message, each recorded before it is sent."""

import logging
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import StoreUnavailable
from bot.domain.outbox import (
    Message,
    MessageState,
    NotExecuted,
    PlaceClosed,
    Refused,
    ShutOut,
    SlackAnswer,
)
from bot.domain.ports import Letter, Speaker
from bot.services.arbiter import Arbiter
from bot.services.contents import content_of
from bot.services.kernel import Kernel, Work
from bot.services.outcomes import letter_for, settle, settle_unknown
from bot.services.storms import Storms
from bot.services.unsure import take_back_messages

BATCH = 8
SHUT_OUT_FOR = timedelta(seconds=10)
PATIENCE = timedelta(seconds=1)  # five times what a call takes
STUCK_AFTER = timedelta(minutes=1)  # no call takes that long

log = logging.getLogger(__name__)


class Delivery:
    """One loop calls `deliver_due`; look-ups may run beside it."""

    def __init__(
        self, kernel: Kernel, speaker: Speaker, pool: ThreadPoolExecutor,
        patience: timedelta = PATIENCE,
    ):  # fmt: skip
        """After `patience` a round waits no longer for a call that is on its way."""
        self._kernel = kernel
        self._speaker = speaker
        self._pool = pool
        self._patience = patience
        self._arbiter = Arbiter(speaker, kernel.new_key)
        self._storms = Storms(kernel, speaker)
        self._shut_out: tuple[str, datetime] | None = None
        self._unrecorded: deque[tuple[Letter, SlackAnswer]] = deque()
        self._late: dict[Future[None], Message] = {}  # on their way since an earlier round
        self._unsure = ""  # the attempt that the store has perhaps kept

    @property
    def fault(self) -> str | None:
        """Why Slack takes nothing at all from the desk, or None."""
        shut_out = self._shut_out
        return shut_out[0] if shut_out else None

    def recover(self, after: timedelta = timedelta()) -> None:
        """A change may be repeated, `after` the one on its way; a new message is looked for first.

        What Slack had asked for still holds.
        """
        with self._kernel.work() as work:
            for message in work.tx.outbox.in_state(MessageState.SENDING, limit=10_000):
                state = MessageState.QUEUED if message.ts else MessageState.UNKNOWN
                due = work.at + after if message.ts else work.at
                work.tx.outbox.move(message, state, why="the desk stopped", due=due)
            for silence in work.tx.silences.after(work.at):
                self._speaker.keep_silent(silence)

    def deliver_due(self) -> int:
        """One round: what may be said now, several at once; how many were tried."""
        for _ in range(len(self._unrecorded)):
            self._record(*self._unrecorded.popleft())
        if self._unsure:
            with self._kernel.work() as work:
                take_back_messages(work, self._unsure)
            self._unsure = ""
        self._storms.watch()
        self._leave_behind()
        letters = self._take() if self._is_any_due() else []
        self._say_all(letters)
        return len(letters)

    def look_for_unknown(self) -> int:
        """Messages of unknown outcome are looked up; what is surely not there is said again."""
        with self._kernel.look() as work:
            if self._is_shut_out(work.at):
                return 0
            is_stuck = bool(self._stuck(work))
            unknown = work.tx.outbox.in_state(MessageState.UNKNOWN, limit=BATCH)
            letters = [(one, letter_for(work, one)) for one in unknown if one.due_at <= work.at]
        for message, letter in letters:
            closed = PlaceClosed("its place takes nothing now")
            self._settle_unknown(message, self._speaker.find(letter) if letter else closed)
        if is_stuck:
            self._free_stuck()
        return len(letters)

    def _stuck(self, work: Work) -> list[Message]:
        """Changes that another process began and did not live to end; a change may be repeated."""
        sending = work.tx.outbox.in_state(MessageState.SENDING)
        begun = work.at - STUCK_AFTER
        return [one for one in sending if one.ts and one.started_at and one.started_at < begun]

    def _free_stuck(self) -> None:
        with self._kernel.work() as work:
            for message in self._stuck(work):
                why = "nobody told its end"
                work.tx.outbox.move(message, MessageState.QUEUED, why=why, due=work.at)

    # Choosing

    def _is_any_due(self) -> bool:
        if len(self._late) >= BATCH:
            return False
        with self._kernel.look() as work:
            self._arbiter.hush(self._late.values(), work.at + self._patience)
            return not self._is_shut_out(work.at) and self._arbiter.has_any(work)

    def _is_shut_out(self, at: datetime) -> bool:
        shut_out = self._shut_out
        return shut_out is not None and shut_out[1] > at

    def _take(self) -> list[Letter]:
        """Chooses and records, in one transaction."""
        # Shut out, one message is enough to find out whether that has changed.
        most = 1 if self._shut_out else BATCH - len(self._late)
        attempt = self._unsure = self._kernel.new_key()
        with self._kernel.work() as work:
            letters = self._arbiter.take(work, most, attempt=attempt)
        self._unsure = ""
        return letters

    # Saying

    def _say_all(self, letters: list[Letter]) -> None:
        """What takes long goes on beside the next rounds; its channel waits for it, no other."""
        begun = {self._pool.submit(self._deliver, one): one.message for one in letters}
        patience = self._patience.total_seconds()
        for call, message in begun.items():
            try:
                call.result(patience)
            except TimeoutError:
                self._late[call] = message
                patience = 0

    def _leave_behind(self) -> None:
        """Those that came to their end meanwhile."""
        for call in [one for one in self._late if one.done()]:
            del self._late[call]
            call.result()

    def _deliver(self, letter: Letter) -> None:
        self._record(letter, self._say(letter))

    def _say(self, letter: Letter) -> SlackAnswer:
        say = self._speaker.update if letter.message.ts else self._speaker.post
        try:
            return say(drawn_from(self._kernel, letter))
        except StoreUnavailable as away:
            return NotExecuted(str(away))
        except Exception:  # one bad message must not silence the others
            log.exception("message could not be drawn", extra={"key": letter.message.key})
            return Refused("the desk could not draw it")

    # Recording what came of it

    def _record(self, letter: Letter, answer: SlackAnswer) -> None:
        """Where the store is away the answer is kept in mind: Slack has taken it all the same."""
        try:
            with self._kernel.work() as work:
                self._heed(work, answer)
                settle(work, letter, answer)
        except StoreUnavailable:
            self._unrecorded.append((letter, answer))

    def _heed(self, work: Work, answer: SlackAnswer) -> None:
        """One refusal of the desk as a whole silences it for a while; any other answer frees it."""
        self._shut_out = None
        if isinstance(answer, ShutOut):
            self._shut_out = (answer.why, work.at + SHUT_OUT_FOR)

    def _settle_unknown(self, message: Message, answer: SlackAnswer | None) -> None:
        with self._kernel.work() as work:
            settle_unknown(work, message, answer)


def drawn_from(kernel: Kernel, letter: Letter) -> Letter:
    """With the state of this moment, outside of the transaction that chose it."""
    with kernel.look() as work:
        return replace(letter, content=content_of(work, letter.message))
