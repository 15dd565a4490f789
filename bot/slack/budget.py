"""Who may speak now: Slack's limits kept on our side, and a part of each kept back for pings."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from bot.domain.effects import Lane
from bot.domain.ids import ChannelId

POST = "chat.postMessage"
UPDATE = "chat.update"

POSTS_PER_MINUTE = 240  # over all channels
UPDATES_PER_MINUTE = 50

_NOTHING = timedelta()
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_OTHERS_SHARE = 0.75
_EVERYWHERE = ChannelId("")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Line = tuple[str, ChannelId]  # what Slack counts together: a method, in one channel or everywhere


@dataclass
class Bucket:
    """`burst` tokens, one back after each `every`; all it remembers is when it is full again."""

    every: timedelta
    burst: int
    full_at: datetime = _LONG_AGO
    kept_until: datetime | None = None  # only after a refusal, where we set no pace of our own

    def wait(self, lane: Lane, now: datetime) -> timedelta:
        """How long until the lane may take a token; not positive: now."""
        room = self.every * self.burst
        if lane is not Lane.PING:
            room = max(self.every, room * _OTHERS_SHARE)
        return max(self.full_at, now) + self.every - room - now

    def take(self, now: datetime) -> None:
        self.full_at = max(self.full_at, now) + self.every

    def drain(self, until: datetime) -> None:
        """Nothing is left before `until`, and then one token, for which a ping is first."""
        self.full_at = max(self.full_at, until + self.every * (self.burst - 1))


class Budget:
    """Asked before every call; answers at once, keeps no queue and never sleeps."""

    def __init__(self, pace: float | None, burst: int = 3):
        """`pace` is in messages per second for one channel; None: no limit of our own."""
        self._own_limits = {} if pace is None else _own_limits(pace, burst)
        self._workspace = _per_minute(POSTS_PER_MINUTE)
        self._buckets: dict[Line, Bucket] = {}
        self._lock = Lock()

    def may(self, lane: Lane, method: str, channel: ChannelId, now: datetime) -> timedelta | None:
        """None: speak now, the token is taken. Else how long to wait before asking again."""
        with self._lock:
            buckets = self._buckets_of(method, channel, now)
            wait = max((bucket.wait(lane, now) for bucket in buckets), default=_NOTHING)
            if wait > _NOTHING:
                return wait
            for bucket in buckets:
                bucket.take(now)
            return None

    def takes(self, channel: ChannelId, here: int, everywhere: int, now: datetime) -> timedelta:
        """How long so many messages take, in this channel and over all of them."""
        with self._lock:
            buckets = self._buckets_of(POST, channel, now)  # the channel's, then the workspace's
            counted = zip(buckets, (here, everywhere), strict=False)
            return max((bucket.every * count for bucket, count in counted), default=_NOTHING)

    def limited(self, method: str, channel: ChannelId, wait: timedelta, now: datetime) -> None:
        """Slack said 429: nobody speaks there for `wait`, nor fast in the minute after."""
        reopens = now + wait
        line = _line(method, channel)
        with self._lock:
            bucket = self._bucket(line, now) or self._buckets.setdefault(line, Bucket(_SECOND, 1))
            bucket.drain(reopens)
            if method not in self._own_limits:
                bucket.kept_until = reopens + _MINUTE

    def _buckets_of(self, method: str, channel: ChannelId, now: datetime) -> list[Bucket]:
        bucket = self._bucket(_line(method, channel), now)
        buckets = [bucket] if bucket else []
        if method == POST and self._own_limits:
            buckets.append(self._workspace)
        return buckets

    def _bucket(self, line: Line, now: datetime) -> Bucket | None:
        method, _ = line
        if line not in self._buckets and method in self._own_limits:
            self._buckets[line] = replace(self._own_limits[method])
        bucket = self._buckets.get(line)
        if bucket and bucket.kept_until and bucket.kept_until <= now:
            del self._buckets[line]
            return None
        return bucket


def _own_limits(pace: float, burst: int) -> dict[str, Bucket]:
    """A full bucket for each method that we pace, to be copied."""
    post = Bucket(timedelta(seconds=1 / pace), burst)
    return {POST: post, UPDATE: _per_minute(UPDATES_PER_MINUTE)}


def _line(method: str, channel: ChannelId) -> Line:
    # Only messages are counted by the channel; another method is closed everywhere at once.
    return method, channel if method == POST else _EVERYWHERE


def _per_minute(most: int) -> Bucket:
    """Never more than `most` in any minute, a tenth of them at once."""
    burst = most // 10
    return Bucket(_MINUTE / (most - burst), burst)
