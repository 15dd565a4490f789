"""Letters with only the facts that matter, and a view that draws them."""

from datetime import UTC, datetime

from bot.domain import outbox
from bot.domain.effects import Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Delivered, MessageState, SlackAnswer
from bot.domain.ports import Letter
from bot.views.blocks import section
from bot.views.drawn import Drawn
from slack_sandbox import Channel, Message


def drawn(_: Kind, content: object) -> Drawn:
    if isinstance(content, Drawn):
        return content
    return Drawn(f"New: {content}", [section(f"*{content}*")])


def letter(
    channel: Channel,
    content: object = "stuck at gate B12",
    *,
    key: str = "card:1042:service",
    ts: str | None = None,
    thread: str | None = None,
) -> Letter:
    now = datetime.now(UTC)
    message = outbox.Message(
        key=key,
        kind=Kind.CARD,
        place="department:service",
        thread=None,
        lane=Lane.CARD,
        case=CaseId(1042),
        args={},
        wanted=1,
        shown=0,
        state=MessageState.SENDING,
        due_at=now,
        tries=0,
        created_at=now,
        started_at=now,
        attempt="first",
        ts=ts,
    )
    return Letter(message, ChannelId(channel.id), thread, content)


def ts_of(answer: SlackAnswer | None) -> str:
    assert isinstance(answer, Delivered)
    return answer.id


def only(messages: list[Message]) -> Message:
    [message] = messages
    return message
