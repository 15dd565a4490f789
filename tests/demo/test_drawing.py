"""The demo's page draws every block that the desk sends: one it cannot draw hides its words."""

import json
import re
from collections.abc import Iterator

from bot.demo.page import FOLDER

GOLDEN = FOLDER.parents[1] / "views" / "golden"
PAGE = FOLDER.parents[2] / "slack_sandbox" / "page"


def blocks(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from blocks(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "blocks" and isinstance(value, list):
                yield from (one["type"] for one in value)
            yield from blocks(value)


def test_the_page_draws_every_block_of_every_view() -> None:
    sent = {
        kind for file in GOLDEN.glob("**/*.json") for kind in blocks(json.loads(file.read_text()))
    }
    table = re.search(r"const BLOCKS = \{(.*?)\n\};", (PAGE / "blocks.js").read_text(), re.DOTALL)
    assert table is not None
    drawn = set(re.findall(r"\b([a-z_]+)\b(?=[,:])", table[1]))
    assert "alert" in sent
    assert sent <= drawn
