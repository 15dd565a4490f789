"""Interactive elements: finding one, and the shape its value has in `state` and in actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sandbox.limits import FILE_BYTES, FILES_PER_INPUT

Json = dict[str, Any]

# The field that carries the chosen value, by type of element.
VALUE_FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
INITIAL_FIELDS = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "rich_text_value": "initial_value",
}
STATELESS = frozenset({"overflow"})


@dataclass(frozen=True)
class Placed:
    """An element and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element.get("action_id", ""))

    @property
    def label(self) -> str:
        text = self.element.get("text")
        return str(text["text"]) if isinstance(text, dict) else ""

    def is_called(self, name: str) -> bool:
        return name in (self.action_id, self.label)


def placed(blocks: list[Json]) -> Iterator[Placed]:
    """Every interactive element with its block, in reading order."""
    for block in blocks:
        for element in (block.get("accessory"), block.get("element"), *block.get("elements", ())):
            if isinstance(element, dict) and _is_interactive(element):
                yield Placed(block, element)
        yield from placed(block.get("child_blocks", []))


def find(blocks: list[Json], name: str, block_id: str | None = None) -> Placed:
    """The one element with this action id or label."""
    there = [one for one in placed(blocks) if block_id in (None, one.block_id)]
    found = [one for one in there if one.is_called(name)]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} elements are called {name!r}"
    raise LookupError(f"{what}; there are: {[(one.action_id, one.label) for one in there]}")


def initial_state(blocks: list[Json]) -> dict[str, Json]:
    """What `state.values` holds before anybody touched the form."""
    state: dict[str, Json] = {}
    for one in placed(blocks):
        element_type = one.element["type"]
        field = VALUE_FIELDS.get(element_type)
        if field and element_type not in STATELESS and "block_id" in one.block:
            initial = one.element.get(INITIAL_FIELDS.get(field, ""))
            empty: list[Any] | None = [] if field.endswith("s") else None
            value = {"type": element_type, field: empty if initial is None else initial}
            state.setdefault(one.block_id, {})[one.action_id] = value
    return state


def chosen(element: Json, value: Any) -> Json:
    """The element's state after somebody gave it a plain value."""
    element_type = element["type"]
    field = VALUE_FIELDS.get(element_type)
    if field is None:
        raise LookupError(f"a {element_type} holds no value")
    shape = SHAPES.get(field, _as_it_is)
    return {"type": element_type, field: shape(element, value)}


def value_of(state: Json) -> Any:
    """The bare value inside an element's state."""
    return state[VALUE_FIELDS[state["type"]]]


def complaint(element: Json, state: Json) -> str | None:
    """What Slack's own form says about a value before it is sent, if anything."""
    value = value_of(state)
    if not value:
        return "Please complete this required field."
    if element["type"] == "file_input":
        return _of_files(element, value)
    if not isinstance(value, str) or element["type"] != "plain_text_input":
        return None
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", len(value)):
        return f"Please enter at most {element['max_length']} characters."
    return None


def _of_files(element: Json, files: list[Json]) -> str | None:
    most, kinds = element.get("max_files", FILES_PER_INPUT), element.get("filetypes")
    if len(files) > most:
        return f"Please choose at most {most} files."
    if any(file["size"] > FILE_BYTES for file in files):
        return "Please choose files of at most 10 MB."
    if kinds and any(file["filetype"] not in kinds for file in files):
        return f"Please choose files of these types: {', '.join(kinds)}."
    return None


def _is_interactive(element: Json) -> bool:
    return element.get("type") in VALUE_FIELDS or "action_id" in element


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(one for group in groups for one in group["options"])]


def _option(element: Json, value: Any) -> Json | None:
    """The option whose value or visible text was given."""
    if value is None or isinstance(value, dict):
        return value
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    offered = _options(element)
    for option in offered:
        if value in (option["value"], option["text"]["text"]):
            return option
    raise LookupError(f"no option {value!r}; there are: {[one['value'] for one in offered]}")


def _some_options(element: Json, values: Any) -> list[Json]:
    many = values if isinstance(values, (list, tuple, set)) else [values]
    return [option for value in many if (option := _option(element, value)) is not None]


def _typed(_: Json, value: Any) -> str | None:
    """An empty field arrives as nothing at all."""
    return str(value) if value not in (None, "") else None


def _ids(_: Json, values: Any) -> list[str]:
    many = values if isinstance(values, (list, tuple, set)) else [values]
    return [_id(_, value) for value in many]


def _id(_: Json, value: Any) -> Any:
    """The id of a person or channel that may come as an object."""
    return getattr(value, "id", value)


def _as_it_is(_: Json, value: Any) -> Any:
    return value


SHAPES: dict[str, Callable[[Json, Any], Any]] = {
    "value": _typed,
    "selected_option": _option,
    "selected_options": _some_options,
    "selected_user": _id,
    "selected_users": _ids,
    "selected_conversation": _id,
    "selected_conversations": _ids,
    "selected_channel": _id,
    "selected_channels": _ids,
}
