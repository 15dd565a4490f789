"""What needs a person, in each of its variants."""

from dataclasses import replace

from bot.domain.boards import DeadLetter
from bot.domain.effects import Kind, Lane
from bot.domain.ids import CaseId
from bot.domain.outbox import Message, MessageState
from bot.domain.reply import ReplyState
from tests.views.made import DEPARTMENTS, ago, post, reply

CARD = Message(
    "card:1042:sales", Kind.CARD, "department:sales", None, Lane.CARD, CaseId(1042), {}, 1, 0,
    MessageState.PARKED, ago(9), 3, ago(9), error="is_archived",
)  # fmt: skip


def of_reply(state: ReplyState, reason: str) -> DeadLetter:
    return DeadLetter(reply(state, reason=reason), None, ago(9), post=post())


def of_message(**changes: object) -> DeadLetter:
    return DeadLetter(None, replace(CARD, **changes), ago(9))


UNKNOWN = of_reply(ReplyState.UNKNOWN, "no answer (ReadTimeout)")
REJECTED = of_reply(ReplyState.REJECTED, "the post is gone")
HELD = of_reply(ReplyState.HELD, "public replies are on hold")
PARKED = DeadLetter(None, CARD, ago(9), department=DEPARTMENTS[1])
TOO_LONG = replace(
    PARKED, message=replace(CARD, ts="1.0", state=MessageState.DEAD, error="msg_too_long")
)
OF_NO_CASE = of_message(
    kind=Kind.NOTE,
    case=None,
    place="rapid-response",
    state=MessageState.DEAD,
    error="too_many_hats",
)
TO_A_PERSON = of_message(
    kind=Kind.WARNING, place="person:U1", state=MessageState.DEAD, error="user_disabled"
)
TO_A_CHANNEL = of_message(kind=Kind.NOTE, place="channel:C77", error="not_in_channel")
IN_AN_INCIDENT = of_message(kind=Kind.INCIDENT, case=None, place="incident:3", error="")

STUCK = (UNKNOWN, REJECTED, TOO_LONG, PARKED, HELD, HELD, HELD)
ODD = (OF_NO_CASE, TO_A_PERSON, TO_A_CHANNEL, IN_AN_INCIDENT)


def spoiled(text: str) -> tuple[DeadLetter, ...]:
    """With these foreign words wherever there may be any."""
    written = reply(ReplyState.REJECTED, text=text, reason=text)
    rejected = DeadLetter(
        written, None, ago(9), post=post(text, source=text[:32] or "x", account=text)
    )
    return (rejected, of_message(error=text), of_message(place=f"department:{text}"))
