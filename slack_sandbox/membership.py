"""Who is where: people, channels, coming and going, and the events that tell of it."""

from __future__ import annotations

import re
from dataclasses import replace

from slack_sandbox import lines
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID, TEAM_ID
from slack_sandbox.limits import CHANNEL_NAME
from slack_sandbox.state import Channel, Member
from slack_sandbox.workspace import Workspace

ALLOWED_NAME = re.compile(r"[\w-]+")  # letters of any script
# Slack leaves out what somebody is in their own company.
NOT_OF_STRANGERS = frozenset(
    {"is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted"}
)
EDGES = re.compile(r"[-_]+")


def as_seen(workspace: Workspace, member: Member) -> Json:
    """A person as the app sees them; of another company's Slack tells little, and no address."""
    user = member.as_json(workspace.now())
    if member.is_stranger or "users:read.email" not in workspace.manifest.scopes:
        user["profile"].pop("email", None)
    if member.is_stranger:
        told = {name: value for name, value in user.items() if name not in NOT_OF_STRANGERS}
        return told | {"is_stranger": not _shares_a_channel(workspace, member)}
    return user | ({"enterprise_user": member.in_organisation()} if workspace.is_grid else {})


def add_member(workspace: Workspace, member: Member) -> Member:
    workspace.members[member.id] = member
    workspace.is_grid |= member.is_sister
    if not member.is_stranger:
        workspace.emit({"type": "team_join", "user": as_seen(workspace, member)})
    return member


def change_member(workspace: Workspace, member: Member) -> None:
    """Put the new facts of a person in place of the old ones."""
    workspace.members[member.id] = member
    workspace.is_grid |= member.is_sister
    user = as_seen(workspace, member)
    workspace.emit({"type": "user_change", "user": user, "cache_ts": int(workspace.now())})


def deactivate(workspace: Workspace, user: str) -> None:
    """A leaver: out of every channel, still known by name."""
    for channel in list(workspace.channels.values()):
        if user in channel.members and not channel.is_direct:
            leave(workspace, channel, user)
    change_member(workspace, replace(workspace.members[user], is_deactivated=True))


def create_channel(workspace: Workspace, name: str, *, is_private: bool, creator: str) -> Channel:
    """A new channel with its creator as the only member."""
    check_name(workspace, name)
    channel = Channel(workspace.new_id("C"), name, is_private=is_private, creator=creator)
    channel.created = int(workspace.now())
    workspace.channels[channel.id] = channel
    workspace.channel_ids[name] = channel.id
    if creator:
        join(workspace, channel, creator)
    if not is_private:
        facts = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
        workspace.emit({"type": "channel_created", "channel": facts})
    return channel


def check_name(workspace: Workspace, name: str) -> None:
    """Refuse what Slack refuses as a channel's name."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > CHANNEL_NAME:
        raise SlackError("invalid_name_maxlength")
    if EDGES.fullmatch(name):
        raise SlackError("invalid_name_punctuation")
    if not ALLOWED_NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if name in workspace.channel_ids:
        raise SlackError("name_taken")


def join(workspace: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Make somebody a member; once more is harmless."""
    if user in channel.members:
        return
    channel.members[user] = None
    channel.is_shared |= workspace.members[user].is_stranger
    lines.write(workspace, channel, user, lines.came(inviter))
    event = _membership_event("member_joined_channel", channel, user)
    workspace.emit(event | ({"inviter": inviter} if inviter else {}), channel)


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    lines.write(workspace, channel, user, lines.WENT)
    if user == BOT_USER_ID:  # an app is told of its own removal by nothing else
        channel.members.pop(user, None)
        workspace.emit({"type": "group_left" if channel.is_private else "channel_left"}, channel)
        return
    workspace.emit(_membership_event("member_left_channel", channel, user), channel)
    channel.members.pop(user, None)


def archive(workspace: Workspace, channel: Channel, user: str) -> None:
    lines.write(workspace, channel, user, lines.ARCHIVED)
    channel.is_archived = True
    workspace.emit(_event("archive", channel) | {"user": user}, channel)


def unarchive(workspace: Workspace, channel: Channel, user: str) -> None:
    channel.is_archived = False
    lines.write(workspace, channel, user, lines.UNARCHIVED)
    workspace.emit(_event("unarchive", channel) | {"user": user}, channel)


def rename(workspace: Workspace, channel: Channel, name: str, user: str) -> None:
    check_name(workspace, name)
    old_name = channel.name
    del workspace.channel_ids[channel.name]
    workspace.channel_ids[name] = channel.id
    channel.name = name
    lines.write(workspace, channel, user, lines.renamed(old_name, name))
    facts = {"id": channel.id, "name": name, "created": channel.created}
    workspace.emit(_event("rename", channel) | {"channel": facts}, channel)


def delete_channel(workspace: Workspace, channel: Channel) -> None:
    """An owner's last word on a channel."""
    workspace.emit(_event("deleted", channel), channel)
    del workspace.channels[channel.id]
    del workspace.channel_ids[channel.name]


def _shares_a_channel(workspace: Workspace, member: Member) -> bool:
    places = workspace.channels.values()
    return any({member.id, BOT_USER_ID} <= place.members.keys() for place in places)


def _event(what: str, channel: Channel) -> Json:
    return {"type": f"{'group' if channel.is_private else 'channel'}_{what}"}


def _membership_event(kind: str, channel: Channel, user: str) -> Json:
    letter = "G" if channel.is_private else "C"
    return {"type": kind, "user": user, "channel_type": letter, "team": TEAM_ID}
