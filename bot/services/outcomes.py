"""What came of a try to say something, and what follows from it."""

from datetime import timedelta

from bot.domain.effects import Kind, card_key
from bot.domain.outbox import (
    Delivered,
    Message,
    MessageState,
    NotExecuted,
    PlaceClosed,
    Refused,
    ShutOut,
    Silence,
    SlackAnswer,
    Unknown,
    Vanished,
)
from bot.domain.ports import Letter
from bot.services import late_list
from bot.services.kernel import Work
from bot.services.links import top_of_thread
from bot.services.places import close_place, give_up, is_for_a_person, where

LOOKS = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=20))
MOST_REPOSTS = 3  # a message that people delete again and again is wanted by nobody
ANEW_AFTER = timedelta(seconds=2)  # time for the message above to come back first


def letter_for(work: Work, message: Message) -> Letter | None:
    """Where it stands, or its thread does, or its place is; None while there is no such thing."""
    channel = where(work, message.place)
    if channel is None:
        return None
    top = top_of_thread(work, message)
    if message.thread and not message.ts and not (top and top.ts):
        return None
    above = message if message.ts else top
    home = above.channel if above else None
    return Letter(message, home or channel, top.ts if top else None, None)


def settle(work: Work, letter: Letter, answer: SlackAnswer) -> None:
    """Only what is still under way: else it is in other hands, or was kept already."""
    if work.tx.outbox.is_tried(letter.message):
        _settle(work, letter, answer)


def _settle(work: Work, letter: Letter, answer: SlackAnswer) -> None:
    outbox, message = work.tx.outbox, letter.message
    match answer:
        case Delivered():
            outbox.shown(message, answer)
            _link_to(work, message)
        case NotExecuted():
            _put_off(work, letter, answer)
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


def settle_unknown(work: Work, message: Message, answer: SlackAnswer | None) -> None:
    """What a look for it has found; None: it was not there this time."""
    outbox, looks = work.tx.outbox, message.looks + 1
    wait = LOOKS[min(looks, len(LOOKS) - 1)]
    match answer:
        case Delivered() if message.kind is Kind.PING:
            late_list.found(work, message, answer)
        case Delivered():
            outbox.adopt(message, answer)
            _link_to(work, message)
        case None if looks < len(LOOKS):
            outbox.looked(message, due=work.at + wait)
        case None | Refused():  # not there, or not to be looked for: rather twice
            outbox.move(message, MessageState.QUEUED, why="not there", due=work.at)
        case _:  # the time it had to appear in has passed all the same
            asked = answer.wait if isinstance(answer, NotExecuted) else wait
            outbox.looked(message, due=work.at + max(wait, asked))


def _put_off(work: Work, letter: Letter, answer: NotExecuted) -> None:
    """After the wait that Slack named, which is kept, or ever longer ones of our own."""
    message = letter.message
    wait = answer.wait * (1 if answer.limited else min(2**message.tries, 30))
    work.tx.outbox.move(message, MessageState.QUEUED, why=answer.why, due=work.at + wait)
    if answer.limited:
        silence = Silence(message.ts is not None, letter.channel, work.at + wait)
        work.tx.silences.keep(silence, work.at)


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


def _link_to(work: Work, message: Message) -> None:
    """Other cards of a case can say where the owner's stands, or its line, from now on."""
    if message.ts:
        return
    for key in _cards_in(message):
        card = work.tx.outbox.get(key)
        if card and card.case and key == card_key(card.case, work.case(card.case).department):
            cards = work.tx.outbox.of_case(card.case, Kind.CARD)
            work.tell(*(one.again() for one in cards if one.key != key and one.ts))


def _cards_in(message: Message) -> list[str]:
    """Which cards stand, now that it does."""
    if message.kind is not Kind.DIGEST:
        return [message.key] if message.kind is Kind.CARD else []
    listed = message.args["cards"]
    assert isinstance(listed, list)
    return listed
