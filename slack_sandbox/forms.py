"""Filling in a form and what the app's answer to it does to the stack of forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sandbox import modals
from slack_sandbox.blocks import Json, check_view
from slack_sandbox.elements import Placed, chosen, complaint, placed, value_of
from slack_sandbox.errors import SlackError
from slack_sandbox.view import View
from slack_sandbox.workspace import Workspace

Field = str | tuple[str, str]


def filled(view: View, values: Mapping[Field, Any]) -> View:
    """The form with these plain values typed and picked."""
    state = {block_id: dict(of) for block_id, of in view.state.items()}
    for field, value in values.items():
        one = field_of(view, field)
        state.setdefault(one.block_id, {})[one.action_id] = chosen(one.element, value)
    return replace(view, state=state, errors={})


def complaints(view: View) -> dict[str, str]:
    """What Slack itself refuses to send, by block."""
    found: dict[str, str] = {}
    for one in placed(view.blocks):
        if one.block["type"] == "input":
            state = view.state[one.block_id][one.action_id]
            may_be_empty = one.block.get("optional") and not value_of(state)
            why = None if may_be_empty else complaint(one.element, state)
            if why:
                found[one.block_id] = why
    return found


def apply_answer(workspace: Workspace, view: View, answer: Json | None) -> str | None:
    """Do what the acknowledgement of a submission asks for; an error if it makes no sense."""
    try:
        _apply(workspace, view, answer or {})
    except SlackError as refusal:
        workspace.blame("invalid_response_action", f"{refusal.code} {refusal.details}")
        return "invalid_response_action"
    return None


def _apply(workspace: Workspace, view: View, answer: Json) -> None:
    match answer.get("response_action"):
        case None:
            _close(workspace, view)
        case "clear":
            modals.close_all(workspace, view.user)
        case "errors":
            _show_errors(workspace, view, answer.get("errors") or {})
        case "update":
            current = workspace.views.get(view.id, view)
            modals.update_view(
                workspace, current, check_view(answer.get("view"), "modal", workspace.lost_hosts)
            )
        case "push":
            modals.push_modal(
                workspace, view.user, check_view(answer.get("view"), "modal", workspace.lost_hosts)
            )
        case unknown:
            raise SlackError("unknown_response_action", action=unknown)


def _close(workspace: Workspace, view: View) -> None:
    """Close the submitted form, unless the app already closed or replaced the whole stack."""
    if view.id in workspace.modals.get(view.user, ()):
        modals.close_top(workspace, view.user)


def _show_errors(workspace: Workspace, view: View, errors: dict[str, str]) -> None:
    inputs = {block.get("block_id") for block in view.blocks if block["type"] == "input"}
    if not errors or errors.keys() - inputs:
        raise SlackError("unknown_error_block", blocks=sorted(errors.keys() - inputs))
    modals.keep(workspace, replace(view, errors=dict(errors)))


def field_of(view: View, field: Field) -> Placed:
    """The one element of a block, or the one with this action id in it."""
    block_id, action_id = field if isinstance(field, tuple) else (field, None)
    there = [one for one in placed(view.blocks) if one.element["type"] != "button"]
    found = [
        one for one in there if one.block_id == block_id and action_id in (None, one.action_id)
    ]
    if len(found) != 1:
        names = [(one.block_id, one.action_id) for one in there]
        raise LookupError(f"{len(found)} fields are called {field!r}; there are: {names}")
    return found[0]
