"""One case whole, as JSON."""

import json

from tests.commands.conftest import Terminal
from tests.commands.test_import import ONE


def test_a_case_is_written_out_with_all_that_happened(terminal: Terminal):
    terminal.type("import", terminal.write("posts.jsonl", ONE))
    case = json.loads(terminal.type("export", "#1001").stdout)
    assert case["posts"][0]["text"] == "Where is my bag?"
    assert [event["what"] for event in case["timeline"]] == ["opened"]
    assert {run["promise"]: run["target"] for run in case["promises"]} == {
        "first_response": "1h",
        "resolution": "1d",
    }


def test_a_case_that_is_not_there_is_a_plain_sentence_and_exit_1(terminal: Terminal):
    result = terminal.type("export", "99")
    assert result.exit_code == 1
    assert result.stderr == "There is no case #99. /case find looks for words.\n"


def test_what_is_no_number_is_wrong_usage(terminal: Terminal):
    assert terminal.type("export", "ann").exit_code == 2
