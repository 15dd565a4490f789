"""Every view as it was last looked at; `REWRITE_GOLDEN=1` writes what is drawn now, for review."""

import json
import os
from pathlib import Path

import pytest

import bot.views
from bot.views.drawn import Drawn
from tests.views.gallery import MESSAGES, VIEWS

GOLDEN = Path(bot.views.__file__).parent / "golden"
SHOWN: dict[str, object] = {**MESSAGES, **VIEWS}


def as_json(shown: object) -> str:
    content = {"text": shown.text, "blocks": shown.blocks} if isinstance(shown, Drawn) else shown
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", SHOWN)
def test_a_view_is_drawn_as_it_was_reviewed(name):
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(as_json(SHOWN[name]))
    assert golden.read_text() == as_json(SHOWN[name])


def test_no_golden_file_is_left_of_a_view_that_is_gone():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(SHOWN)
