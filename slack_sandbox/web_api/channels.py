"""conversations.*, the acting half: create, invite, name and close channels."""

from __future__ import annotations

from slack_sandbox import limits, lines, membership
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.state import Channel
from slack_sandbox.typed_text import as_kept
from slack_sandbox.web_api.conversations import channel_as_json
from slack_sandbox.web_api.reach import joined_channel, need_scope, visible_channel
from slack_sandbox.web_api.registry import TIER_2, TIER_3, Request, method
from slack_sandbox.workspace import Workspace

MANAGE = "channels:manage channels:write groups:write im:write mpim:write"
INVITE = "channels:manage channels:write.invites groups:write groups:write.invites"
TOPIC = "channels:manage channels:write.topic groups:write groups:write.topic im:write mpim:write"


@method("conversations.create", TIER_2, MANAGE, args="name! is_private")
def create(workspace: Workspace, request: Request) -> Json:
    name, is_private = request.text("name"), request.flag("is_private")
    need_scope(workspace, request, "group" if is_private else "channel")
    channel = membership.create_channel(workspace, name, is_private=is_private, creator=BOT_USER_ID)
    return {"channel": channel_as_json(channel)}


@method("conversations.invite", TIER_3, INVITE, args="channel! users! force")
def invite(workspace: Workspace, request: Request) -> Json:
    channel = _own_channel(workspace, request)
    users = request.names("users")
    if len(users) > limits.INVITES:
        raise SlackError("too_many_users")
    refused = {user: why for user in users if (why := _why_not(workspace, channel, user))}
    if refused and (not request.flag("force") or len(refused) == len(users)):
        errors = [{"user": user, "ok": False, "error": why} for user, why in refused.items()]
        raise SlackError(next(iter(refused.values())), errors=errors)
    for user in users:
        if user not in refused:
            membership.join(workspace, channel, user, inviter=BOT_USER_ID)
    return {"channel": channel_as_json(channel)}


@method("conversations.join", TIER_3, "channels:join", args="channel!")
def join(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    _refuse(channel.is_direct or channel.is_private, "method_not_supported_for_channel_type")
    _refuse(channel.is_archived, "is_archived")
    if BOT_USER_ID in channel.members:
        return {"channel": channel_as_json(channel), "warning": "already_in_channel"}
    membership.join(workspace, channel, BOT_USER_ID)
    return {"channel": channel_as_json(channel)}


@method("conversations.leave", TIER_3, MANAGE, args="channel!")
def leave(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    _refuse(channel.is_direct, "method_not_supported_for_channel_type")
    _refuse(channel.name == "general", "cant_leave_general")
    if BOT_USER_ID not in channel.members:
        return {"not_in_channel": True}
    membership.leave(workspace, channel, BOT_USER_ID)
    return {}


@method("conversations.kick", TIER_3, "channels:manage groups:write", args="channel! user!")
def kick(workspace: Workspace, request: Request) -> Json:
    channel = _own_channel(workspace, request)
    user = workspace.member(request.text("user")).id
    _refuse(user == BOT_USER_ID, "cant_kick_self")
    _refuse(channel.name == "general", "cant_kick_from_general")
    _refuse(user not in channel.members, "not_in_channel")
    membership.leave(workspace, channel, user)
    return {"errors": {}}


@method("conversations.open", TIER_3, MANAGE, args="channel users return_im prevent_creation")
def open_direct(workspace: Workspace, request: Request) -> Json:
    if request.has("channel"):
        return {"channel": channel_as_json(visible_channel(workspace, request))}
    users = request.names("users")
    _refuse(not users, "users_list_not_supplied")
    _refuse(len(users) > limits.OPENED_USERS, "too_many_users")
    # Conversations of several people at once are not part of this Slack.
    _refuse(len(users) > 1, "method_not_supported_for_channel_type")
    need_scope(workspace, request, "im")
    member = workspace.member(users[0])
    _refuse(member.is_deactivated, "user_disabled")
    channel = workspace.direct_channel(member.id)
    full = channel_as_json(channel) if request.flag("return_im") else {"id": channel.id}
    return {"channel": full, "no_op": False, "already_open": False}


@method("conversations.setTopic", TIER_2, TOPIC, args="channel! topic!")
def set_topic(workspace: Workspace, request: Request) -> Json:
    channel = _own_channel(workspace, request)
    _refuse(len(request.text("topic")) > limits.TOPIC, "too_long")
    channel.topic = as_kept(request.text("topic"))
    lines.write(workspace, channel, BOT_USER_ID, lines.topic(channel.topic))
    workspace.hint(None, {"type": "channels"})
    return {"channel": channel_as_json(channel)}


@method("conversations.setPurpose", TIER_2, TOPIC, args="channel! purpose!")
def set_purpose(workspace: Workspace, request: Request) -> Json:
    channel = _own_channel(workspace, request)
    _refuse(len(request.text("purpose")) > limits.TOPIC, "too_long")
    channel.purpose = as_kept(request.text("purpose"))
    lines.write(workspace, channel, BOT_USER_ID, lines.purpose(channel.purpose))
    return {"purpose": channel.purpose, "channel": channel_as_json(channel)}


@method("conversations.archive", TIER_2, MANAGE, args="channel!")
def archive(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    _refuse(channel.is_direct, "method_not_supported_for_channel_type")
    _refuse(channel.name == "general", "cant_archive_general")
    _refuse(channel.is_archived, "already_archived")
    _refuse(BOT_USER_ID not in channel.members, "not_in_channel")
    membership.archive(workspace, channel, BOT_USER_ID)
    return {}


@method("conversations.unarchive", TIER_2, MANAGE, args="channel!")
def unarchive(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    _refuse(not channel.is_archived, "not_archived")
    membership.unarchive(workspace, channel, BOT_USER_ID)
    return {}


@method("conversations.rename", TIER_2, MANAGE, args="channel! name!")
def rename(workspace: Workspace, request: Request) -> Json:
    channel = _own_channel(workspace, request)
    _refuse(channel.creator != BOT_USER_ID, "not_authorized")
    membership.rename(workspace, channel, request.text("name"), BOT_USER_ID)
    return {"channel": channel_as_json(channel)}


@method("conversations.mark", TIER_3, MANAGE, args="channel! ts!")
def mark(workspace: Workspace, request: Request) -> Json:
    channel = joined_channel(workspace, request)
    channel.read_until[BOT_USER_ID] = request.text("ts")
    return {}


def _own_channel(workspace: Workspace, request: Request) -> Channel:
    """A channel the bot is a member of and that is open."""
    channel = visible_channel(workspace, request)
    _refuse(channel.is_direct, "method_not_supported_for_channel_type")
    _refuse(channel.is_archived, "is_archived")
    _refuse(BOT_USER_ID not in channel.members, "not_in_channel")
    return channel


def _why_not(workspace: Workspace, channel: Channel, user: str) -> str | None:
    """The reason why a person cannot be invited."""
    member = workspace.members.get(user)
    if member is None or member.is_deactivated:
        return "user_not_found"
    if user == BOT_USER_ID:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if member.is_stranger and not channel.is_shared:
        return "cant_invite"  # another company is asked by an invitation of its own kind
    places = workspace.channels.values()
    is_somewhere = any(user in place.members and not place.is_direct for place in places)
    return "ura_max_channels" if member.is_single and is_somewhere else None


def _refuse(condition: bool, code: str) -> None:
    if condition:
        raise SlackError(code)
