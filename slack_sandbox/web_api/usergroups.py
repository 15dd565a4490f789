"""usergroups.*: groups of people that can be mentioned as one."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox.blocks import Json
from slack_sandbox.errors import SlackError
from slack_sandbox.identity import TEAM_ID
from slack_sandbox.web_api.registry import TIER_2, Request, method
from slack_sandbox.workspace import UserGroup, Workspace

READ, WRITE = "usergroups:read", "usergroups:write"


@method("usergroups.list", TIER_2, READ, args="include_count include_disabled include_users")
def list_groups(workspace: Workspace, request: Request) -> Json:
    shown = [
        group
        for group in workspace.user_groups.values()
        if request.flag("include_disabled") or not group.is_disabled
    ]
    return {"usergroups": [_as_json(group, request) for group in shown]}


@method("usergroups.create", TIER_2, WRITE, args="name! handle description channels include_count")
def create(workspace: Workspace, request: Request) -> Json:
    name = request.text("name")
    handle = request.text("handle") or name.lower().replace(" ", "-")
    for group in workspace.user_groups.values():
        if group.name == name:
            raise SlackError("name_already_exists")
        if group.handle == handle:
            raise SlackError("handle_already_exists")
    group = UserGroup(workspace.new_id("S"), name, handle, request.text("description"))
    return _store(workspace, request, group, "subteam_created")


@method("usergroups.update", TIER_2, WRITE, args="usergroup! name handle description include_count")
def update(workspace: Workspace, request: Request) -> Json:
    group = _group(workspace, request)
    changed = replace(
        group,
        name=request.text("name", group.name),
        handle=request.text("handle", group.handle),
        description=request.text("description", group.description),
    )
    return _store(workspace, request, changed, "subteam_updated")


@method("usergroups.enable", TIER_2, WRITE, args="usergroup! include_count")
def enable(workspace: Workspace, request: Request) -> Json:
    group = replace(_group(workspace, request), is_disabled=False)
    return _store(workspace, request, group, "subteam_updated")


@method("usergroups.disable", TIER_2, WRITE, args="usergroup! include_count")
def disable(workspace: Workspace, request: Request) -> Json:
    group = replace(_group(workspace, request), is_disabled=True)
    return _store(workspace, request, group, "subteam_updated")


@method("usergroups.users.list", TIER_2, READ, args="usergroup! include_disabled")
def list_users(workspace: Workspace, request: Request) -> Json:
    return {"users": list(_group(workspace, request).users)}


@method("usergroups.users.update", TIER_2, WRITE, args="usergroup! users include_count")
def update_users(workspace: Workspace, request: Request) -> Json:
    """The whole membership is replaced; a group of nobody is refused."""
    group = _group(workspace, request)
    users = request.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if any(user not in workspace.members for user in users):
        raise SlackError("invalid_users")
    return _store(workspace, request, replace(group, users=tuple(users)), "subteam_updated")


def _group(workspace: Workspace, request: Request) -> UserGroup:
    group = workspace.user_groups.get(request.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _store(workspace: Workspace, request: Request, group: UserGroup, event: str) -> Json:
    workspace.user_groups[group.id] = group
    facts = _as_json(group, request)
    workspace.emit({"type": event, "subteam": facts})
    return {"usergroup": facts}


def _as_json(group: UserGroup, request: Request) -> Json:
    facts: Json = {
        "id": group.id,
        "team_id": TEAM_ID,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": group.description,
        "date_delete": int(group.is_disabled),
        "prefs": {"channels": [], "groups": []},
    }
    if request.flag("include_users"):
        facts["users"] = list(group.users)
    if request.flag("include_count"):
        facts["user_count"] = len(group.users)
    return facts
