"""reactions.*, pins.* and bookmarks.*: the small marks on messages and channels."""

from __future__ import annotations

import re

from slack_sandbox import limits, lines, posting
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.state import Message
from slack_sandbox.web_api.reach import joined_channel
from slack_sandbox.web_api.registry import TIER_2, TIER_3, Request, method
from slack_sandbox.workspace import Workspace

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
PINS_PER_CHANNEL = 100
BOOKMARKS_PER_CHANNEL = 100


@method("reactions.add", TIER_3, "reactions:write", args="channel! name! timestamp!")
def add_reaction(workspace: Workspace, request: Request) -> Json:
    message, name = _message(workspace, request), request.text("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    if BOT_USER_ID in _users(message, name):
        raise SlackError("already_reacted")
    posting.react(workspace, message, name, BOT_USER_ID)
    return {}


@method("reactions.remove", TIER_2, "reactions:write", args="channel name! timestamp")
def remove_reaction(workspace: Workspace, request: Request) -> Json:
    message, name = _message(workspace, request), request.text("name").strip(":")
    if BOT_USER_ID not in _users(message, name):
        raise SlackError("no_reaction")
    posting.take_back_reaction(workspace, message, name, BOT_USER_ID)
    return {}


@method("reactions.get", TIER_3, "reactions:read", args="channel timestamp full")
def get_reactions(workspace: Workspace, request: Request) -> Json:
    message = _message(workspace, request)
    return {"type": "message", "channel": message.channel_id, "message": message.as_json()}


@method("pins.add", TIER_2, "pins:write", args="channel! timestamp")
def add_pin(workspace: Workspace, request: Request) -> Json:
    message = _message(workspace, request)
    channel = workspace.channels[message.channel_id]
    pins = channel.pins
    if message.ts in pins:
        raise SlackError("already_pinned")
    if len(pins) >= PINS_PER_CHANNEL:
        raise SlackError("too_many_pins")
    pins[message.ts] = BOT_USER_ID
    lines.write(workspace, channel, BOT_USER_ID, lines.PINNED)
    return {}


@method("pins.list", TIER_2, "pins:read", args="channel!")
def list_pins(workspace: Workspace, request: Request) -> Json:
    channel = joined_channel(workspace, request)
    pinned = [message for ts in channel.pins if (message := channel.history.get(ts))]
    items = [{"type": "message", "channel": channel.id, "message": one.as_json()} for one in pinned]
    return {"items": items}


@method("pins.remove", TIER_2, "pins:write", args="channel! timestamp")
def remove_pin(workspace: Workspace, request: Request) -> Json:
    message = _message(workspace, request)
    if workspace.channels[message.channel_id].pins.pop(message.ts, None) is None:
        raise SlackError("no_pin")
    return {}


@method(
    "bookmarks.add",
    TIER_2,
    "bookmarks:write",
    args="channel_id! title! type! link emoji entity_id parent_id access_level",
)
def add_bookmark(workspace: Workspace, request: Request) -> Json:
    channel = joined_channel(workspace, request, "channel_id")
    if request.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    link = request.text("link")
    if not link.startswith(("http://", "https://")) or len(link) > limits.BOOKMARK_LINK:
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= BOOKMARKS_PER_CHANNEL:
        raise SlackError("too_many_bookmarks")
    bookmark = {
        "id": workspace.new_id("Bk"),
        "channel_id": channel.id,
        "title": request.text("title")[: limits.BOOKMARK_TITLE],
        "link": link,
        "emoji": request.text("emoji"),
        "type": "link",
        "date_created": int(workspace.now()),
    }
    channel.bookmarks.append(bookmark)
    return {"bookmark": bookmark}


@method("bookmarks.list", TIER_3, "bookmarks:read", args="channel_id!")
def list_bookmarks(workspace: Workspace, request: Request) -> Json:
    return {"bookmarks": joined_channel(workspace, request, "channel_id").bookmarks}


def _message(workspace: Workspace, request: Request) -> Message:
    if not request.has("timestamp"):
        raise SlackError("no_item_specified")
    channel = joined_channel(workspace, request)
    message = channel.history.get(request.text("timestamp"))
    if message is None or message.deleted:
        raise SlackError("message_not_found")
    return message


def _users(message: Message, name: str) -> tuple[str, ...]:
    return next((one.users for one in message.reactions if one.name == name), ())
