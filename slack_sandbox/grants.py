"""What the app may do once or for a while: trigger ids and response URLs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from slack_sandbox.errors import SlackError

RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
REMEMBERED_GRANTS = 20_000


class Source(Protocol):
    """Where time and numbers come from."""

    def now(self) -> float: ...

    def serial(self) -> int: ...


@dataclass(frozen=True)
class Trigger:
    """The right of the app to open a form before one person, for three seconds."""

    id: str
    user: str
    at: float
    view_id: str | None = None
    is_used: bool = False


@dataclass(frozen=True)
class ResponseUrl:
    """The right to answer one interaction, five times within half an hour."""

    path: str
    user: str
    channel_id: str
    message_ts: str | None
    is_ephemeral: bool
    at: float
    uses: int = 0


class Triggers:
    """Every trigger id that was handed out."""

    lives = 3.0  # seconds

    def __init__(self, source: Source) -> None:
        self._source = source
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        number = self._source.serial()
        trigger_id = f"{9_000_000_000_000 + number}.1234567890123.{number:032x}"
        self._issued[trigger_id] = Trigger(trigger_id, user, self._source.now(), view_id)
        _forget_oldest(self._issued)
        return trigger_id

    def redeem(self, trigger_id: object) -> Trigger:
        trigger = self._issued.get(str(trigger_id))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._source.now() - trigger.at > self.lives:
            raise SlackError("expired_trigger_id")
        self._issued[trigger.id] = replace(trigger, is_used=True)
        return trigger


class ResponseUrls:
    """Every response URL that was handed out, by its path."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._issued: dict[str, ResponseUrl] = {}

    def issue(
        self,
        kind: str,
        user: str,
        channel_id: str,
        message_ts: str | None,
        *,
        is_ephemeral: bool = False,
    ) -> ResponseUrl:
        number = self._source.serial()
        path = f"{kind}/{number}/{number * 7919:024x}"
        url = ResponseUrl(path, user, channel_id, message_ts, is_ephemeral, self._source.now())
        self._issued[path] = url
        _forget_oldest(self._issued)
        return url

    def redeem(self, path: str) -> ResponseUrl:
        url = self._issued.get(path)
        if url is None or self._source.now() - url.at > RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        self._issued[path] = replace(url, uses=url.uses + 1)
        return url


def _forget_oldest(issued: dict[str, Trigger] | dict[str, ResponseUrl]) -> None:
    if len(issued) > REMEMBERED_GRANTS:
        del issued[next(iter(issued))]
