"""Forms on somebody's screen: each opened, put on top or drawn anew by one call of Slack's."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.domain.errors import BotError, PressedTooLongAgo, SlackUnavailable, TooManyForms
from bot.slack.gateway import Method, SlackFailed, call

View = Mapping[str, Any]

_TOO_LATE = frozenset(
    ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"]
)


class SlackForms:
    """Implements `Forms`."""

    def __init__(self, client: WebClient):
        self._client = client

    def open(self, trigger: str, view: View) -> str:
        return _shown(self._client.views_open, trigger_id=trigger, view=view)

    def push(self, trigger: str, view: View) -> str:
        return _shown(self._client.views_push, trigger_id=trigger, view=view)

    def update(self, form: str, view: View, shown: str | None = None) -> None:
        _shown(self._client.views_update, view_id=form, view=view, hash=shown)


def _shown(method: Method, **args: object) -> str:
    try:
        return str(call(method, **args)["view"]["id"])
    except SlackFailed as failed:
        raise _why(failed.code) from None


def _why(code: str) -> BotError:
    if code in _TOO_LATE:
        return PressedTooLongAgo()
    return TooManyForms() if code == "push_limit_reached" else SlackUnavailable(code)
