"""The one door out to Slack: the outbox, message by message, each recorded before it is sent."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.errors import StoreUnavailable
from bot.domain.outbox import (
    Delivered,
    Line,
    Message,
    MessageState,
    NotExecuted,
    PlaceClosed,
    Refused,
    ShutOut,
    SlackAnswer,
    Unknown,
    Vanished,
)
from bot.domain.ports import Letter, Speaker
from bot.services.contents import content_of
from bot.services.kernel import Kernel, Work
from bot.services.places import close_place, fault_of, give_up, is_for_a_person, link_to, where
from bot.services.unsure import take_back_messages

BATCH = 8
MOST_SINGLE_PINGS = 5  # more than so many waiting at once share one message
MOST_IN_BUNDLE = 45  # lines with a button each that Slack takes in one message
LOOKS = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=20))
MOST_REPOSTS = 3  # a message that people delete again and again is wanted by nobody
ANEW_AFTER = timedelta(seconds=2)  # time for the message above to come back first
SHUT_OUT_FOR = timedelta(seconds=10)

log = logging.getLogger(__name__)


class Delivery:
    """One loop calls `deliver_due`; look-ups may run beside it."""

    def __init__(self, kernel: Kernel, speaker: Speaker, pool: ThreadPoolExecutor):
        self._kernel = kernel
        self._speaker = speaker
        self._pool = pool
        self._silent: dict[Line, datetime] = {}
        self._shut_out: tuple[str, datetime] | None = None
        self._unrecorded: list[tuple[Letter, SlackAnswer]] = []
        self._unsure = ""  # the attempt that the store has perhaps kept

    @property
    def fault(self) -> str | None:
        """Why Slack takes nothing at all from the desk, or None."""
        return self._shut_out[0] if self._shut_out else None

    def recover(self) -> None:
        """After a crash: a change may be repeated, a new message is looked for first."""
        with self._kernel.work() as work:
            for message in work.tx.outbox.in_state(MessageState.SENDING, limit=10_000):
                state = MessageState.QUEUED if message.ts else MessageState.UNKNOWN
                work.tx.outbox.move(message, state, why="the desk stopped", due=work.at)

    def deliver_due(self) -> int:
        """One round: what may be said now, several at once; how many were tried."""
        unrecorded, self._unrecorded = self._unrecorded, []
        for letter, answer in unrecorded:
            self._record(letter, answer)
        if self._unsure:
            with self._kernel.work() as work:
                take_back_messages(work, self._unsure)
            self._unsure = ""
        letters = self._take() if self._is_any_due() else []
        for _ in self._pool.map(self._deliver, letters):
            pass
        return len(letters)

    def look_for_unknown(self) -> int:
        """Messages of unknown outcome are looked up; what is surely not there is said again."""
        with self._kernel.look() as work:
            if self._is_shut_out(work.at):
                return 0
            unknown = work.tx.outbox.in_state(MessageState.UNKNOWN, limit=BATCH)
            letters = [(one, _letter(work, one)) for one in unknown if one.due_at <= work.at]
        for message, letter in letters:
            closed = PlaceClosed("its place takes nothing now")
            self._settle_unknown(message, self._speaker.find(letter) if letter else closed)
        return len(letters)

    # Choosing

    def _is_any_due(self) -> bool:
        """Read first: a round that finds nothing neither writes nor wakes anybody."""
        with self._kernel.look() as work:
            self._silent = {line: till for line, till in self._silent.items() if till > work.at}
            if self._is_shut_out(work.at):
                return False
            return bool(work.tx.outbox.due(work.at, without=self._silent, limit=1))

    def _is_shut_out(self, at: datetime) -> bool:
        return self._shut_out is not None and self._shut_out[1] > at

    def _take(self) -> list[Letter]:
        """Chooses and records, in one transaction: no record, no send."""
        # Shut out, one message is enough to find out whether that has changed.
        most = 1 if self._shut_out else BATCH
        self._unsure = self._kernel.new_key()
        with self._kernel.work() as work:
            letters: list[Letter] = []
            while len(letters) < most and (letter := self._next(work, letters)):
                letters.append(letter)
            messages = [letter.message for letter in letters]
            work.tx.outbox.start(messages, attempt=self._unsure, at=work.at)
        self._unsure = ""
        return letters

    def _next(self, work: Work, taken: list[Letter]) -> Letter | None:
        keys = {letter.message.key for letter in taken}
        while True:
            due = work.tx.outbox.due(work.at, without=self._silent, limit=1 + len(keys))
            message = next((one for one in due if one.key not in keys), None)
            if message is None:
                return None
            if self._bundled(work, message):
                continue
            letter = _letter(work, message)
            if letter is None:
                close_place(work, message, fault_of(work, message.place))
                continue
            wait = self._speaker.wait(letter, work.at)
            if wait is None:
                return letter
            self._silent[Line.of(message)] = work.at + wait

    def _bundled(self, work: Work, message: Message) -> bool:
        """More than five pings waiting at one place become one that lists them all."""
        if message.kind is not Kind.PING or message.shown:
            return False
        waiting = work.tx.outbox.waiting(Kind.PING, message.place, limit=MOST_IN_BUNDLE)
        if len(waiting) <= MOST_SINGLE_PINGS:
            return False
        key = f"bundle:{self._kernel.new_key()}"
        pings = [one.key for one in waiting]
        work.tell(Effect(key, Kind.BUNDLE, message.place, Lane.PING, args={"pings": pings}))
        work.tx.outbox.bundle(waiting, key)
        return True

    # Saying

    def _deliver(self, letter: Letter) -> None:
        self._record(letter, self._say(letter))

    def _say(self, letter: Letter) -> SlackAnswer:
        """Drawn from the state of this moment, outside of the transaction that chose it."""
        message = letter.message
        say = self._speaker.update if message.ts else self._speaker.post
        try:
            with self._kernel.look() as work:
                content = content_of(work, message)
            return say(replace(letter, content=content))
        except StoreUnavailable as away:
            return NotExecuted(str(away))
        except Exception:  # one bad message must not silence the others
            log.exception("message could not be drawn", extra={"key": message.key})
            return Refused("the desk could not draw it")

    # Recording what came of it

    def _record(self, letter: Letter, answer: SlackAnswer) -> None:
        """Where the store is away the answer is kept in mind: Slack has taken it all the same."""
        try:
            with self._kernel.work() as work:
                self._heed(work, answer)
                _settle(work, letter, answer)
        except StoreUnavailable:
            self._unrecorded.append((letter, answer))

    def _heed(self, work: Work, answer: SlackAnswer) -> None:
        """One refusal of the desk as a whole silences it for a while; any other answer frees it."""
        self._shut_out = None
        if isinstance(answer, ShutOut):
            self._shut_out = (answer.why, work.at + SHUT_OUT_FOR)

    def _settle_unknown(self, message: Message, answer: SlackAnswer | None) -> None:
        with self._kernel.work() as work:
            outbox, looks = work.tx.outbox, message.looks + 1
            match answer:
                case Delivered():
                    outbox.adopt(message, answer)
                case None if looks < len(LOOKS):
                    outbox.looked(message, due=work.at + LOOKS[looks])
                case None | Refused():  # not there, or not to be looked for: rather twice
                    outbox.move(message, MessageState.QUEUED, why="not there", due=work.at)
                case _:
                    later = work.at + LOOKS[-1]
                    outbox.move(message, MessageState.UNKNOWN, why=answer.why, due=later)


def _letter(work: Work, message: Message) -> Letter | None:
    """Where it stands, or its thread does, or its place is; None while there is no such thing."""
    channel = where(work, message.place)
    parent = work.tx.outbox.get(message.thread) if message.thread else None
    if channel is None or (parent and not parent.ts):
        return None
    above = message if message.ts else parent
    home = above.channel if above else None
    return Letter(message, home or channel, parent.ts if parent else None, None)


def _settle(work: Work, letter: Letter, answer: SlackAnswer) -> None:
    outbox, message = work.tx.outbox, letter.message
    match answer:
        case Delivered():
            outbox.shown(message, answer)
            link_to(work, message)
        case NotExecuted():
            wait = answer.wait * (1 if answer.limited else min(2**message.tries, 30))
            outbox.move(message, MessageState.QUEUED, why=answer.why, due=work.at + wait)
        case ShutOut():
            outbox.move(message, MessageState.QUEUED, why=answer.why, due=work.at)
        case Unknown():
            outbox.move(message, MessageState.UNKNOWN, why=answer.why, due=work.at + LOOKS[0])
        case PlaceClosed():
            _wait_for_place(work, letter, answer.why)
        case Vanished():
            _post_anew(work, message, answer.why)
        case Refused():
            give_up(work, message, answer.why)


def _wait_for_place(work: Work, letter: Letter, why: str) -> None:
    """Where the place has another channel by now, it is said there instead."""
    message = letter.message
    if is_for_a_person(message) or where(work, message.place) in (None, letter.channel):
        close_place(work, message, why)
    else:
        _post_anew(work, message, why)


def _post_anew(work: Work, message: Message, why: str) -> None:
    """Somebody deleted it; it comes back, but not for ever, and below what it hangs under."""
    if message.reposts >= MOST_REPOSTS:
        give_up(work, message, why)
        return
    parent = work.tx.outbox.get(message.thread) if message.thread else None
    if parent:
        work.tell(parent.again())
    wait = ANEW_AFTER if parent else timedelta()
    work.tx.outbox.forget_place(message, at=work.at + wait)
