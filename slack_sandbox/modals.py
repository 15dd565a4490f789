"""Modals and home tabs: one stack of at most three forms before each person."""

from __future__ import annotations

import json
from dataclasses import replace

from slack_sandbox.blocks import Json
from slack_sandbox.elements import initial_state
from slack_sandbox.errors import SlackError
from slack_sandbox.limits import VIEW_BYTES, VIEW_STACK
from slack_sandbox.view import View
from slack_sandbox.workspace import Workspace


def open_modal(workspace: Workspace, user: str, definition: Json) -> View:
    """Put a form before somebody, in the place of any other."""
    _drop_stack(workspace, user)
    view = _new_view(workspace, user, definition)
    workspace.modals[user] = [view.id]
    return _shown(workspace, view)


def push_modal(workspace: Workspace, user: str, definition: Json) -> View:
    """Put a form on top of the ones that are open."""
    stack = workspace.modals.get(user)
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= VIEW_STACK:
        raise SlackError("push_limit_reached")
    below = workspace.views[stack[-1]]
    view = _new_view(workspace, user, definition)
    view = replace(view, previous_id=below.id, root_id=below.root_id)
    stack.append(view.id)
    return _shown(workspace, view)


def update_view(workspace: Workspace, view: View, definition: Json) -> View:
    """Draw a form anew; what was typed stays where block and action keep their ids."""
    _check_definition(workspace, definition, view)
    fresh = initial_state(definition["blocks"])
    kept = {
        block_id: {
            name: view.state.get(block_id, {}).get(name, value) for name, value in of.items()
        }
        for block_id, of in fresh.items()
    }
    changed = replace(
        view,
        definition=_with_ids(workspace, definition),
        state=kept,
        errors={},
        hash=_new_hash(workspace),
    )
    return _shown(workspace, changed)


def publish_home(workspace: Workspace, user: str, definition: Json) -> View:
    """Draw a person's home tab."""
    published = workspace.homes.get(user)
    if published:
        return update_view(workspace, workspace.views[published], definition)
    view = _new_view(workspace, user, definition)
    workspace.homes[user] = view.id
    return _shown(workspace, view)


def close_top(workspace: Workspace, user: str) -> None:
    """Close the form on top; the one below shows again."""
    stack = workspace.modals.get(user)
    if stack:
        del workspace.views[stack.pop()]
    workspace.hint(user, {"type": "view"})


def close_all(workspace: Workspace, user: str) -> None:
    _drop_stack(workspace, user)
    workspace.hint(user, {"type": "view"})


def top_view(workspace: Workspace, user: str) -> View | None:
    stack = workspace.modals.get(user)
    return workspace.views[stack[-1]] if stack else None


def keep(workspace: Workspace, view: View) -> None:
    """Store a form whose state or errors changed, without drawing it anew for the app."""
    workspace.views[view.id] = view
    workspace.hint(view.user, {"type": "view"})


def view_with_external_id(workspace: Workspace, external_id: str) -> View | None:
    return next((one for one in workspace.views.values() if one.external_id == external_id), None)


def _new_view(workspace: Workspace, user: str, definition: Json) -> View:
    _check_definition(workspace, definition, None)
    definition = _with_ids(workspace, definition)
    view_id = workspace.new_id("V")
    state = initial_state(definition["blocks"])
    return View(view_id, user, _new_hash(workspace), definition, root_id=view_id, state=state)


def _check_definition(workspace: Workspace, definition: Json, replaced: View | None) -> None:
    if len(json.dumps(definition)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    external_id = definition.get("external_id")
    holder = view_with_external_id(workspace, external_id) if external_id else None
    if holder is not None and holder is not replaced:
        raise SlackError("duplicate_external_id")


def _with_ids(workspace: Workspace, definition: Json) -> Json:
    blocks = [
        block if block.get("block_id") else block | {"block_id": f"b{workspace.serial():x}"}
        for block in definition["blocks"]
    ]
    return definition | {"blocks": blocks}


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.now())}.{workspace.serial():08x}"


def _shown(workspace: Workspace, view: View) -> View:
    workspace.views[view.id] = view
    workspace.hint(view.user, {"type": "home" if view.type == "home" else "view"})
    return view


def _drop_stack(workspace: Workspace, user: str) -> None:
    for view_id in workspace.modals.pop(user, ()):
        del workspace.views[view_id]
