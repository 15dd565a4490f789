"""views.*: forms and home tabs the app draws."""

from __future__ import annotations

from slack_sandbox import modals
from slack_sandbox.blocks import Json, check_view
from slack_sandbox.errors import SlackError
from slack_sandbox.grants import Trigger
from slack_sandbox.view import View
from slack_sandbox.web_api.registry import TIER_4, Request, method
from slack_sandbox.workspace import Workspace

OPENING = "trigger_id interactivity_pointer view!"


@method("views.open", TIER_4, args=OPENING)
def open_view(workspace: Workspace, request: Request) -> Json:
    definition = check_view(request.data("view"), "modal", workspace.lost_hosts)
    trigger = _trigger(workspace, request)
    return {"view": modals.open_modal(workspace, trigger.user, definition).as_json()}


@method("views.push", TIER_4, args=OPENING)
def push_view(workspace: Workspace, request: Request) -> Json:
    definition = check_view(request.data("view"), "modal", workspace.lost_hosts)
    trigger = _trigger(workspace, request)
    return {"view": modals.push_modal(workspace, trigger.user, definition).as_json()}


@method("views.update", TIER_4, args="view_id external_id hash view!")
def update_view(workspace: Workspace, request: Request) -> Json:
    definition = check_view(request.data("view"), "modal", workspace.lost_hosts)
    view = _view(workspace, request)
    _check_hash(request, view)
    return {"view": modals.update_view(workspace, view, definition).as_json()}


@method("views.publish", TIER_4, args="user_id! hash interactivity_pointer view!")
def publish_view(workspace: Workspace, request: Request) -> Json:
    definition = check_view(request.data("view"), "home", workspace.lost_hosts)
    user = workspace.member(request.text("user_id")).id
    if not workspace.manifest.has_home:
        raise SlackError("not_enabled")
    published = workspace.homes.get(user)
    if published:
        _check_hash(request, workspace.views[published])
    return {"view": modals.publish_home(workspace, user, definition).as_json()}


def _trigger(workspace: Workspace, request: Request) -> Trigger:
    return workspace.triggers.redeem(
        request.text("trigger_id") or request.text("interactivity_pointer")
    )


def _view(workspace: Workspace, request: Request) -> View:
    if request.has("external_id"):
        found = modals.view_with_external_id(workspace, request.text("external_id"))
    else:
        found = workspace.views.get(request.text("view_id"))
    if found is None or found.type == "home":
        raise SlackError("not_found")
    return found


def _check_hash(request: Request, view: View) -> None:
    if request.has("hash") and request.text("hash") != view.hash:
        raise SlackError("hash_conflict")
