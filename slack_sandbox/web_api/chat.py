"""chat.*: what the bot says, changes and takes back."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox import limits, posting
from slack_sandbox.blocks import Json, check_message_blocks, nameless_elements
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from slack_sandbox.state import Channel, Message
from slack_sandbox.web_api.reach import known_channel
from slack_sandbox.web_api.registry import SPECIAL, TIER_3, TIER_4, Request, method
from slack_sandbox.workspace import Workspace

POST_ARGUMENTS = (
    "channel! text blocks attachments markdown_text metadata mrkdwn parse link_names thread_ts"
    " reply_broadcast unfurl_links unfurl_media username icon_emoji icon_url as_user"
)

# What an update leaves out is not what it was, but this.
DEFAULT_PARSE = {"chat.update": "client"}


@method("chat.postMessage", SPECIAL, "chat:write", args=POST_ARGUMENTS)
def post_message(workspace: Workspace, request: Request) -> Json:
    channel = place_to_speak(workspace, request)
    text = request.text("text")[: limits.TEXT_TRUNCATED_AT]
    message = composed(workspace, request, channel.id, text)
    thread = _thread(channel, request)
    aloud = "thread_broadcast" if thread and request.flag("reply_broadcast") else None
    message = replace(message, thread_ts=thread, subtype=aloud)
    message = posting.post(workspace, message)
    shown = message.as_json() | {"bot_profile": _bot_profile(workspace)}
    if message.metadata:
        shown["metadata"] = message.metadata
    return {"channel": channel.id, "ts": message.ts, "message": shown}


@method(
    "chat.postEphemeral",
    TIER_4,
    "chat:write",
    args="user! channel! text blocks attachments markdown_text metadata parse link_names thread_ts"
    " username icon_emoji icon_url as_user",
)
def post_ephemeral(workspace: Workspace, request: Request) -> Json:
    channel = place_to_speak(workspace, request)
    if len(request.text("text")) > limits.EPHEMERAL_TEXT:
        raise SlackError("msg_too_long")
    user = request.text("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = composed(workspace, request, channel.id, request.text("text"))
    message = replace(message, thread_ts=_thread(channel, request))
    return {"message_ts": posting.post_ephemeral(workspace, message, to=user).ts}


@method(
    "chat.update",
    TIER_3,
    "chat:write",
    args="channel! ts! text blocks attachments markdown_text metadata parse link_names"
    " reply_broadcast file_ids as_user",
)
def update(workspace: Workspace, request: Request) -> Json:
    message = own_message(workspace, request, "cant_update_message")
    if workspace.channels[message.channel_id].is_archived:
        raise SlackError("is_inactive")
    if len(request.text("text")) > limits.UPDATED_TEXT:
        raise SlackError("msg_too_long")
    new = composed(workspace, request, message.channel_id, request.text("text"))
    # Blocks and metadata that are not sent stay; only an empty list or object removes them.
    changed = replace(
        message,
        text=new.text,
        blocks=new.blocks if request.args.get("blocks") is not None else message.blocks,
        metadata=new.metadata if request.args.get("metadata") is not None else message.metadata,
        links_bare_urls=new.links_bare_urls,
        links_names=new.links_names,
    )
    changed = posting.edit(workspace, message, changed)
    facts = {"channel": changed.channel_id, "ts": changed.ts, "text": changed.text}
    return facts | {"message": changed.as_json()}


@method("chat.delete", TIER_3, "chat:write", args="channel! ts! as_user")
def delete(workspace: Workspace, request: Request) -> Json:
    message = own_message(workspace, request, "cant_delete_message")
    posting.delete(workspace, message)
    return {"channel": message.channel_id, "ts": message.ts}


@method("chat.getPermalink", SPECIAL, args="channel! message_ts!")
def get_permalink(workspace: Workspace, request: Request) -> Json:
    channel = known_channel(workspace, request.text("channel"))
    message = channel.history.get(request.text("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    place = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    link = f"{request.public_url}/{place}{thread}"
    return {"channel": channel.id, "permalink": link}


def composed(workspace: Workspace, request: Request, channel_id: str, text: str) -> Message:
    """The message the arguments describe, checked, without a time stamp yet."""
    blocks = check_message_blocks(
        request.data("blocks", "invalid_blocks_format"), workspace.lost_hosts
    )
    text = _with_markdown(request, text, blocks)
    attachments = request.data("attachments", "invalid_attachments") or []
    if len(attachments) > limits.ATTACHMENTS:
        raise SlackError("too_many_attachments")
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    _blame_carelessness(workspace, request, text, blocks)
    parse = request.text("parse") or DEFAULT_PARSE.get(request.method, "")
    return Message(
        channel_id,
        ts="",
        user=BOT_USER_ID,
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=checked_metadata(request) or None,
        is_bot=True,
        links_bare_urls=parse != "none",
        links_names=request.flag("link_names", parse in ("full", "client")),
    )


def place_to_speak(workspace: Workspace, request: Request) -> Channel:
    """The channel a message goes to, by id, by name, or a person's direct one."""
    target = request.text("channel")
    if target in workspace.members:
        return workspace.direct_channel(target)
    channel = workspace.channel(workspace.channel_ids.get(target.lstrip("#"), target))
    if BOT_USER_ID not in channel.members:
        _refuse_stranger(workspace, channel)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def own_message(workspace: Workspace, request: Request, error: str) -> Message:
    """The message to change, which has to be the bot's own."""
    channel = known_channel(workspace, request.text("channel"))
    message = channel.history.get(request.text("ts"))
    if message is None or message.deleted:
        raise SlackError("message_not_found")
    if message.user != BOT_USER_ID or message.is_line:
        raise SlackError(error)
    return message


def checked_metadata(request: Request) -> Json | None:
    metadata = request.data("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    match metadata:
        case {"event_type": str(), "event_payload": dict()}:
            pass
        case _:
            raise SlackError("invalid_metadata_format")
    if len(str(metadata)) > limits.METADATA:
        raise SlackError("metadata_too_large")
    return dict(metadata)


def _refuse_stranger(workspace: Workspace, channel: Channel) -> None:
    if channel.is_private:
        raise SlackError("channel_not_found")
    if "chat:write.public" not in workspace.manifest.scopes:
        raise SlackError("not_in_channel")


def _thread(channel: Channel, request: Request) -> str | None:
    """The root of the thread; a reply to a reply joins the same thread."""
    if not request.has("thread_ts"):
        return None
    parent = channel.history.get(request.text("thread_ts"))
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def _with_markdown(request: Request, text: str, blocks: list[Json]) -> str:
    markdown = request.text("markdown_text")
    if not markdown:
        return text
    if text or blocks:
        raise SlackError("markdown_text_conflict")
    if len(markdown) > limits.MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return markdown


def _blame_carelessness(
    workspace: Workspace, request: Request, text: str, blocks: list[Json]
) -> None:
    if blocks and not text:
        workspace.blame("blocks_without_text", "no text to notify with", request.method)
    for where in nameless_elements(blocks):
        workspace.blame("missing_action_id", where, request.method)


def _bot_profile(workspace: Workspace) -> Json:
    name = workspace.manifest.app_name
    return {"id": BOT_ID, "app_id": APP_ID, "name": name, "team_id": TEAM_ID, "deleted": False}
