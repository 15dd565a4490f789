"""Since when people can see what: every new case, and every change that somebody has made."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.virtual import VirtualTime
from bot.domain.effects import card_key
from bot.domain.ids import CaseId
from bot.domain.outbox import Message, MessageState
from bot.services.kernel import Kernel, Work

Delays = defaultdict[str, list[float]]  # by severity, in seconds


@dataclass(frozen=True)
class Change:
    """Of a case's state; to be seen with this revision of a message."""

    revision: int
    at: float
    severity: str


class Sight:
    def __init__(self, kernel: Kernel, time: VirtualTime):
        self._kernel = kernel
        self._time = time
        self._opened: dict[CaseId, tuple[float, str]] = {}
        self._awaited: defaultdict[str, list[Change]] = defaultdict(list)
        self._appeared: Callable[[CaseId], object] = lambda _case: None
        self.shown: set[CaseId] = set()
        self.cards: Delays = defaultdict(list)
        self.updates: Delays = defaultdict(list)

    def tell(self, appeared: Callable[[CaseId], object]) -> None:
        """Who wants to hear of each case that can be seen from now on."""
        self._appeared = appeared

    def opened(self, case: CaseId) -> str:
        """A post has become a case; its priority, as the rules gave it."""
        with self._kernel.look() as work:
            severity = str(work.case(case).priority)
        self._opened[case] = (self._time.seconds, severity)
        return severity

    def severity(self, case: CaseId) -> str:
        return self._opened[case][1]

    def changed(self, case: CaseId) -> None:
        """Somebody has just changed it: where that will be seen, and since when it waits."""
        with self._kernel.look() as work:
            message = where_it_stands(work, case)
        change = Change(message.wanted, self._time.seconds, self.severity(case))
        self._awaited[message.key].append(change)

    def said(self, message: Message) -> None:
        """It stands in Slack, as it was wanted when it was drawn."""
        awaited = self._awaited.pop(message.key, [])
        for change in awaited:
            if change.revision <= message.wanted:
                self.updates[change.severity].append(self._time.seconds - change.at)
            else:
                self._awaited[message.key].append(change)
        if message.ts is None:
            self._show(message)

    @property
    def unseen(self) -> int:
        """Cases and changes that nobody can see yet."""
        return len(self._opened) - len(self.shown) + sum(map(len, self._awaited.values()))

    def _show(self, message: Message) -> None:
        for case in _cases_in(message):
            if case in self._opened and case not in self.shown:
                at, severity = self._opened[case]
                self.shown.add(case)
                self.cards[severity].append(self._time.seconds - at)
                self._appeared(case)


def where_it_stands(work: Work, number: CaseId) -> Message:
    """Its owner's card, or the message that lists it with others."""
    card = work.tx.outbox.get(card_key(number, work.case(number).department))
    assert card is not None  # every case has one
    if card.state is not MessageState.BUNDLED or card.within is None:
        return card
    listed = work.tx.outbox.get(card.within)
    assert listed is not None
    return listed


def _cases_in(message: Message) -> list[CaseId]:
    """A card's own, or those that it lists."""
    if message.kind == "card":
        return [message.case] if message.case else []
    cards = message.args.get("cards", [])
    assert isinstance(cards, list)
    return [CaseId(int(key.split(":")[1])) for key in cards]
