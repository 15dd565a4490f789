"""What the app is told and how it looks on the wire: event envelopes and who hears them."""

from __future__ import annotations

from slack_sandbox.blocks import Json
from slack_sandbox.identity import APP_ID, BOT_USER_ID, ENTERPRISE_ID, TEAM_ID
from slack_sandbox.state import Channel
from slack_sandbox.workspace import Workspace

LEGACY_TOKEN = "sandbox-verification-token"
ABOUT_PUBLIC_CHANNELS = "channel_"


def is_heard(workspace: Workspace, event: Json, channel: Channel | None) -> bool:
    """Whether the app subscribed to the event and may know the place where it happened."""
    if not workspace.manifest.hears(event):
        return False
    if channel is None or BOT_USER_ID in channel.members:
        return True
    left = event["type"] in ("channel_left", "group_left")
    return left or (not channel.is_private and event["type"].startswith(ABOUT_PUBLIC_CHANNELS))


def callback(workspace: Workspace, event: Json) -> Json:
    """The outer payload of an event."""
    place = workspace.channels.get(str(event.get("channel")))
    enterprise = ENTERPRISE_ID if workspace.is_grid else None
    return {
        "token": LEGACY_TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": enterprise,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.now()),
        "authorizations": [
            {
                "enterprise_id": enterprise,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(place and place.is_shared),
        "event_context": "4-sandbox",
    }
