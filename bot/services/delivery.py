"""The one door out to Slack: the outbox, message by message, each recorded before it is sent."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import ChannelId
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
from bot.services.places import close_place, where

BATCH = 8
MOST_SINGLE_PINGS = 5  # more than so many waiting at once share one message
MOST_IN_BUNDLE = 45  # lines with a button each that Slack takes in one message
LOOKS = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=20))
MOST_REPOSTS = 3  # a message that people delete again and again is wanted by nobody
SHUT_OUT_FOR = timedelta(seconds=10)

log = logging.getLogger(__name__)


class Delivery:
    def __init__(self, kernel: Kernel, speaker: Speaker, pool: ThreadPoolExecutor):
        self._kernel = kernel
        self._speaker = speaker
        self._pool = pool
        self._silent: dict[Line, datetime] = {}
        self._shut_out: tuple[str, datetime] | None = None

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
        letters = self._take()
        for _ in self._pool.map(self._deliver, letters):
            pass
        return len(letters)

    def look_for_unknown(self) -> int:
        """Messages of unknown outcome are looked up; what is surely not there is said again."""
        with self._kernel.look() as work:
            unknown = work.tx.outbox.in_state(MessageState.UNKNOWN, limit=BATCH)
            letters = [self._letter(work, one) for one in unknown if one.due_at <= work.at]
        found = [letter for letter in letters if letter]
        for letter in found:
            self._settle_unknown(letter, self._speaker.find(letter))
        return len(found)

    def next_at(self) -> datetime | None:
        """When there may be something to say again; None: when something new comes."""
        with self._kernel.look() as work:
            due = work.tx.outbox.next_at()
        if due is None:
            return None
        waits = [until for until in self._silent.values() if until > due]
        shut_out = [self._shut_out[1]] if self._shut_out else []
        return max([due, *([min(waits)] if waits else []), *shut_out])

    def _take(self) -> list[Letter]:
        """Chooses and records, in one transaction: no record, no send."""
        with self._kernel.work() as work:
            if self._shut_out and self._shut_out[1] > work.at:
                return []
            self._silent = {one: till for one, till in self._silent.items() if till > work.at}
            letters: list[Letter] = []
            while len(letters) < BATCH and (letter := self._next(work, letters)):
                letters.append(letter)
            # Shut out, one message is enough to find out whether that has changed.
            letters = letters[:1] if self._shut_out else letters
            work.tx.outbox.start(
                [letter.message for letter in letters], attempt=self._kernel.new_key(), at=work.at
            )
            return letters

    def _next(self, work: Work, taken: list[Letter]) -> Letter | None:
        keys = {letter.message.key for letter in taken}
        while True:
            due = work.tx.outbox.due(work.at, without=self._silent, limit=BATCH + len(keys))
            message = next((one for one in due if one.key not in keys), None)
            if message is None:
                return None
            if self._bundled(work, message):
                continue
            letter = self._letter(work, message)
            if letter is None:
                close_place(work, message, "the channel is not known")
                continue
            wait = self._speaker.wait(letter, work.at)
            if wait is None:
                return letter
            self._silent[Line.of(message)] = work.at + wait

    def _letter(self, work: Work, message: Message) -> Letter | None:
        channel = message.channel or where(work, message.place)
        if channel is None:
            return None
        parent = work.tx.outbox.get(message.thread) if message.thread else None
        thread = parent.ts if parent else None
        return Letter(message, ChannelId(channel), thread, content_of(work, message))

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

    def _deliver(self, letter: Letter) -> None:
        say = self._speaker.update if letter.message.ts else self._speaker.post
        try:
            answer = say(letter)
        except Exception:  # one bad message must not silence the others
            log.exception("message could not be drawn", extra={"key": letter.message.key})
            answer = Refused("the desk could not draw it")
        with self._kernel.work() as work:
            self._heed(work, answer)
            self._settle(work, letter.message, answer)

    def _heed(self, work: Work, answer: SlackAnswer) -> None:
        """One refusal of the desk as a whole silences it for a while; any other answer frees it."""
        self._shut_out = None
        if isinstance(answer, ShutOut):
            self._shut_out = (answer.why, work.at + SHUT_OUT_FOR)

    def _settle(self, work: Work, message: Message, answer: SlackAnswer) -> None:
        outbox = work.tx.outbox
        match answer:
            case Delivered():
                outbox.shown(message, answer)
            case NotExecuted():
                wait = answer.wait * (1 if answer.limited else min(2**message.tries, 30))
                outbox.move(message, MessageState.QUEUED, why=answer.why, due=work.at + wait)
            case ShutOut():
                outbox.move(message, MessageState.QUEUED, why=answer.why, due=work.at)
            case Unknown():
                due = work.at + LOOKS[0]
                outbox.move(message, MessageState.UNKNOWN, why=answer.why, due=due)
            case PlaceClosed():
                close_place(work, message, answer.why)
            case Vanished():
                self._post_anew(work, message, answer.why)
            case Refused():
                outbox.move(message, MessageState.DEAD, why=answer.why)
                log.error("message refused", extra={"key": message.key, "why": answer.why})

    def _post_anew(self, work: Work, message: Message, why: str) -> None:
        """Somebody deleted it; it comes back, but not for ever."""
        if message.tries > MOST_REPOSTS:
            work.tx.outbox.move(message, MessageState.DEAD, why=why)
        else:
            work.tx.outbox.forget_place(message, at=work.at)

    def _settle_unknown(self, letter: Letter, answer: SlackAnswer | None) -> None:
        message = letter.message
        with self._kernel.work() as work:
            if isinstance(answer, Delivered):
                # Which revision it shows nobody knows, so it is drawn once more.
                work.tx.outbox.adopt(message, answer)
            elif answer is None and message.looks + 1 >= len(LOOKS):
                work.tx.outbox.move(message, MessageState.QUEUED, why="not there", due=work.at)
            else:
                work.tx.outbox.looked(message, due=work.at + LOOKS[min(message.looks + 1, 2)])
