"""A record of sending whose commit nobody confirmed: nothing has left, so it may be taken back."""

from bot.domain.ids import DESK
from bot.domain.outbox import MessageState
from bot.domain.reply import Reply
from bot.services import answering
from bot.services.kernel import Work

WHY = "the store was away"


def take_back_messages(work: Work, attempt: str) -> None:
    for message in work.tx.outbox.in_state(MessageState.SENDING):
        if message.attempt == attempt:
            work.tx.outbox.move(message, MessageState.QUEUED, why=WHY, due=work.at)


def take_back_reply(work: Work, recorded: Reply) -> None:
    """Only where it stands as this very try has recorded it."""
    if work.tx.replies.get(recorded.key) == recorded:
        answering.keep(work, recorded.retry(work.at, WHY), DESK)
