"""Forms on somebody's screen: each opened, put on top or drawn anew by one call of Slack's."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.domain.errors import (
    BotError,
    FormIsClosed,
    PressedTooLongAgo,
    SlackUnavailable,
    TooManyForms,
)
from bot.slack.gateway import Method, SlackFailed, call

View = Mapping[str, Any]

_TOO_LATE = frozenset(
    ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"]
)
# Seconds before each try: Slack reads an acknowledgement after it has left, and then draws it.
_DRAWN_WITHIN = (0.4, 2.0)


class SlackForms:
    """Implements `Forms`."""

    def __init__(self, client: WebClient, sleep: Callable[[float], object] = time.sleep):
        self._client = client
        self._sleep = sleep

    def open(self, trigger: str, view: View) -> str:
        return _shown(self._client.views_open, trigger_id=trigger, view=view)

    def push(self, trigger: str, view: View) -> str:
        return _shown(self._client.views_push, trigger_id=trigger, view=view)

    def update(self, form: str, view: View, shown: str | None = None) -> None:
        _shown(self._client.views_update, view_id=form, view=view, hash=shown)

    def fill(self, name: str, form: str, view: View) -> None:
        """By its name, which Slack does not know before: what it draws later would cover this.

        Once more by the form itself, when Slack has had the time to draw.
        """
        early, late = _DRAWN_WITHIN
        self._sleep(early)
        try:
            _shown(self._client.views_update, external_id=name, view=view)
        except (FormIsClosed, SlackUnavailable):
            self._sleep(late)
            _shown(self._client.views_update, view_id=form, view=view)


def _shown(method: Method, **args: object) -> str:
    try:
        return str(call(method, **args)["view"]["id"])
    except SlackFailed as failed:
        raise _why(failed.code) from None


def _why(code: str) -> BotError:
    if code in _TOO_LATE:
        return PressedTooLongAgo()
    known = {"push_limit_reached": TooManyForms, "not_found": FormIsClosed}
    return known[code]() if code in known else SlackUnavailable(code)
