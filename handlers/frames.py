"""What goes out on Slack's socket: it hangs up at a frame that is too large, and every click of
that moment is lost.
"""

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus

from slack_bolt import App, BoltRequest, BoltResponse

from bot.views.limits import FRAME, FRAME_OF_OURS
from handlers.connection import Message

log = logging.getLogger(__name__)

_AN_ENVELOPE = "00000000-0000-4000-8000-000000000000"  # as long as each that Slack sends


def fits(payload: object) -> bool:
    """Whether an acknowledgement can carry it; else it has to go another way."""
    return size(_frame(_AN_ENVELOPE, payload)) <= FRAME_OF_OURS


def size(frame: str) -> int:
    """In bytes, as it goes out."""
    return len(frame.encode())


def acknowledgement(app: App, envelope: Message) -> str | None:
    """None where Slack shall tell it again.

    Never one that Slack hangs up at: one person has no answer then, instead of all of them.
    """
    answer = app.dispatch(_asked(envelope))
    if answer.status != HTTPStatus.OK:
        return None
    frame = _frame(envelope["envelope_id"], _payload(answer))
    if size(frame) <= FRAME:
        return frame
    log.error("an answer was too large for the socket", extra={"bytes": size(frame)})
    return _frame(envelope["envelope_id"], None)


def _frame(envelope: object, payload: object | None) -> str:
    """With letters as they are: escaped, most take two or three times as much."""
    acknowledged = {"envelope_id": envelope} | ({} if payload is None else {"payload": payload})
    frame = json.dumps(acknowledged, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair has no bytes in UTF-8; its escape means the same to a reader of JSON.
    return frame.encode(errors="backslashreplace").decode()


def _payload(answer: BoltResponse) -> object | None:
    if not answer.body:
        return None
    is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
    return json.loads(answer.body) if is_json else {"text": answer.body}


def _asked(envelope: Message) -> BoltRequest:
    retries: dict[str, str | Sequence[str]] = {
        f"x-slack-retry-{name}": str(envelope[key])
        for name, key in (("num", "retry_attempt"), ("reason", "retry_reason"))
        if envelope.get(key) is not None
    }
    return BoltRequest(mode="socket_mode", body=envelope.get("payload") or {}, headers=retries)
