"""The app's manifest as this Slack reads it; without one everything is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.identity import BOT_NAME

NOUNS = (
    *("bookmarks", "channels", "files", "groups", "im", "mpim"),
    *("pins", "reactions", "team", "usergroups", "users"),
)
# Without a manifest the bot may do all this Slack knows, but still has to join before it speaks.
EVERY_SCOPE = frozenset(
    f"{noun}:{verb}" for noun in NOUNS for verb in ("read", "write", "history", "manage")
) | {"app_mentions:read", "channels:join", "chat:write", "commands", "users:read.email"}

# The first word of the scopes for a conversation, by Slack's `channel_type`.
OF_KIND = {"channel": "channels:", "group": "groups:", "im": "im:", "mpim": "mpim:"}
# Events that come only with a scope, by the beginning of their names.
OF_EVENTS = {
    "app_mention": "app_mentions:read",
    "reaction_": "reactions:read",
    "channel_": "channels:read",
    "group_": "groups:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "subteam_": "usergroups:read",
}


@dataclass
class Manifest:
    """What the app may do, hear and offer."""

    app_name: str = BOT_NAME
    scopes: set[str] = field(default_factory=lambda: set(EVERY_SCOPE))
    events: frozenset[str] | None = None
    commands: list[dict[str, Any]] | None = None
    shortcuts: list[dict[str, Any]] | None = None
    has_home: bool = True

    @classmethod
    def read(cls, source: Mapping[str, Any] | None) -> Manifest:
        if source is None:
            return cls()
        features = source.get("features", {})
        subscriptions = source.get("settings", {}).get("event_subscriptions", {})
        return cls(
            app_name=source.get("display_information", {}).get("name", BOT_NAME),
            scopes=set(source.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(subscriptions.get("bot_events", ())),
            commands=list(features.get("slash_commands", ())),
            shortcuts=list(features.get("shortcuts", ())),
            has_home=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )

    def hears(self, event: Mapping[str, Any]) -> bool:
        """Whether the app subscribed to this event and has the scope that it comes with."""
        needed = _scope_of(event)
        if needed and needed not in self.scopes:
            return False
        if self.events is None or event["type"] == "tokens_revoked":
            return True
        if event["type"] != "message":
            return event["type"] in self.events
        return f"message.{_plural(event['channel_type'])}" in self.events

    def offers_command(self, command: str) -> bool:
        return self.commands is None or self._command(command) is not None

    def escapes(self, command: str) -> bool:
        """Whether people and channels in the command's text arrive as ids."""
        return bool((self._command(command) or {}).get("should_escape", True))

    def offers_shortcut(self, callback_id: str) -> bool:
        offered = self.shortcuts
        return offered is None or any(one["callback_id"] == callback_id for one in offered)

    def _command(self, command: str) -> dict[str, Any] | None:
        return next((one for one in self.commands or () if one["command"] == command), None)


def _scope_of(event: Mapping[str, Any]) -> str | None:
    """Messages and members come with a scope for their kind of conversation."""
    name = event["type"]
    if name == "message":
        return f"{OF_KIND[event['channel_type']]}history"
    if name.startswith("member_"):
        return "groups:read" if event["channel_type"] == "G" else "channels:read"
    return next((scope for begins, scope in OF_EVENTS.items() if name.startswith(begins)), None)


def _plural(channel_type: str) -> str:
    return channel_type if channel_type in ("im", "mpim") else f"{channel_type}s"
