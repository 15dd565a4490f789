"""One case whole, as JSON."""

import json

from bot.views.terminal import visible
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


NASTY = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe \x7f where is my bag?"


def test_a_terminal_is_sent_nothing_that_it_would_obey(terminal: Terminal):
    post = json.dumps({"id": "1", "text": NASTY, "author": {"handle": "@jane\u202e"}})
    terminal.type("import", terminal.write("posts.jsonl", post))

    shown = terminal.type_at_a_screen("export", "1001")
    piped = terminal.type("export", "1001").stdout

    assert not set(shown) & set("\x1b\x07\x7f\x9b\u202e")
    assert json.loads(shown) == json.loads(piped)
    assert json.loads(piped)["posts"][0]["text"] == NASTY


def test_a_sentence_for_a_terminal_is_inert_and_for_a_file_as_it_is():
    assert visible("Ann\u202e\x1b[2J, 3 min\n") == "Ann\\u202e\\x1b[2J, 3 min\n"
    assert visible("שלום, 東京 · é 👩‍🚒\t“so”") == "שלום, 東京 · é 👩‍🚒\t“so”"


def test_a_case_that_is_not_there_is_a_plain_sentence_and_exit_1(terminal: Terminal):
    result = terminal.type("export", "99")
    assert result.exit_code == 1
    assert result.stderr == "There is no case #99. /case find looks for words.\n"


def test_what_is_no_number_is_wrong_usage(terminal: Terminal):
    assert terminal.type("export", "ann").exit_code == 2
