"""Each error that Slack documents for a method we call has a meaning; most: nothing was done."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.domain.outbox import NotExecuted, Unknown
from bot.slack import errors
from bot.slack.errors import ERRORS
from bot.slack.gateway import SlackFailed, call
from slack_sandbox import Sandbox

DOCUMENTED = json.loads((Path(__file__).parent / "documented_errors.json").read_text())
SOURCES = Path(errors.__file__).parent

# What a page says of itself that leaves open whether something was done.
MAY_HAVE_HAPPENED = {
    "internal_error", "fatal_error", "request_timeout", "service_unavailable", "update_failed",
}  # fmt: skip


def methods_called() -> set[str]:
    """Of Slack's client, in the one part that calls it: `chat_postMessage` is chat.postMessage."""
    return {name for path in SOURCES.glob("*.py") for name in _called(ast.parse(path.read_text()))}


def _called(tree: ast.AST) -> Iterator[str]:
    known = {name for name in dir(WebClient) if not name.startswith("_")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in known and "_" in node.attr:
            yield node.attr.replace("_", ".")


def codes_of(method: str) -> set[str]:
    return set(f"{DOCUMENTED['methods'][method]} {DOCUMENTED['common']}".split())


def test_the_errors_of_every_method_we_call_are_listed():
    assert methods_called() - set(DOCUMENTED["methods"]) == set()


@pytest.mark.parametrize("method", DOCUMENTED["methods"])
def test_every_documented_error_has_a_meaning(method: str):
    assert sorted(codes_of(method) - set(ERRORS)) == []


@pytest.mark.parametrize("method", DOCUMENTED["methods"])
def test_a_documented_error_leaves_nothing_open_except_where_slack_says_so(method: str):
    assert {one for one in codes_of(method) if ERRORS.get(one, Unknown) is Unknown} <= (
        MAY_HAVE_HAPPENED
    )


@pytest.mark.parametrize("code", ["streaming_state_conflict", "fetch_members_failed"])
def test_what_fails_in_this_moment_is_tried_again_without_slowing_down_anything_else(
    slack: Sandbox, client: WebClient, code: str
):
    slack.faults.add(method="chat.update", kind="ok-false", error=code)
    with pytest.raises(SlackFailed) as failed:
        call(client.chat_update, channel="C1", ts="1.1", text="stuck at gate B12")
    assert failed.value.answer == NotExecuted(code)
