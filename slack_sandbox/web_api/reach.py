"""Which conversations a call reaches: by the scopes for their kind, and by who is in them."""

from __future__ import annotations

from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.manifest import OF_KIND
from slack_sandbox.state import Channel
from slack_sandbox.web_api.registry import REGISTERED, Request, missing_scope
from slack_sandbox.workspace import Workspace


def visible_channel(workspace: Workspace, request: Request, name: str = "channel") -> Channel:
    """A channel the bot may know of: any public one, a private one only as a member."""
    channel = known_channel(workspace, request.text(name))
    need_scope(workspace, request, channel.kind)
    return channel


def joined_channel(workspace: Workspace, request: Request, name: str = "channel") -> Channel:
    """A channel the bot is a member of."""
    channel = visible_channel(workspace, request, name)
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def known_channel(workspace: Workspace, channel_id: str) -> Channel:
    """Out of a private channel the bot does not know that there is one, even if it was in it."""
    channel = workspace.channel(channel_id)
    if channel.is_private and BOT_USER_ID not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def need_scope(workspace: Workspace, request: Request, kind: str) -> None:
    """One scope of several will do, but it has to be one for this kind of conversation."""
    scopes = REGISTERED[request.method].scopes
    needed = {one for one in scopes if one.startswith(OF_KIND[kind])}
    granted = workspace.manifest.scopes
    if needed and not needed & granted:
        raise missing_scope(needed, granted)
