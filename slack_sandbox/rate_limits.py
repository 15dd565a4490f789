"""Slack's rate limits as token buckets: per method and minute, messages per channel and second."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from slack_sandbox.blocks import Json
from slack_sandbox.web_api.registry import SPECIAL, TIER_1, TIER_2, TIER_3, TIER_4, Method

PER_MINUTE = {SPECIAL: 600, TIER_1: 1, TIER_2: 20, TIER_3: 50, TIER_4: 100}
CHANNEL_BURST = 4
CHANNEL_PER_SECOND = 1.0
WORKSPACE_PER_MINUTE = 240


@dataclass
class Bucket:
    """Tokens that come back with time, up to a full bucket."""

    size: float
    per_second: float
    tokens: float
    at: float

    def seconds_to_wait(self, now: float) -> float:
        """Nothing while there is a token to take, else the time until the next."""
        self.tokens = min(self.size, self.tokens + max(0.0, now - self.at) * self.per_second)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.per_second

    def take(self) -> None:
        self.tokens -= 1


class RateLimits:
    """All buckets of the one app; switched off they are not even filled."""

    def __init__(self, clock: Callable[[], float], is_on: bool) -> None:
        self.clock = clock
        self.is_on = is_on
        self._buckets: dict[str, Bucket] = {}

    def seconds_to_wait(self, method: Method, args: Json) -> int:
        """Whole seconds for `Retry-After`, or nothing when the call may pass."""
        if not self.is_on:
            return 0
        now = self.clock()
        buckets = self._of(method, args, now)
        wait = max(bucket.seconds_to_wait(now) for bucket in buckets)
        if not wait:
            for bucket in buckets:
                bucket.take()
        return math.ceil(wait)

    def _of(self, method: Method, args: Json, now: float) -> list[Bucket]:
        if method.name != "chat.postMessage":
            per_minute = PER_MINUTE[method.tier]
            return [self._bucket(method.name, per_minute, per_minute / 60, now)]
        channel = f"channel {args.get('channel')}"
        return [
            self._bucket(channel, CHANNEL_BURST, CHANNEL_PER_SECOND, now),
            self._bucket("messages", WORKSPACE_PER_MINUTE, WORKSPACE_PER_MINUTE / 60, now),
        ]

    def _bucket(self, name: str, size: float, per_second: float, now: float) -> Bucket:
        if name not in self._buckets:
            self._buckets[name] = Bucket(size, per_second, tokens=size, at=now)
        return self._buckets[name]
