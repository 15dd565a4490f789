"""Where a message of ours can be opened in Slack."""

from bot.domain.case import Case
from bot.domain.effects import card_key
from bot.domain.outbox import Message
from bot.services.kernel import Work


def card_link(work: Work, case: Case) -> str | None:
    """Where the owner's card stands, or the digest that lists it, once it does."""
    return link_to(work, standing_card(work, card_key(case.id, case.department)))


def standing_card(work: Work, key: str) -> Message | None:
    """The card itself, else the message of which it is a line."""
    card = work.tx.outbox.get(key)
    if card and card.within and not card.ts:
        return work.tx.outbox.get(card.within)
    return card


def link_to(work: Work, message: Message | None) -> str | None:
    workspace = work.tx.setup.get("workspace")
    if not message or not message.ts or not message.channel or not workspace:
        return None
    link = f"{workspace['url']}archives/{message.channel}/p{message.ts.replace('.', '')}"
    above = top_of_thread(work, message)
    return f"{link}?thread_ts={above.ts}&cid={message.channel}" if above else link


def top_of_thread(work: Work, message: Message) -> Message | None:
    """What all of its thread hangs under; a card in the thread of a digest has none of its own."""
    above = work.tx.outbox.get(message.thread) if message.thread else None
    return (top_of_thread(work, above) or above) if above else None
