"""What a digest shows: a line for each of its cards, and how the storm stands."""

from bot.domain.facts import DigestFacts, DigestLine
from bot.domain.ids import DepartmentKey
from bot.domain.outbox import Message
from bot.domain.queue_order import ahead
from bot.services.kernel import Work
from bot.services.links import link_to


def digest_content(work: Work, message: Message) -> DigestFacts:
    department = DepartmentKey(message.place.partition(":")[2])
    lines = (_line(work, key, department) for key in message.said_together)
    waiting = {one.place: one.cards for one in work.tx.queue.waiting()}
    return DigestFacts(
        # As they came, so that no line moves under a finger when it is answered or closed.
        lines=tuple(sorted((line for line in lines if line), key=lambda one: ahead(one.case))),
        waiting=waiting.get(message.place, 0),
        is_on=message.place in work.tx.storms.all(),
    )


def _line(work: Work, key: str, department: DepartmentKey) -> DigestLine | None:
    card = work.tx.outbox.get(key)
    if card is None or card.case is None:
        return None
    case = work.case(card.case)
    stored = work.first_post(case)
    asks = work.asks(case)
    return DigestLine(
        case,
        stored.post,
        stored.language,
        owner=work.department_of(case),
        shown_in=department,
        ask=next((ask for ask in asks if ask.department == department), None),
        link=link_to(work, card),
    )
