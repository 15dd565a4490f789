"""The ping detector: which people, groups, channels and links a message would set off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(
    r"<(?:(?P<sigil>[!@#])(?P<name>[^<>|]*)|(?P<url>[A-Za-z][\w+.-]*:[^<>|\s]+))(?:\|[^<>]*)?>"
)
BARE_URL = re.compile(r"(?<![\w@/])(?:https?://|mailto:|www\.)[^\s<>|]+", re.IGNORECASE)
BARE_BROADCAST = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")
BARE_NAME = re.compile(r"(?<![\w@#&])([@#])([a-z0-9][a-z0-9._-]*)")
BROADCASTS = frozenset({"channel", "here", "everyone", "group"})
SIGILS = {"@": "user", "#": "channel"}


@dataclass(frozen=True)
class Mention:
    """One live token: `kind` is broadcast, user, usergroup, channel or link."""

    kind: str
    target: str
    where: str
    source: str = ""


def mentions(text: str, blocks: list[Any], *, bare_urls: bool, names: bool) -> list[Mention]:
    """Every live token of a message, of its own text first and then block by block."""
    own = _in_text(text, "text", bare_urls=bare_urls, names=names)
    return [*own, *_in_blocks(blocks, "blocks")]


def _in_blocks(node: object, where: str) -> Iterator[Mention]:
    if isinstance(node, list):
        for position, child in enumerate(node):
            yield from _in_blocks(child, f"{where}/{position}")
    elif isinstance(node, dict):
        yield from _in_node(node, where)
        for name, child in node.items():
            yield from _in_blocks(child, f"{where}/{name}")


def _in_node(node: dict[str, Any], where: str) -> Iterator[Mention]:
    match node:
        case {"type": "mrkdwn", "text": str(text)}:
            live = not node.get("verbatim", False)
            yield from _in_text(text, where, bare_urls=live, names=live)
        case {"type": "markdown", "text": str(text)}:
            yield from _in_text(text, where, bare_urls=True, names=False)
        case {"type": "user", "user_id": str(target)}:
            yield Mention("user", target, where, target)
        case {"type": "usergroup", "usergroup_id": str(target)}:
            yield Mention("usergroup", target, where, target)
        case {"type": "channel", "channel_id": str(target)}:
            yield Mention("channel", target, where, target)
        case {"type": "broadcast", "range": str(target)}:
            yield Mention("broadcast", target, where, target)
        case {"type": "link", "url": str(target)}:
            yield Mention("link", target, where, target)


def _in_text(text: str, where: str, *, bare_urls: bool, names: bool) -> Iterator[Mention]:
    for token in TOKEN.finditer(text):
        mention = _of_token(token, where)
        if mention:
            yield mention
    rest = TOKEN.sub(" ", text)
    if bare_urls:
        for url in BARE_URL.finditer(rest):
            yield Mention("link", url[0], where, url[0])
    if names:
        yield from _bare_names(rest, where)


def _bare_names(text: str, where: str) -> Iterator[Mention]:
    """Plain `@here` and `#channel`, which an auto-parsing text turns into the real thing."""
    for broadcast in BARE_BROADCAST.finditer(text):
        yield Mention("broadcast", broadcast[1], where, broadcast[0])
    for sigil, name in BARE_NAME.findall(text):
        if name not in BROADCASTS:
            yield Mention(SIGILS[sigil], name, where, sigil + name)


def _of_token(token: re.Match[str], where: str) -> Mention | None:
    if token["url"]:
        return Mention("link", token["url"], where, token[0])
    name = token["name"]
    if token["sigil"] != "!":
        return Mention(SIGILS[token["sigil"]], name, where, token[0])
    if name.startswith("subteam^"):
        return Mention("usergroup", name.removeprefix("subteam^"), where, token[0])
    return Mention("broadcast", name, where, token[0]) if name in BROADCASTS else None
