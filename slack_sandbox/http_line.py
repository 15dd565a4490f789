"""HTTP mode: the same payloads as signed requests to the app's own address."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

import aiohttp

from slack_sandbox.blocks import Json
from slack_sandbox.delivery import Ack, Attempt
from slack_sandbox.faults import Faults
from slack_sandbox.identity import SIGNING_SECRET
from slack_sandbox.workspace import Workspace

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class HttpLine:
    """Posts every payload to one request URL."""

    def __init__(
        self, workspace: Workspace, faults: Faults, request_url: str, ack_seconds: float
    ) -> None:
        self._workspace = workspace
        self._faults = faults
        self._request_url = request_url
        timeout = aiohttp.ClientTimeout(total=ack_seconds)
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)

    def is_open(self) -> bool:
        return True

    async def send(self, kind: str, payload: Json, attempt: Attempt) -> Ack:
        """Post one payload; any 2xx within the time is its acknowledgement."""
        body, content_type = encoded(kind, payload)
        headers = signed(body, int(self._workspace.now())) | {"Content-Type": content_type}
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = attempt.reason
        try:
            async with self._session.post(self._request_url, data=body, headers=headers) as reply:
                text = await reply.text()
                if self._faults.take_late_ack():
                    return Ack(False, error="operation_timeout")
                if not reply.ok:
                    return Ack(False, error="dispatch_failed")
                return Ack(True, _payload(text, reply.content_type))
        except TimeoutError:
            return Ack(False, error="operation_timeout")
        except aiohttp.ClientError:
            return Ack(False, error="dispatch_failed")

    async def stop(self) -> None:
        await self._session.close()


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """The raw body and its type: events as JSON, everything a person does as a form."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON_TYPE
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), FORM_TYPE


def signed(body: bytes, at: int) -> dict[str, str]:
    """Slack's v0 signature over exactly these bytes."""
    base = b"v0:%d:%s" % (at, body)
    digest = hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


def _payload(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    return dict(json.loads(text)) if content_type == JSON_TYPE else {"text": text}
