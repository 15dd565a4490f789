"""The one arbiter of everything said to Slack: what may be said next, of all that waits.

It looks at heads only, the first of each place, lane and method: pings before urgent cards, cards,
changes and notes, and within a lane the place that was silent longest.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.effects import Lane
from bot.domain.outbox import Line, Message
from bot.domain.ports import Letter, NewKey, Speaker
from bot.domain.turns import Turns
from bot.services.digests import Digests
from bot.services.kernel import Work
from bot.services.late_list import is_idle, set_aside
from bot.services.outcomes import letter_for
from bot.services.places import close_place, fault_of


class Arbiter:
    """Keeps in mind who spoke last and who was told to wait; all else stands in rows."""

    def __init__(self, speaker: Speaker, new_key: NewKey):
        self._speaker = speaker
        self._new_key = new_key
        self._turns = Turns()
        self._silent: dict[Line, datetime] = {}

    def has_any(self, work: Work) -> bool:
        """Read first: a round in which nobody may be asked neither writes nor wakes anybody."""
        self._silent = {line: till for line, till in self._silent.items() if till > work.at}
        digests = Digests(work, self._new_key)
        return any(is_idle(work, head) or digests.turn_of(head) for head in self._heads(work))

    def hush(self, late: Iterable[Message], until: datetime) -> None:
        """What follows these where they go must not overtake them."""
        self._silent |= {Line.of(message): until for message in late}

    def take(self, work: Work, most: int, *, attempt: str) -> list[Letter]:
        """One after the other, each recorded as being sent: no record, no send."""
        chosen = _Round(work, self._heads(work), self._new_key, attempt)
        letters: list[Letter] = []
        while len(letters) < most and (letter := self._next(chosen)):
            letters.append(letter)
        # A place that is found closed makes something to say elsewhere.
        return letters or (self.take(work, most, attempt=attempt) if chosen.has_parked else [])

    def _heads(self, work: Work) -> list[Message]:
        return [head for head in work.tx.queue.heads(work.at) if Line.of(head) not in self._silent]

    def _next(self, chosen: "_Round") -> Letter | None:
        work = chosen.work
        while head := self._turns.first(chosen.heads.values(), work.at):
            if is_idle(work, head):
                chosen.set_aside(head)
                continue
            message = chosen.digests.turn_of(head)
            if message is None:
                chosen.pass_over(head)
                continue
            letter = letter_for(work, message)
            if letter is None:
                chosen.park(message, head)
                continue
            wait = self._speaker.wait(letter, work.at)
            if wait is None:
                self._turns.taken(message, work.at)
                return chosen.say(letter, head)
            self._silent[Line.of(head)] = work.at + wait
            chosen.pass_over_line(head)
        return None


class _Round:
    """The heads of one transaction, as one after the other is taken from among them."""

    def __init__(self, work: Work, heads: Iterable[Message], new_key: NewKey, attempt: str):
        self.work = work
        self.heads = {_spot(head): head for head in heads}
        self.digests = Digests(work, new_key)
        self._attempt = attempt
        self.has_parked = False

    def say(self, letter: Letter, head: Message) -> Letter:
        """What is said in this turn, recorded; another one has the next."""
        message = replace(self.digests.said_by(letter.message), attempt=self._attempt)
        self.work.tx.outbox.start([message], attempt=self._attempt, at=self.work.at)
        self.step(head)
        return replace(letter, message=message)

    def park(self, message: Message, head: Message) -> None:
        """Its place takes nothing now."""
        close_place(self.work, message, fault_of(self.work, message.place))
        self.has_parked = True
        self.step(head)

    def set_aside(self, head: Message) -> None:
        """Nobody needs to hear it any more."""
        set_aside(self.work, head)
        self.step(head)

    def step(self, head: Message) -> None:
        """It is no head any more: who is first there now?"""
        following = self.work.tx.queue.next_to(head, self.work.at)
        if following:
            self.heads[_spot(head)] = following
        else:
            self.pass_over(head)

    def pass_over(self, head: Message) -> None:
        del self.heads[_spot(head)]

    def pass_over_line(self, head: Message) -> None:
        line = Line.of(head)
        self.heads = {spot: one for spot, one in self.heads.items() if Line.of(one) != line}


def _spot(head: Message) -> tuple[str, Lane, bool]:
    return head.place, head.lane, head.ts is None
