"""What Slack takes: its own classes find nothing wrong, and every id stands once."""

import json
from collections import Counter
from collections.abc import Iterator

from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.blocks import BlockElement, ConfirmObject
from slack_sdk.models.views import View

from bot.views.drawn import Drawn
from bot.views.limits import MESSAGE_BLOCKS, VIEW_BLOCKS, Block, fits, size
from slack_sandbox.limits import VIEW_BYTES
from tests.views.slack_markup import texts_in

UPDATED_TEXT = 4000  # chat.update refuses a longer fallback


def accept_message(drawn: Drawn) -> None:
    assert drawn.text.strip()
    assert size(drawn.text) <= UPDATED_TEXT
    assert 1 <= len(drawn.blocks) <= MESSAGE_BLOCKS
    assert fits(drawn.blocks)
    _accept_blocks(drawn.blocks)


def accept_form(form: Block) -> None:
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    assert 1 <= len(blocks) <= VIEW_BLOCKS
    assert len(json.dumps(form)) <= VIEW_BYTES
    view = View(**form)
    assert view.to_dict()
    has_input = any(block["type"] == "input" for block in blocks)
    assert "submit" in form or not has_input
    _accept_blocks(blocks)


def _accept_blocks(blocks: list[Block]) -> None:
    for block in blocks:
        read = SlackBlock.parse(block)
        assert read is not None, block
        read.to_dict()
        assert all(text.strip() for text in texts_in(block)), block
        for element in elements(block):
            BlockElement.parse(element).to_dict()  # type: ignore[union-attr]
            if "confirm" in element:
                ConfirmObject.parse(element["confirm"]).to_dict()  # type: ignore[arg-type]
    _each_once(str(block["block_id"]) for block in blocks if "block_id" in block)
    for block in blocks:
        _each_once(str(element["action_id"]) for element in elements(block))


def elements(block: Block) -> list[Block]:
    """What can be pressed or filled in in a block."""
    placed = [block.get("accessory"), block.get("element")]
    if block["type"] == "actions":
        placed += block["elements"]  # type: ignore[operator]
    return [element for element in placed if isinstance(element, dict)]


def _each_once(ids: Iterator[str]) -> None:
    assert [name for name, count in Counter(ids).items() if count > 1] == []
