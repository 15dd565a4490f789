"""The lines that Slack itself writes into a channel: who came and went, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_sandbox import posting
from slack_sandbox.blocks import Json
from slack_sandbox.state import Channel, Message
from slack_sandbox.workspace import Workspace


@dataclass(frozen=True)
class Line:
    """What a line says after the name of whoever did it; `what` ends its subtype."""

    what: str
    said: str
    facts: Json = field(default_factory=dict)


WENT = Line("leave", "has left the channel")
ARCHIVED = Line("archive", "archived the channel")
UNARCHIVED = Line("unarchive", "un-archived the channel")
PINNED = Line("pinned_item", "pinned a message to this channel.")


def came(inviter: str | None) -> Line:
    return Line("join", "has joined the channel", {"inviter": inviter} if inviter else {})


def topic(text: str) -> Line:
    said = f"set the channel topic: {text}" if text else "cleared the channel topic"
    return Line("topic", said, {"topic": text})


def purpose(text: str) -> Line:
    said = f"set the channel description: {text}" if text else "cleared the channel description"
    return Line("purpose", said, {"purpose": text})


def renamed(old_name: str, name: str) -> Line:
    said = f'has renamed the channel from "{old_name}" to "{name}"'
    return Line("name", said, {"old_name": old_name, "name": name})


def write(workspace: Workspace, channel: Channel, user: str, line: Line) -> None:
    """Nothing where nobody did it: there the scene was set so."""
    if channel.is_direct or not user:
        return
    of = "group" if channel.is_private else "channel"
    subtype = line.what if line is PINNED else f"{of}_{line.what}"
    text = f"<@{user}> {line.said}"
    posting.post(workspace, Message(channel.id, "", user, text, subtype=subtype, facts=line.facts))
