"""blocks.validate: the validator behind all methods, for anybody."""

from __future__ import annotations

import json
from typing import Any

from slack_sandbox import limits
from slack_sandbox.blocks import Json, message_faults, view_faults
from slack_sandbox.checks import Fault, wrong_type
from slack_sandbox.errors import SlackError
from slack_sandbox.web_api.registry import TIER_4, Request, method
from slack_sandbox.workspace import Workspace

KINDS = ("blocks", "view", "message")


@method("blocks.validate", TIER_4, args="blocks view message", token="none")
def validate(_: Workspace, request: Request) -> Json:
    given = [kind for kind in KINDS if request.has(kind)]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    kind = given[0]
    value = request.data(kind)
    if len(json.dumps(value)) > limits.VALIDATED_PAYLOAD:
        raise SlackError("invalid_arguments")
    faults = _faults(kind, value)
    if faults:
        raise SlackError(f"invalid_{kind}", errors=[fault.as_json() for fault in faults])
    return {}


def _faults(kind: str, value: Any) -> list[Fault]:
    if kind == "blocks":
        return message_faults(value, "")
    if not isinstance(value, dict):
        return [wrong_type("", "object")]
    if kind == "view":
        return view_faults(value, "")
    return message_faults(value.get("blocks", []), "/blocks")
