"""The Bolt app: who the desk is in Slack is known already, so no event waits for a question."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.domain.ports import Identity
from handlers import register
from handlers.desk import Desk

# Below this level Bolt writes what people said into the log.
_quiet = logging.getLogger("handlers.bolt")
_quiet.setLevel(logging.ERROR)

_SETTINGS: dict[str, Any] = {
    "name": "samepage",
    "logger": _quiet,
    "process_before_response": True,  # what Slack has acknowledged to it was kept
    "signing_secret": "",
    "request_verification_enabled": False,  # the web's gate does, before it reads a word
    "token_verification_enabled": False,
    "ssl_check_enabled": False,  # it would answer anybody
}


def build_app(
    client: Any,  # a WebClient, which only `bot.slack` names
    desk: Desk,
    identity: Identity,
    listeners: int,
) -> App:
    """Everything that Slack may send is heard by it, from whichever door."""
    known = _known(identity, client.token)
    pool = ThreadPoolExecutor(listeners, "listener")
    app = App(client=client, authorize=lambda: known, listener_executor=pool, **_SETTINGS)
    register(app, desk)
    return app


def _known(identity: Identity, token: str) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.bot_user,
        bot_id=identity.bot_id,
        bot_token=token,
    )
