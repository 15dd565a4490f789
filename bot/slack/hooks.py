"""The way back that Slack gives with every click: its message may be changed by it, beside the
budget of changes. Kept in memory only: without it a change takes the usual way.
"""

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from threading import Lock
from urllib.parse import urlsplit
from urllib.request import Request

from bot.domain.ids import ChannelId
from bot.domain.outbox import Delivered, NotExecuted, SlackAnswer
from bot.domain.ports import LastLook, Letter, Now
from bot.slack.gateway import NotSent, opener
from bot.slack.speaker import INERT, Draw

USES = 5
KEPT_FOR = timedelta(minutes=29)  # Slack allows thirty, from the click
MOST = 2_000  # the oldest are forgotten first
TIMEOUT = 10  # seconds
# Who was paused for longer changes nothing any more: by then delivery may have said it anew.
LEAVES_WITHIN = timedelta(seconds=20)
SLACKS_OWN = ("https", "hooks.slack.com", None)

_log = logging.getLogger(__name__)

Spot = tuple[ChannelId, str]  # where a message stands
Origin = tuple[str, str | None, int | None]


@dataclass(frozen=True)
class _Hook:
    url: str
    until: datetime
    uses: int = USES


class SlackHooks:
    """Implements `Hooks`; one for each message, from the newest click on it."""

    def __init__(self, api_url: str, draw: Draw, now: Now):
        self._origins = {SLACKS_OWN, _origin(api_url)}
        self._draw = draw
        self._now = now
        self._hooks: dict[Spot, _Hook] = {}
        self._lock = Lock()

    def keep(self, channel: ChannelId, ts: str, url: str) -> None:
        """From a click on that message; an address that is not Slack's own is not kept."""
        if not ts or _origin(url) not in self._origins:
            return
        with self._lock:
            self._hooks.pop((channel, ts), None)
            self._hooks[channel, ts] = _Hook(url, self._now() + KEPT_FOR)
            while len(self._hooks) > MOST:
                del self._hooks[next(iter(self._hooks))]

    def spots(self) -> Collection[Spot]:
        now = self._now()
        with self._lock:
            self._hooks = {spot: hook for spot, hook in self._hooks.items() if hook.until > now}
            return set(self._hooks)

    def has(self, letter: Letter) -> bool:
        with self._lock:
            hook = self._hooks.get((letter.channel, str(letter.message.ts)))
            return hook is not None and hook.until > self._now()

    def update(self, letter: Letter) -> SlackAnswer:
        began = self._now()
        hook = self._taken(letter)
        if hook is None:
            return NotExecuted("no_hook", wait=timedelta())
        drawn = self._draw(letter.message.kind, letter.content)
        words = {"text": drawn.text, "blocks": drawn.blocks, "replace_original": True, **INERT}

        def last_look() -> None:
            if self._now() - began > LEAVES_WITHIN:
                raise NotSent("paused")

        status = _status_of(hook.url, words, last_look)
        if status == 200:
            return Delivered(str(letter.message.ts), letter.channel)
        self._forget(letter)
        _log.info("a hook was not taken", extra={"key": letter.message.key, "status": status})
        return NotExecuted(f"hook_{status}", wait=timedelta())

    def _taken(self, letter: Letter) -> _Hook | None:
        """One use less is left of it."""
        spot = (letter.channel, str(letter.message.ts))
        with self._lock:
            hook = self._hooks.pop(spot, None)
            if hook is None or hook.until <= self._now():
                return None
            if hook.uses > 1:
                self._hooks[spot] = replace(hook, uses=hook.uses - 1)
            return hook

    def _forget(self, letter: Letter) -> None:
        with self._lock:
            self._hooks.pop((letter.channel, str(letter.message.ts)), None)


def _status_of(url: str, words: object, last_look: LastLook) -> int:
    """Of one try; 0 where nobody answered, which is as good as a no: it may be said again."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(url, json.dumps(words).encode(), headers, method="POST")
    try:
        with opener(url, last_look).open(request, timeout=TIMEOUT) as answer:
            return int(answer.status)
    except (NotSent, OSError, HTTPException):
        return 0


def _origin(url: str) -> Origin | None:
    """Scheme, host and port; None for what is no address."""
    try:
        parts = urlsplit(url)
        return (parts.scheme, parts.hostname, parts.port) if parts.hostname else None
    except ValueError:
        return None
