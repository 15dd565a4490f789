"""The coverage table and the methods that exist are the same."""

from pathlib import Path

from slack_sandbox.coverage import METHODS
from slack_sandbox.web_api.families import ANSWERED


def test_every_method_of_the_table_is_answered_and_the_reverse():
    assert set(METHODS) == set(ANSWERED)


def test_a_partial_method_says_what_is_missing():
    statuses = {(one.status, bool(one.note)) for one in METHODS.values()}

    assert statuses == {("full", False), ("partial", True)}


def test_the_named_tests_call_the_method():
    here = Path(__file__).parent
    for name, coverage in METHODS.items():
        text = (here / f"{coverage.tests}.py").read_text()
        assert name in text or name.replace(".", "_") in text, name
