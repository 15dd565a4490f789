"""What no document settles about the blocks that the desk draws: small drawings, put to Slack."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.slack.validator import Drawing

Part = Mapping[str, object]


@dataclass(frozen=True)
class OpenQuestion:
    """`is_taken` is what the desk and the local Slack go by until Slack has answered."""

    about: str
    drawing: Drawing
    is_taken: bool


def _plain(text: str) -> Part:
    return {"type": "plain_text", "text": text, "emoji": False}


def _section(text: str) -> Part:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _alert(length: int) -> Part:
    return {"type": "alert", "text": _plain("a" * length), "level": "info"}


def _container(*children: Part) -> Part:
    return {"type": "container", "title": _plain("Cases"), "child_blocks": list(children)}


def _form(*blocks: Part) -> Drawing:
    return {"type": "modal", "title": _plain("A question"), "blocks": list(blocks)}


def _home(*blocks: Part) -> Drawing:
    return {"type": "home", "blocks": list(blocks)}


def _message(*blocks: Part) -> Drawing:
    return {"blocks": list(blocks)}


_BUTTON = {"type": "button", "text": _plain("Claim"), "action_id": "claim", "value": "1042"}
_ACTIONS = {"type": "actions", "elements": [_BUTTON]}

QUESTIONS = (
    OpenQuestion("an alert of 200 characters", _form(_alert(200)), is_taken=True),
    OpenQuestion("an alert of 201 characters", _form(_alert(201)), is_taken=False),
    OpenQuestion("an alert in a message", _message(_alert(20)), is_taken=False),
    OpenQuestion("an alert on a home tab", _home(_alert(20)), is_taken=False),
    OpenQuestion(
        "3,000 emoji in a section, 6,000 UTF-16 units", _message(_section("😀" * 3000)), True
    ),
    OpenQuestion("3,001 letters in a section", _message(_section("a" * 3001)), is_taken=False),
    OpenQuestion("buttons in a container", _message(_container(_section("1"), _ACTIONS)), True),
    OpenQuestion(
        "a container in a container", _message(_container(_container(_section("1")))), False
    ),
    OpenQuestion("a container on a home tab", _home(_container(_section("1"))), is_taken=False),
)
