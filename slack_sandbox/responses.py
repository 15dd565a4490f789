"""What the app answers to one interaction: in its acknowledgement or at the response URL."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox import posting
from slack_sandbox.blocks import Json, check_message_blocks
from slack_sandbox.errors import SlackError
from slack_sandbox.grants import ResponseUrl
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.state import Message
from slack_sandbox.workspace import Workspace


def respond(workspace: Workspace, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete as the body says; by default only the person sees it."""
    original = _original(workspace, url)
    if body.get("delete_original"):
        _replace(workspace, original, None)
        return
    message = _composed(workspace, url, body)
    if body.get("replace_original") and original is not None:
        changed = replace(original, text=message.text, blocks=message.blocks)
        _replace(workspace, original, changed)
        message = changed
    elif body.get("response_type") == "in_channel":
        message = posting.post(workspace, message)
    else:
        message = posting.post_ephemeral(workspace, message, to=url.user)
    workspace.responses[url.path].append(message)


def _composed(workspace: Workspace, url: ResponseUrl, body: Json) -> Message:
    blocks = check_message_blocks(body.get("blocks"), workspace.lost_hosts)
    text = str(body.get("text") or "")
    attachments = body.get("attachments") or []
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    if blocks and not text:
        workspace.blame("blocks_without_text", "no text to notify with", "response_url")
    return Message(
        url.channel_id,
        ts="",
        user=BOT_USER_ID,
        text=text,
        blocks=blocks,
        thread_ts=body.get("thread_ts"),
        attachments=attachments,
        metadata=body.get("metadata"),
        is_bot=True,
        links_bare_urls=body.get("parse") != "none",
    )


def _original(workspace: Workspace, url: ResponseUrl) -> Message | None:
    if url.is_ephemeral:
        seen = reversed(workspace.ephemerals.get(url.user, ()))
        return next((one for one in seen if one.ts == url.message_ts), None)
    return workspace.channels[url.channel_id].history.get(url.message_ts)


def _replace(workspace: Workspace, original: Message | None, changed: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    if original.ephemeral_for:
        posting.edit_ephemeral(workspace, original, changed)
    elif changed is not None:
        posting.edit(workspace, original, changed)
    else:
        posting.delete(workspace, original)
