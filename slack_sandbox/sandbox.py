"""The sandbox as tests and the demo hold it: a stage with a server and the trouble it can make."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Unpack

from slack_sandbox.extras import Extra
from slack_sandbox.faults import Faults
from slack_sandbox.identity import APP_TOKEN, BOT_TOKEN, BOT_USER_ID, SIGNING_SECRET, TEAM_ID
from slack_sandbox.manifest import Manifest
from slack_sandbox.server import Server
from slack_sandbox.settings import Options, Settings
from slack_sandbox.socket_mode import KINDS
from slack_sandbox.stage import Stage
from slack_sandbox.workspace import Workspace


class Sandbox(Stage):
    """A small Slack of its own, alive between `start` and `stop`."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    bot_user_id = BOT_USER_ID
    team_id = TEAM_ID

    def __init__(self, settings: Settings) -> None:
        manifest = Manifest.read(settings.manifest)
        self.faults = settings.faults or Faults()
        workspace = Workspace(settings.clock, manifest, settings.team)
        workspace.triggers.lives = settings.trigger_seconds
        self.server = Server(workspace, settings, self.faults)
        super().__init__(workspace, self.server.exchange)

    @classmethod
    def start(cls, **options: Unpack[Options]) -> Sandbox:
        """A running sandbox; it serves until `stop`, or the end of its `with`."""
        sandbox = cls(Settings(**options))
        sandbox.server.start()
        return sandbox

    def mount(self, extra: Extra) -> None:
        """Add something of one's own to the page, now or before anybody looks."""
        self.server.extras.mount(extra)

    def stop(self) -> None:
        self.server.stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def clock(self) -> Callable[[], float]:
        return self.workspace.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.workspace.clock = clock

    @property
    def rate_limits(self) -> bool:
        return self.server.rate_limits.is_on

    @rate_limits.setter
    def rate_limits(self, is_on: bool) -> None:
        self.server.rate_limits.is_on = is_on

    @property
    def connected(self) -> bool:
        """Whether any Socket Mode connection was greeted and is open."""
        return self.connections > 0

    @property
    def connections(self) -> int:
        """How many of them there are."""
        return self.server.socket_mode.connections

    def pressing(self, hands: int) -> ThreadPoolExecutor:
        """A pool for so many simultaneous presses: `pool.map(lambda person: …, people)`."""
        return ThreadPoolExecutor(hands, thread_name_prefix="hand")

    def drop_connections(self, kind: str = "refresh") -> None:
        """End every Socket Mode connection in one of Slack's ways."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}; there are: {', '.join(sorted(KINDS))}")
        self.server.run(self.server.socket_mode.drop(kind))

    def revoke_token(self) -> None:
        """Make the bot's token worthless."""
        self.faults.is_token_revoked = True
        with self.workspace.change():
            tokens = {"bot": [BOT_USER_ID]}
            self.workspace.emit({"type": "tokens_revoked", "tokens": tokens})

    def remove_scope(self, scope: str) -> None:
        with self.workspace.change():
            self.workspace.manifest.scopes.discard(scope)
