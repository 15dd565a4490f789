"""What the page shows: people, channels, messages and forms as one person sees them."""

from __future__ import annotations

import html

from slack_sandbox import modals
from slack_sandbox.blocks import Json
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.state import Channel, Message
from slack_sandbox.workspace import Workspace


def people(workspace: Workspace) -> Json:
    """Who is here and what can be typed and picked."""
    shown = [
        {
            "id": member.id,
            "name": member.real_name,
            "email": member.email,
            "title": member.title,
            "admin": member.is_admin or member.is_owner,
            "color": member.color,
            "bot": member.is_bot,
        }
        for member in workspace.members.values()
        if not member.is_deactivated
    ]
    manifest = workspace.manifest
    return {
        "people": shown,
        "commands": manifest.commands or [],
        "shortcuts": manifest.shortcuts or [],
        "team": workspace.team_as_json(),
    }


def channels(workspace: Workspace, user: str) -> Json:
    """The sidebar: public channels, own private ones, the conversation with the bot."""
    workspace.direct_channel(user)
    seen = [
        channel
        for channel in workspace.channels.values()
        if user in channel.members or not channel.is_private
    ]
    return {"channels": [_channel(workspace, channel, user) for channel in seen]}


def messages(workspace: Workspace, user: str, query: Json) -> Json:
    """One page of a channel or thread, the oldest first, with what only this person sees."""
    channel = workspace.channel(query.get("channel"))
    thread, before = query.get("thread"), str(query.get("before") or "")
    limit = int(query.get("limit") or 60)
    found = _of_place(channel, thread, before, limit + 1)
    page, more = found[-limit:], len(found) > limit
    first = page[0].ts if more else ""
    whispered = [
        one
        for one in workspace.ephemerals.get(user, ())
        if one.channel_id == channel.id
        and one.thread_ts == thread
        and one.ts > first
        and (not before or one.ts < before)
    ]
    merged = sorted([*page, *whispered], key=lambda one: one.ts)
    return {"messages": [_message(workspace, one) for one in merged], "more": more}


def view(workspace: Workspace, user: str) -> Json:
    """The form on top and what is wrong with its fields."""
    top = modals.top_view(workspace, user)
    return {"view": top and top.as_json(), "errors": top.errors if top else {}}


def home(workspace: Workspace, user: str) -> Json:
    published = workspace.homes.get(user)
    return {"view": workspace.views[published].as_json() if published else None}


def _of_place(channel: Channel, thread: str | None, before: str, limit: int) -> list[Message]:
    """The newest messages before a stamp, in ascending order."""
    if not thread:
        newest = channel.history.newest_roots(after="", before=before, inclusive=False, limit=limit)
        return newest[::-1]
    parent = channel.history.get(thread)
    replies = channel.history.replies(thread)
    whole = [one for one in [parent, *replies] if one and (not before or one.ts < before)]
    return whole[-limit:]


def _channel(workspace: Workspace, channel: Channel, user: str) -> Json:
    unread = [
        one
        for one in channel.history.unread_roots(channel.read_until.get(user, ""))
        if one.user != user and not one.is_line
    ]
    bot = workspace.members[BOT_USER_ID].real_name
    return {
        "id": channel.id,
        "name": "" if channel.is_direct else channel.name,
        "private": channel.is_private,
        "archived": channel.is_archived,
        "is_dm": channel.is_direct,
        "with": bot if channel.is_direct else None,
        "unread": len(unread),
        "mentions": sum(_concerns(one, user) for one in unread),
        "topic": html.unescape(channel.topic),
        "member_count": len(channel.members),
        "member": user in channel.members,
    }


def _concerns(message: Message, user: str) -> bool:
    return any(mention.kind == "broadcast" or mention.target == user for mention in message.calls)


def _message(workspace: Workspace, message: Message) -> Json:
    author = workspace.members.get(message.user)
    return {
        "ts": message.ts,
        "user": message.user,
        "name": author.real_name if author else message.user,
        "bot": message.is_bot,
        "text": message.text,
        "line": message.is_line,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "reply_count": message.reply_count,
        "edited": bool(message.edited),
        "ephemeral": bool(message.ephemeral_for),
        "time": float(message.ts),
        "reactions": [reaction.as_json() for reaction in message.reactions],
    }
