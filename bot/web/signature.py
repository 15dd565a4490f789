"""Who may speak: the signatures of Standard Webhooks and of Slack, over the raw bytes.

The libraries ask the machine's clock and raise on strange headers; here the answer is yes or no.
How old a signature is, is asked apart: who holds the key hears that a clock must be wrong.
"""

import hmac
import re
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from standardwebhooks.webhooks import hmac_data
from werkzeug.datastructures import Headers

TOLERANCE = timedelta(minutes=5)

SENDERS_MOMENT = "webhook-timestamp"
SLACKS_MOMENT = "x-slack-request-timestamp"

_SECONDS = re.compile(r"[0-9]{1,12}")
_MESSAGE_ID = re.compile(r"[!-~]{1,255}")


def is_from_our_sender(body: bytes, headers: Headers, *, secret: str) -> bool:
    """Standard Webhooks: one of the signatures fits the id, the moment and the body."""
    message, moment = headers.get("webhook-id", ""), headers.get(SENDERS_MOMENT, "")
    if not _MESSAGE_ID.fullmatch(message) or not _SECONDS.fullmatch(moment):
        return False
    key = b64decode(secret.removeprefix("whsec_") + "==")
    right = b"v1," + b64encode(hmac_data(key, f"{message}.{moment}.".encode() + body))
    given = headers.get("webhook-signature", "").split(" ")
    return any(_is_same(right, signature) for signature in given)


def is_from_slack(body: bytes, headers: Headers, *, secret: str) -> bool:
    """Slack's `v0`."""
    moment = headers.get(SLACKS_MOMENT, "")
    if not _SECONDS.fullmatch(moment):
        return False
    digest = hmac.digest(secret.encode(), f"v0:{moment}:".encode() + body, "sha256")
    return _is_same(b"v0=" + digest.hex().encode(), headers.get("x-slack-signature", ""))


def too_far_off(moment: str, wall: datetime) -> timedelta | None:
    """How far ahead of our clock it was signed, where that is too far; negative: behind."""
    ahead = timedelta(seconds=int(moment) - wall.timestamp())
    return ahead if abs(ahead) > TOLERANCE else None


def _is_same(right: bytes, given: str) -> bool:
    return hmac.compare_digest(right, given.encode(errors="replace"))
