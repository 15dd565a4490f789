"""Public replies to an address of the operator's own, signed by Standard Webhooks.

One attempt a call. What surely did not leave is told apart from what may have arrived, for a reply
that is sent twice cannot be taken back.
"""

import json
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Timer
from typing import Any

import httpx
from standardwebhooks import Webhook

from bot.domain.accounts import WEBHOOK, Door
from bot.domain.errors import TermOver
from bot.domain.outbox import Delivered, NetworkAnswer, NotExecuted, Refused, Unknown
from bot.domain.ports import LastLook, Network, Now, no_last_look
from bot.domain.post import Post
from bot.domain.reply import Reply
from bot.domain.strict_json import BadJson, load_json
from bot.domain.web_address import is_web_address

PATIENCE = timedelta(seconds=20)  # with the whole attempt
MAX_ANSWER = 64 * 1024
MAX_REASON = 200
LONGEST_WAIT = timedelta(hours=1)
SHORTEST_WAIT = timedelta(seconds=1)
USUAL_WAIT = timedelta(seconds=30)  # where a 429 does not say how long

_STEPS = httpx.Timeout(10, connect=5, pool=1)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_ABOUT_TO_SEND = ("http11.send_request_headers.started", "http11.send_request_body.started")
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
_THIS_MACHINE = {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}


def connect(door: Door, secret: str | None, now: Now) -> Network:
    """The way to a door's reply address, or one that refuses and says what is missing where."""
    is_setting = door.name == WEBHOOK
    of_it = f"for the door “{door.name}” in networks.toml"
    if not door.reply_url:
        named = "WEBHOOK_REPLY_URL" if is_setting else f"reply_url {of_it}"
        return Nowhere(f"no reply address is set: {named}")
    if not secret:
        return Nowhere(f"no secret to sign replies with is set: {door.secret}")
    return WebhookNetwork(door.reply_url, secret, httpx.Client(mounts=_THIS_MACHINE), now)


@dataclass(frozen=True)
class Nowhere:
    """A network without a way out."""

    why: str

    def send(
        self, _reply: Reply, _post: Post, _last_look: LastLook = no_last_look
    ) -> NetworkAnswer:
        return Refused(self.why)


class WebhookNetwork:
    """Sends replies to one address and reads its receipts."""

    def __init__(
        self, url: str, secret: str, client: httpx.Client, now: Now, patience: timedelta = PATIENCE
    ):
        self._url = httpx.URL(url)
        self._webhook = Webhook(secret)
        self._client = client
        self._now = now
        self._patience = patience

    def send(self, reply: Reply, post: Post, last_look: LastLook = no_last_look) -> NetworkAnswer:
        body = json.dumps(_message(reply, post))
        deadline = _Deadline(self._patience, last_look)
        try:
            with (
                deadline,
                self._client.stream(
                    "POST",
                    self._url,
                    content=body,
                    headers=self._headers(reply.key, body),
                    timeout=_STEPS,
                    follow_redirects=False,
                    extensions={"trace": deadline.follow},
                ) as response,
            ):
                return _meaning(response, self._now())
        except TermOver:
            return NotExecuted("another process sends replies now")
        except _NEVER_LEFT as error:
            return NotExecuted(f"could not connect ({type(error).__name__})")
        except httpx.HTTPError as error:
            return Unknown(f"no answer ({type(error).__name__})")

    def _headers(self, key: str, body: str) -> dict[str, str]:
        now = self._now()
        return {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            # A kept connection may have died unseen, and the next attempt on it ends as unknown.
            "Connection": "close",
            "User-Agent": "samepage",
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(key, now, body),
        }


def _message(reply: Reply, post: Post) -> dict[str, object]:
    return {
        "type": "reply.created",
        "reply": reply.key,
        "in_reply_to": post.id,
        "source": post.source,
        "account": reply.account,
        "visibility": reply.visibility.value,
        "text": reply.text,
        "case": reply.case,
    }


def _meaning(response: httpx.Response, now: datetime) -> NetworkAnswer:
    status = response.status_code
    if status == 429:
        wait = _wait(response.headers.get("Retry-After", ""), _their_now(response) or now)
        return NotExecuted("asked to wait (HTTP 429)", wait=wait, limited=True)
    if response.is_client_error:
        return Refused(_reason(status, _answer(response)))
    if response.is_success:
        return _receipt(status, _answer(response))
    return Unknown(f"HTTP {status}")


def _receipt(status: int, answer: Mapping[str, object]) -> NetworkAnswer:
    id, url = answer.get("id"), answer.get("url")
    if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
        return Unknown(f"HTTP {status} without an id")
    return Delivered(str(id), url=url if isinstance(url, str) and is_web_address(url) else None)


def _reason(status: int, answer: Mapping[str, object]) -> str:
    said = next((answer[name] for name in ("error", "message") if answer.get(name)), None)
    words = _NOT_SHOWN.sub(" ", said).strip()[:MAX_REASON] if isinstance(said, str) else ""
    return f"HTTP {status}: {words}" if words else f"HTTP {status}"


def _wait(text: str, now: datetime) -> timedelta:
    """`Retry-After`: seconds, or a date."""
    try:
        wait = timedelta(seconds=int(text)) if text.isdecimal() else _date(text) - now
    except (ValueError, OverflowError):
        return USUAL_WAIT
    return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _their_now(response: httpx.Response) -> datetime | None:
    """By the clock that a date in `Retry-After` was read from, where it says so."""
    try:
        return _date(response.headers.get("Date", ""))
    except (ValueError, OverflowError):
        return None


def _date(text: str) -> datetime:
    date = parsedate_to_datetime(text)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _answer(response: httpx.Response) -> Mapping[str, object]:
    """The JSON object that came back; empty where it is none, too long, or broke off."""
    body = b""
    try:
        for piece in response.iter_raw():
            body += piece
            if len(body) > MAX_ANSWER:
                return {}
        answer = load_json(body)
    except (httpx.HTTPError, BadJson):
        return {}
    return answer if isinstance(answer, dict) else {}


class _Deadline:
    """Hangs up on an attempt that takes too long; httpx itself limits only each single step."""

    def __init__(self, patience: timedelta, last_look: LastLook):
        self._last_look = last_look
        self._timer = Timer(patience.total_seconds(), self._hang_up)
        self._timer.daemon = True
        self._socket: socket.socket | None = None
        self._is_over = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def follow(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by httpx of every step; a connection is what can be hung up."""
        if event in _ABOUT_TO_SEND:
            self._last_look()
        if event in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_over:
                self._hang_up()

    def _hang_up(self) -> None:
        self._is_over = True
        if self._socket:
            with suppress(OSError):
                # Closing would leave the reader waiting; and TLS has a shutdown of its own.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
