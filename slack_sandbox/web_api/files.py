"""files.*: an address to send bytes to, and the file they become in a channel."""

from __future__ import annotations

from typing import Any

from slack_sandbox import limits, posting
from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import BOT_USER_ID
from slack_sandbox.state import Message
from slack_sandbox.web_api.chat import place_to_speak
from slack_sandbox.web_api.registry import TIER_4, Request, method
from slack_sandbox.workspace import Workspace


@method(
    "files.getUploadURLExternal",
    TIER_4,
    "files:write",
    args="filename! length! alt_txt snippet_type",
)
def get_upload_url(workspace: Workspace, request: Request) -> Json:
    if request.number("length", 0) < 1:
        raise SlackError("missing_argument")
    if len(request.text("alt_txt")) > limits.ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file_id = workspace.new_id("F")
    name = request.text("filename")
    workspace.files[file_id] = {"id": file_id, "name": name, "title": name, "size": None}
    return {"upload_url": f"{request.public_url}/upload/{file_id}", "file_id": file_id}


@method(
    "files.completeUploadExternal",
    TIER_4,
    "files:write",
    args="files! channel_id channels initial_comment thread_ts blocks",
)
def complete_upload(workspace: Workspace, request: Request) -> Json:
    given: list[Any] = request.data("files")
    files = [_completed(workspace, one) for one in given]
    for name in ("channel_id", "channels"):
        for channel_id in request.names(name):
            _share(workspace, request, channel_id, files)
    return {"files": files}


def _completed(workspace: Workspace, given: Json) -> Json:
    file = workspace.files.get(str(given.get("id")))
    if file is None or file["size"] is None:
        raise SlackError("file_not_found")
    file["title"] = given.get("title") or file["title"]
    return file


def _share(workspace: Workspace, request: Request, channel_id: str, files: list[Json]) -> None:
    place = Request(request.method, {"channel": channel_id}, request.public_url)
    message = Message(
        place_to_speak(workspace, place).id,
        ts="",
        user=BOT_USER_ID,
        text=request.text("initial_comment"),
        thread_ts=request.text("thread_ts") or None,
        files=files,
        is_bot=True,
    )
    posting.post(workspace, message)
