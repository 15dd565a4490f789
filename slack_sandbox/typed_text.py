"""What a person types, as Slack stores and sends it: names become ids, the rest is escaped."""

from __future__ import annotations

import html
import re
from typing import Any

from slack_sandbox.workspace import Workspace

TYPED = re.compile(
    r"<(?P<sigil>[@#!])(?P<id>[^<>|]+)(?:\|[^<>]*)?>"
    r"|@(?P<person>\w[\w-]*(?:\.[\w-]+)*)|#(?P<channel>\w[\w-]*)"
    r"|(?P<url>https?://[^\s<>|]+)|(?P<special>[&<>])"
)
STORED = re.compile(r"<(?P<sigil>[@#!]?)(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
BROADCASTS = frozenset({"here", "channel", "everyone"})


def as_stored(workspace: Workspace, text: str, *, labelled: bool = False) -> str:
    """The text with mentions resolved; a slash command's are labelled with the name as well."""
    return TYPED.sub(lambda found: _piece(workspace, found, labelled), text)


def as_kept(text: str) -> str:
    """A topic as it comes back: `&`, `<` and `>` as entities, those that were ones already kept."""
    return html.escape(html.unescape(text), quote=False)


def as_rich_text(text: str) -> list[dict[str, Any]]:
    """The block that Slack makes of a stored text."""
    pieces: list[dict[str, Any]] = []
    end = 0
    for token in STORED.finditer(text):
        pieces += _plain(text[end : token.start()])
        pieces.append(_element(token))
        end = token.end()
    pieces += _plain(text[end:])
    section = {"type": "rich_text_section", "elements": pieces}
    return [{"type": "rich_text", "elements": [section]}]


def _piece(workspace: Workspace, found: re.Match[str], labelled: bool) -> str:
    if found["special"]:
        return html.escape(found["special"], quote=False)
    if found["url"]:
        return f"<{html.escape(found['url'], quote=False)}>"
    if found["person"] in BROADCASTS:
        return f"<!{found['person']}>"
    if found["sigil"] == "!":
        return found[0]
    if found["person"] or found["sigil"] == "@":
        return _person(workspace, found, labelled)
    return _channel(workspace, found, labelled)


def _person(workspace: Workspace, found: re.Match[str], labelled: bool) -> str:
    for member in workspace.members.values():
        if member.id == found["id"] or member.name == found["person"]:
            return f"<@{member.id}|{member.name}>" if labelled else f"<@{member.id}>"
    return html.escape(found[0], quote=False)


def _channel(workspace: Workspace, found: re.Match[str], labelled: bool) -> str:
    channel_id = found["id"] or workspace.channel_ids.get(found["channel"], "")
    channel = workspace.channels.get(channel_id)
    if channel is None:
        return html.escape(found[0], quote=False)
    label = "" if channel.is_private else channel.name
    return f"<#{channel.id}|{label}>" if labelled else f"<#{channel.id}>"


def _plain(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": html.unescape(text)}] if text else []


def _element(token: re.Match[str]) -> dict[str, Any]:
    target = token["target"]
    match token["sigil"]:
        case "@":
            return {"type": "user", "user_id": target}
        case "#":
            return {"type": "channel", "channel_id": target}
        case "!" if target in BROADCASTS:
            return {"type": "broadcast", "range": target}
        case "!":
            return {"type": "text", "text": token["label"] or target}
        case _:
            return {"type": "link", "url": html.unescape(target)}
