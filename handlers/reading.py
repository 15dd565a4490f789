"""Parts of Slack's payloads, wherever they are; what is not there is nothing, never an error."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.pasted import as_pasted
from bot.domain.strict_json import storable
from bot.views.inert import revived

Body = Mapping[str, Any]

MEMBER = re.compile(r"[UW][A-Z0-9]{1,30}")
CHANNEL = re.compile(r"[CGD][A-Z0-9-]{1,30}")


def as_written(text: str) -> str:
    """Words that may have been copied from what the desk printed, as somebody would type them."""
    return revived(as_pasted(text))


def inputs(blocks: list[object]) -> list[str]:
    return [text_at(block, "block_id") for block in blocks if text_at(block, "type") == "input"]


def required(blocks: list[object]) -> list[str]:
    """The fields of a form that have to be filled in."""
    asked = [block for block in blocks if at(block, "optional") is not True]
    return inputs(asked)


def first_of(things: object) -> object:
    return things[0] if isinstance(things, list) and things else {}


def mapping(part: object) -> Body:
    return part if isinstance(part, Mapping) else {}


def at(part: object, *path: str) -> object:
    for name in path:
        part = mapping(part).get(name)
    return part


def text_at(part: object, *path: str) -> str:
    found = at(part, *path)
    return storable(found) if isinstance(found, str) else ""


def typed_in(values: object, field: str) -> str:
    """What was typed into the one element of a block, however it is called."""
    elements = mapping(mapping(values).get(field)).values()
    return text_at(next(iter(elements), {}), "value")
