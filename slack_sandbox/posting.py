"""How messages come, change and go, whoever writes them, and the events that tell of it."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox.blocks import Json
from slack_sandbox.pings import Mention
from slack_sandbox.state import Channel, Message, Reaction
from slack_sandbox.workspace import Workspace


def post(workspace: Workspace, message: Message) -> Message:
    """Add a message that has no `ts` yet; a reply also counts below its parent."""
    channel = workspace.channels[message.channel_id]
    home = workspace.members[message.user].home
    afar: Json = {"user_team": home, "source_team": home} if channel.is_shared else {}
    message = replace(
        message,
        ts=workspace.stamp(),
        blocks=with_block_ids(workspace, message),
        team=home,
        facts=message.facts | afar,
        calls=() if message.is_line else _calls(channel, message),
    )
    parent = channel.history.get(message.thread_ts)
    channel.history.add(message)
    if parent is not None:
        channel.history.replace(_answered(parent, message))
    _blame_live_foreign_text(workspace, message)
    event = message.as_json() | {"channel_type": channel.kind, "event_ts": message.ts}
    if parent is not None:
        event["parent_user_id"] = parent.user
    if not (message.is_bot or message.is_line):
        event["client_msg_id"] = f"00000000-0000-4000-8000-{workspace.serial():012d}"
    workspace.emit(event, channel)
    return message


def post_ephemeral(workspace: Workspace, message: Message, to: str) -> Message:
    """Show a message to one person only; it leaves no trace in the channel."""
    blocks = with_block_ids(workspace, message)
    message = replace(message, ts=workspace.stamp(), blocks=blocks, ephemeral_for=to)
    workspace.ephemerals.setdefault(to, []).append(message)
    _blame_live_foreign_text(workspace, message)
    workspace.hint(to, _hint("ephemeral", message))
    return message


def edit(workspace: Workspace, message: Message, changed: Message) -> Message:
    """Put `changed` in the place of `message`; whom it names now, hears nothing of it."""
    channel = workspace.channels[message.channel_id]
    stamp = workspace.stamp()
    changed = replace(changed, edited=stamp, blocks=with_block_ids(workspace, changed))
    channel.history.replace(changed)
    _blame_live_foreign_text(workspace, changed)
    workspace.emit(_changed_event(channel, changed, message, stamp), channel)
    return changed


def edit_ephemeral(workspace: Workspace, message: Message, changed: Message | None) -> None:
    """Replace what one person sees, or take it away."""
    to = str(message.ephemeral_for)
    seen = workspace.ephemerals[to]
    position = next(at for at, one in enumerate(seen) if one.ts == message.ts)
    seen[position : position + 1] = [changed] if changed else []
    workspace.hint(to, _hint("ephemeral", message))


def delete(workspace: Workspace, message: Message) -> None:
    """Take a message away; one with replies leaves a stone in its place."""
    channel = workspace.channels[message.channel_id]
    if message.reply_count:
        stone = replace(message, text="This message was deleted.", blocks=[], deleted=True)
        channel.history.replace(replace(stone, subtype="tombstone"))
    else:
        channel.history.remove(message)
    stamp = workspace.stamp()
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": stamp}
    event |= {"deleted_ts": message.ts, "event_ts": stamp, "channel_type": channel.kind}
    workspace.emit(event | {"previous_message": message.as_json()}, channel)


def react(workspace: Workspace, message: Message, name: str, user: str) -> None:
    """Put an emoji under a message."""
    users = (*_users_of(message, name), user)
    _set_reaction(workspace, message, Reaction(name, users))
    _tell_reaction(workspace, "reaction_added", message, Reaction(name, (user,)))


def take_back_reaction(workspace: Workspace, message: Message, name: str, user: str) -> None:
    """Take an emoji away again."""
    users = tuple(one for one in _users_of(message, name) if one != user)
    _set_reaction(workspace, message, Reaction(name, users))
    _tell_reaction(workspace, "reaction_removed", message, Reaction(name, (user,)))


def with_block_ids(workspace: Workspace, message: Message) -> list[Json]:
    """The blocks, each with an id, as Slack gives one to those that came without."""
    return [
        block if block.get("block_id") else block | {"block_id": f"b{workspace.serial():x}"}
        for block in message.blocks
    ]


def _calls(channel: Channel, message: Message) -> tuple[Mention, ...]:
    """The mentions that reach somebody: whoever is not in the channel is not told."""
    return tuple(
        one
        for one in message.mentions
        if one.kind in ("broadcast", "usergroup")
        or (one.kind == "user" and one.target in channel.members)
    )


def _answered(parent: Message, reply: Message) -> Message:
    users = parent.reply_users
    return replace(
        parent,
        reply_count=parent.reply_count + 1,
        latest_reply=reply.ts,
        reply_users=users if reply.user in users else (*users, reply.user),
    )


def _changed_event(channel: Channel, new: Message, old: Message, stamp: str) -> Json:
    event: Json = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": stamp}
    event |= {"event_ts": stamp, "channel_type": channel.kind}
    return event | {"message": new.as_json(), "previous_message": old.as_json()}


def _users_of(message: Message, name: str) -> tuple[str, ...]:
    return next((one.users for one in message.reactions if one.name == name), ())


def _set_reaction(workspace: Workspace, message: Message, reaction: Reaction) -> None:
    others = tuple(one for one in message.reactions if one.name != reaction.name)
    kept = (*others, reaction) if reaction.users else others
    workspace.channels[message.channel_id].history.replace(replace(message, reactions=kept))


def _tell_reaction(workspace: Workspace, kind: str, message: Message, reaction: Reaction) -> None:
    item = {"type": "message", "channel": message.channel_id, "ts": message.ts}
    event: Json = {"type": kind, "user": reaction.users[0], "reaction": reaction.name}
    event |= {"item": item, "item_user": message.user}
    channel = workspace.channels[message.channel_id]
    workspace.emit(event, channel)


def _hint(kind: str, message: Message) -> Json:
    return {"type": kind, "channel": message.channel_id, "thread": message.thread_ts}


def _blame_live_foreign_text(workspace: Workspace, message: Message) -> None:
    """A token that is live although it came out of a text declared foreign is a hole."""
    if not workspace.foreign_texts or not message.is_bot:
        return
    for mention in message.mentions:
        if any(mention.source in text for text in workspace.foreign_texts):
            detail = f"{mention.kind} {mention.target!r} is live in {mention.where}"
            workspace.blame("live_foreign_text", detail)
