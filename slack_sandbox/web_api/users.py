"""users.*: who works here."""

from __future__ import annotations

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.membership import as_seen
from slack_sandbox.web_api.registry import TIER_2, TIER_3, TIER_4, Request, method, page_of
from slack_sandbox.workspace import Workspace

MEMBERS_PAGE = 1000


@method("users.list", TIER_2, "users:read", args="cursor include_locale limit")
def list_users(workspace: Workspace, request: Request) -> Json:
    limit = min(request.number("limit", MEMBERS_PAGE), MEMBERS_PAGE)
    ours = [member for member in workspace.members.values() if not member.is_stranger]
    page, metadata = page_of(ours, request, limit)
    members = [as_seen(workspace, member) for member in page]
    return {
        "members": members,
        "cache_ts": int(workspace.now()),
        "response_metadata": metadata,
    }


@method("users.info", TIER_4, "users:read", args="user! include_locale")
def info(workspace: Workspace, request: Request) -> Json:
    return {"user": as_seen(workspace, workspace.member(request.text("user")))}


@method("users.lookupByEmail", TIER_3, "users:read.email", args="email!")
def lookup_by_email(workspace: Workspace, request: Request) -> Json:
    email = request.text("email").lower()
    for member in workspace.members.values():
        is_ours = not (member.is_deactivated or member.is_stranger)
        if is_ours and member.email.lower() == email:
            return {"user": as_seen(workspace, member)}
    raise SlackError("users_not_found")
