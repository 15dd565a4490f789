"""The validator behind every method that takes blocks or views, with Slack's shapes of refusal."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from slack_sandbox import limits, new_blocks
from slack_sandbox.block_tables import HOME_BLOCKS, MESSAGE_BLOCKS, MODAL_BLOCKS, plain
from slack_sandbox.checks import (
    Check,
    Fault,
    anything,
    by_type,
    choice,
    flag,
    many,
    shape,
    string,
    wrong_type,
)
from slack_sandbox.errors import SlackError
from slack_sandbox.images import image_faults

Json = dict[str, Any]
INITIALS = ("initial_option", "initial_options")

CHECKED_MESSAGE = many(by_type(MESSAGE_BLOCKS), limits.BLOCKS_PER_MESSAGE, least=0)
COMMON_VIEW: dict[str, Check | tuple[Check]] = {
    "type": (choice("modal", "home"),),
    "private_metadata": string(limits.PRIVATE_METADATA, least=0),
    "callback_id": string(limits.CALLBACK_ID, least=0),
    "external_id": string(limits.EXTERNAL_ID, least=0),
}
CHECKED_MODAL = shape(
    **COMMON_VIEW,
    blocks=(many(by_type(MODAL_BLOCKS), limits.BLOCKS_PER_VIEW, least=0),),
    title=(plain(limits.MODAL_TITLE),),
    submit=plain(limits.MODAL_TITLE),
    close=plain(limits.MODAL_TITLE),
    clear_on_close=flag,
    notify_on_close=flag,
    submit_disabled=flag,
)
CHECKED_HOME = shape(
    **COMMON_VIEW,
    blocks=(many(by_type(HOME_BLOCKS), limits.BLOCKS_PER_VIEW, least=0),),
    title=anything,
    submit=anything,
    close=anything,
    clear_on_close=flag,
    notify_on_close=flag,
)


def check_message_blocks(blocks: Any, lost: Collection[str] = ()) -> list[Json]:
    """The blocks of a message, or Slack's refusal of them."""
    if blocks is None or blocks == "":
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    faults = message_faults(blocks, "/blocks") or list(image_faults(blocks, "/blocks", lost))
    if faults:
        raise _refusal("invalid_blocks", faults, errors=[str(fault) for fault in faults])
    if sum(map(len, texts(blocks))) > limits.TEXT_OVER_ALL_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return blocks


def check_view(view: Any, kind: str, lost: Collection[str] = ()) -> Json:
    """A modal's or home tab's definition, or Slack's refusal of it."""
    if not isinstance(view, dict):
        raise _refusal("invalid_arguments", [wrong_type("/view", "object")])
    if len(json.dumps(view)) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    faults = view_faults(view, "/view")
    if view.get("type") != kind:
        faults.append(Fault(f"must be a {kind}", "/view/type", {"type": "enum"}))
    faults = faults or list(image_faults(view, "/view", lost))
    if faults:
        raise _refusal("invalid_arguments", faults)
    return view


def message_faults(blocks: list[Any], at: str) -> list[Fault]:
    """Everything that is wrong with the blocks of a message."""
    faults: list[Fault] = []
    CHECKED_MESSAGE(blocks, at, faults)
    if faults:
        return faults
    return [*_one_table(blocks, at), *_across(blocks, at), *new_blocks.across(blocks, at)]


def view_faults(view: Json, at: str) -> list[Fault]:
    """Everything that is wrong with a view."""
    faults: list[Fault] = []
    (CHECKED_HOME if view.get("type") == "home" else CHECKED_MODAL)(view, at, faults)
    if faults:
        return faults
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and view["type"] == "modal" and not view.get("submit"):
        rule = {"type": "required", "expected": "submit"}
        faults.append(Fault("missing required field: submit", at, rule))
    return [*faults, *_across(view["blocks"], f"{at}/blocks")]


def texts(node: object) -> Iterator[str]:
    """Every `text` string below a block, in reading order."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)


def nameless_elements(blocks: list[Json]) -> Iterator[str]:
    """The interactive elements that leave it to Slack to invent their action id."""
    for position, block in enumerate(blocks):
        for element in _elements(block):
            if element["type"] == "button" and "action_id" not in element:
                yield f"/blocks/{position}"


def _across(blocks: list[Json], at: str) -> Iterator[Fault]:
    """The rules that concern several blocks or several fields at once."""
    yield from _twice([block.get("block_id") for block in blocks], "block_id", at)
    for position, block in enumerate(blocks):
        where = f"{at}/{position}"
        yield from _across(block.get("child_blocks", []), f"{where}/child_blocks")
        if block["type"] == "section" and not (block.get("text") or block.get("fields")):
            rule = {"type": "required", "expected": "text"}
            yield Fault("missing required field: text or fields", where, rule)
        elements = list(_elements(block))
        yield from _twice([one.get("action_id") for one in elements], "action_id", where)
        for element in elements:
            yield from _choices(element, where)


def _twice(names: list[Any], what: str, at: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name and name in seen:
            rule = {"type": "unique", "expected": what}
            yield Fault(f"`{what}`: {name} already exists", f"{at}/{position}/{what}", rule)
        seen.add(name)


def _elements(block: Json) -> list[Json]:
    if block["type"] not in ("section", "actions", "input", "context_actions"):
        return []
    single = [block[name] for name in ("accessory", "element") if block.get(name)]
    return [*single, *block.get("elements", ())]


def _choices(element: Json, at: str) -> Iterator[Fault]:
    """A list has options or groups of them, and starts with some of its own."""
    if not element["type"].endswith(("static_select", "radio_buttons", "checkboxes")):
        return
    groups = element.get("option_groups")
    if bool(element.get("options")) == bool(groups):
        rule = {"type": "one_of", "expected": ["options", "option_groups"]}
        yield Fault("must have either options or option_groups", at, rule)
    offered = [*element.get("options", ()), *(one for g in groups or () for one in g["options"])]
    values = {option["value"] for option in offered}
    for name in INITIALS:
        given = element.get(name) or []
        for option in given if isinstance(given, list) else [given]:
            if option["value"] not in values:
                rule = {"type": "enum", "expected": sorted(values)}
                yield Fault(f"{name} must be one of the options", f"{at}/{name}", rule)


def _one_table(blocks: list[Json], at: str) -> Iterator[Fault]:
    tables = [position for position, block in enumerate(blocks) if block["type"] == "table"]
    for position in tables[1:]:
        yield Fault("only_one_table_allowed", f"{at}/{position}", {"type": "max_items"})


def _refusal(code: str, faults: list[Fault], **details: Any) -> SlackError:
    messages = [f"[ERROR] {fault}" for fault in faults]
    return SlackError(code, **details, response_metadata={"messages": messages})
