"""conversations.*, the reading half: which channels there are, who is in them, what was said."""

from __future__ import annotations

import re

from slack_sandbox import limits
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID, OTHER_TEAM_ID, TEAM_ID
from slack_sandbox.state import Channel, Message
from slack_sandbox.web_api.reach import joined_channel, need_scope, visible_channel
from slack_sandbox.web_api.registry import (
    TIER_2,
    TIER_3,
    TIER_4,
    Request,
    cursor,
    method,
    page_of,
    position,
)
from slack_sandbox.workspace import Workspace

READ = "channels:read groups:read im:read mpim:read"
HISTORY = "channels:history groups:history im:history mpim:history"
WINDOW = "cursor limit oldest latest inclusive include_all_metadata"
KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
STAMP = re.compile(r"\d+(\.\d+)?")


@method("conversations.list", TIER_2, READ, args="cursor exclude_archived limit types")
def list_channels(workspace: Workspace, request: Request) -> Json:
    return _page_of_channels(workspace, request, BOT_USER_ID, only_joined=False)


@method("users.conversations", TIER_3, READ, args="cursor exclude_archived limit types user")
def conversations_of(workspace: Workspace, request: Request) -> Json:
    user = request.text("user", BOT_USER_ID)
    return _page_of_channels(workspace, request, user, only_joined=True)


@method("conversations.info", TIER_3, READ, args="channel! include_locale include_num_members")
def info(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    facts = channel_as_json(channel)
    if request.flag("include_num_members"):
        facts["num_members"] = len(channel.members)
    return {"channel": facts}


@method("conversations.members", TIER_4, READ, args="channel! cursor limit")
def members(workspace: Workspace, request: Request) -> Json:
    channel = visible_channel(workspace, request)
    page, metadata = page_of(list(channel.members), request, _limit(request, 1000))
    return {"members": page, "response_metadata": metadata}


@method("conversations.history", TIER_3, HISTORY, args=f"channel! {WINDOW}")
def history(workspace: Workspace, request: Request) -> Json:
    channel = joined_channel(workspace, request)
    limit = _limit(request, limits.HISTORY_PAGE)
    newest = position(request)
    found = channel.history.newest_roots(
        after=_stamp(request, "oldest"),
        before=newest or _stamp(request, "latest"),
        inclusive=request.flag("inclusive") and not newest,
        limit=limit + 1,
    )
    page, has_more = found[:limit], len(found) > limit
    body = {"messages": _as_read(page, request), "has_more": has_more}
    return body | {
        "pin_count": len(channel.pins),
        "response_metadata": _next(request, page[-1].ts if has_more else None),
    }


@method("conversations.replies", TIER_3, HISTORY, args=f"channel! ts! {WINDOW}")
def replies(workspace: Workspace, request: Request) -> Json:
    channel = joined_channel(workspace, request)
    parent = channel.history.get(request.text("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    limit = _limit(request, limits.REPLIES_PAGE)
    found = channel.history.oldest_replies(
        parent.thread_ts or parent.ts,
        after=position(request) or _stamp(request, "oldest"),
        before=_stamp(request, "latest"),
        inclusive=request.flag("inclusive") and not request.has("cursor"),
        limit=limit + 1,
    )
    page, has_more = found[:limit], len(found) > limit
    first = [] if request.has("cursor") else [parent]
    return {
        "messages": _as_read([*first, *page], request),
        "has_more": has_more,
        "response_metadata": _next(request, page[-1].ts if has_more else None),
    }


def channel_as_json(channel: Channel) -> Json:
    if channel.is_direct:
        other = next(user for user in channel.members if user != BOT_USER_ID)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": channel.is_archived,
            "user": other,
            "context_team_id": TEAM_ID,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_member": BOT_USER_ID in channel.members,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "shared_team_ids": [TEAM_ID, *([OTHER_TEAM_ID] if channel.is_shared else [])],
        "created": channel.created,
        "creator": channel.creator,
        "context_team_id": TEAM_ID,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }


def _page_of_channels(
    workspace: Workspace, request: Request, user: str, *, only_joined: bool
) -> Json:
    kinds = set(request.names("types") or ["public_channel"])
    if kinds - KINDS.keys():
        raise SlackError("invalid_types")
    for kind in sorted(kinds):
        need_scope(workspace, request, KINDS[kind])
    wanted = {KINDS[kind] for kind in kinds}
    found = [
        channel
        for channel in workspace.channels.values()
        if channel.kind in wanted
        and (user in channel.members or not (only_joined or channel.is_private))
        and not (channel.is_archived and request.flag("exclude_archived"))
    ]
    page, metadata = page_of(found, request, _limit(request, 1000))
    channels = [channel_as_json(one) | {"num_members": len(one.members)} for one in page]
    return {"channels": channels, "response_metadata": metadata}


def _as_read(messages: list[Message], request: Request) -> list[Json]:
    with_metadata = request.flag("include_all_metadata")
    return [
        one.as_json() | ({"metadata": one.metadata} if with_metadata and one.metadata else {})
        for one in messages
    ]


def _limit(request: Request, most: int) -> int:
    limit = request.number("limit", 100)
    if limit < 1:
        raise SlackError("invalid_limit")
    return min(limit, most)


def _stamp(request: Request, name: str) -> str:
    """A bound as a comparable stamp; zero is no bound."""
    value = request.text(name)
    if not value or value == "0":
        return ""
    if not STAMP.fullmatch(value):
        raise SlackError(f"invalid_ts_{name}")
    seconds, _, micros = value.partition(".")
    return f"{int(seconds):010d}.{micros:0<6}"


def _next(request: Request, last_ts: str | None) -> Json:
    return {"next_cursor": cursor(request.method, last_ts) if last_ts else ""}
