"""Many messages said by one: what is late, warnings and, in a storm, the cards of a channel."""

from collections.abc import Mapping

from bot.domain import effects
from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import DepartmentKey
from bot.domain.outbox import Message
from bot.domain.ports import NewKey
from bot.domain.storm import FEWEST_LINES, GATHERS_FOR, MOST_LINES, Storm
from bot.services.kernel import Work
from bot.services.late_list import gathered
from bot.services.warn import readers_of

MOST_SINGLE_WARNINGS = 5  # more than so many waiting at once share one message
MOST_TOGETHER = 45


class Digests:
    """Within one transaction: what is said in the turn of a head."""

    def __init__(self, work: Work, new_key: NewKey):
        self._work = work
        self._new_key = new_key
        self._storms: Mapping[str, Storm] = work.tx.storms.all()

    def turn_of(self, head: Message) -> Message | None:
        """The head, or a card behind it that is no line of a digest; None: they still gather."""
        if not self._is_gathered(head):
            return head
        waiting = self._waiting(head.place)
        alone = self._alone(waiting)
        if alone:
            return next(card for card in waiting if card.key in alone)
        is_ripe = self._work.at - head.due_at >= GATHERS_FOR or len(waiting) >= MOST_LINES
        return head if is_ripe else None

    def said_by(self, message: Message) -> Message:
        """Itself, or the message that says it together with others from now on."""
        if message.ts is None and message.kind in (Kind.PING, Kind.BUNDLE):
            return gathered(self._work, message, self._new_key)
        if message.ts is None and message.kind is Kind.WARNING:
            alike = self._for_the_same(message)
            if len(alike) > MOST_SINGLE_WARNINGS:
                keys, threads = [one.key for one in alike], {one.thread for one in alike}
                thread = threads.pop() if len(threads) == 1 else None
                told = effects.warnings(self._new_key(), message.place, keys, thread)
                return self._together(alike, told)
        if self._is_gathered(message):
            waiting = self._waiting(message.place)
            alone = self._alone(waiting)
            cards = [card for card in waiting if card.key not in alone]
            if message.key not in alone and len(cards) >= FEWEST_LINES:
                self._count(message.place, len(cards))
                keys = [card.key for card in cards]
                return self._together(cards, effects.digest(self._new_key(), message.place, keys))
        return message

    def _for_the_same(self, warning: Message) -> list[Message]:
        """Warnings that wait at this place for the same readers."""
        work = self._work
        waiting = work.tx.outbox.waiting(warning.kind, warning.place, limit=MOST_TOGETHER)
        cases = work.tx.cases.among({one.case for one in waiting if one.case})
        readers = {
            one.key: readers_of(work, cases[one.case], one) for one in waiting if one.case in cases
        }
        return [one for one in waiting if readers.get(one.key) == readers.get(warning.key)]

    def _is_gathered(self, message: Message) -> bool:
        is_new_card = message.kind is Kind.CARD and message.ts is None and not message.within
        return is_new_card and message.lane is Lane.CARD and message.place in self._storms

    def _waiting(self, place: str) -> list[Message]:
        return self._work.tx.queue.cards(place, self._work.at, limit=MOST_LINES)

    def _alone(self, cards: list[Message]) -> set[str]:
        """Those that somebody has in hand, or that something is to be said under."""
        numbers = [card.case for card in cards if card.case]
        cases = self._work.tx.cases.among(numbers)
        in_hand = {
            card.key
            for card in cards
            if card.case
            and cases[card.case].stands_out
            and cases[card.case].department == DepartmentKey(str(card.args["department"]))
        }
        return in_hand | self._work.tx.queue.with_something_below(cards)

    def _together(self, messages: list[Message], effect: Effect) -> Message:
        self._work.tell(effect)
        self._work.tx.queue.bundle(messages, effect.key)
        said = self._work.tx.outbox.get(effect.key)
        assert said is not None  # it was told two lines above
        return said

    def _count(self, place: str, cards: int) -> None:
        storm = self._storms[place].listed(cards)
        self._work.tx.storms.put(storm)
        self._storms = {**self._storms, place: storm}
