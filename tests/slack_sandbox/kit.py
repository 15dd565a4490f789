"""Blocks and views that the tests send."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, label: str, value: str = "1042") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), "value": value}


def actions(*elements: Json, block_id: str = "buttons") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(block_id: str, element: Json, **more: Any) -> Json:
    element = {"action_id": "value", **element}
    labelled = {"type": "input", "block_id": block_id, "label": plain(block_id)}
    return {**labelled, "element": element, **more}


def typed(block_id: str, **more: Any) -> Json:
    return field(block_id, {"type": "plain_text_input", **more})


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def form(callback_id: str, *blocks: Json, title: str = "Reply", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Go on"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}
