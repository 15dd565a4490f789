"""`check --views`: Slack's own validator judges every view, and gets nothing but made-up words."""

import json
from collections.abc import Iterator

import pytest
from click.testing import Result

from bot.commands.check_views import views
from bot.commands.open_questions import QUESTIONS
from bot.slack.validator import LONGEST, SlackValidator
from slack_sandbox import Sandbox
from slack_sandbox.workspace import Call
from tests.commands.conftest import Terminal

METHOD = "blocks.validate"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start() as slack:
        yield slack


def judged(terminal: Terminal, slack: Sandbox, *more: str) -> Result:
    return terminal.type("check", "--views", *more, SLACK_API_URL=slack.api_url)


def asked(slack: Sandbox) -> list[Call]:
    return [call for call in slack.calls if call.method == METHOD]


def lines_of(told: Result, *words: str) -> list[str]:
    """Those of the results that have all these words."""
    return [line for line in told.stdout.splitlines() if all(word in line for word in words)]


def test_nothing_is_sent_to_slack_unless_it_is_asked_for(terminal: Terminal, slack: Sandbox):
    terminal.type("check", SLACK_API_URL=slack.api_url)
    assert slack.calls == []


def test_every_view_is_judged_and_what_is_sent_where_is_said_before(
    terminal: Terminal, slack: Sandbox
):
    told = judged(terminal, slack)
    count = len(views())
    assert f"Sending {count} views with made-up customers to {slack.api_url}{METHOD}" in told.stderr
    assert lines_of(told, f"has judged {count} of {count} views")
    assert "does not say on which surface a block may stand" in told.stdout
    assert [line for line in told.stdout.splitlines() if line.startswith("✗ view")] == []
    assert len(asked(slack)) == count + len(QUESTIONS)
    assert {json.dumps(sorted(call.args)) for call in asked(slack)} == {'["message"]', '["view"]'}


def test_what_no_document_settles_is_asked_and_the_local_slack_goes_by_what_is_assumed(
    terminal: Terminal, slack: Sandbox
):
    told = judged(terminal, slack, "--from", list(views())[-1])
    assert len(lines_of(told, "An open question,", "as assumed")) == len(QUESTIONS)
    assert lines_of(told, "· An open question, an alert of 201 characters: not taken, as assumed")


def test_an_answer_that_was_not_expected_is_no_fault_of_the_desk(
    terminal: Terminal, slack: Sandbox
):
    last = list(views())[-1]
    judged(terminal, slack, "--from", last)
    before = judged(terminal, slack, "--from", last).stdout.count("✗")
    slack.faults.add("ok-false", method=METHOD, error="invalid_message", times=2)
    told = judged(terminal, slack, "--from", last)
    assert lines_of(told, "an alert of 200 characters: not taken, here the opposite is assumed")
    assert told.stdout.count("✗") == before + 1  # of the one view


def test_open_questions_that_slack_does_not_answer_are_said_to_be_open(
    terminal: Terminal, slack: Sandbox
):
    last = list(views())[-1]
    slack.faults.add("ok-false", method=METHOD, error="invalid_message")
    slack.faults.add("429", method=METHOD, retry_after=7)
    told = judged(terminal, slack, "--from", last)
    assert lines_of(told, "Slack asks to wait 7 seconds: all views are judged", f"--from {last}")


def test_a_queue_as_long_as_any_is_among_them(slack: Sandbox):
    full = views()["list_queue_full"]
    assert isinstance(full["blocks"], list)
    assert len(full["blocks"]) > 40
    assert all(len(json.dumps(view)) < LONGEST for view in views().values())
    assert SlackValidator(slack.api_url).faults(full) == []


def test_what_slack_does_not_take_is_named_with_the_place_where_it_is(slack: Sandbox):
    faulty = {"type": "modal", "title": {"type": "plain_text", "text": "A title that is too long!"}}
    found = SlackValidator(slack.api_url).faults({**faulty, "blocks": [{"type": "divider"}]})
    assert len(found) == 1
    assert "(at /title/text)" in found[0]


def test_a_fault_turns_the_check_red_and_the_other_views_are_judged_all_the_same(
    terminal: Terminal, slack: Sandbox
):
    slack.faults.add("ok-false", method=METHOD, error="invalid_message")
    told = judged(terminal, slack)
    first = next(iter(views()))
    assert told.exit_code == 1
    assert lines_of(told, f"✗ view {first}: invalid_message")
    assert len(lines_of(told, "✗ view")) == 1


def test_a_slack_that_asks_to_wait_is_left_alone_and_the_rest_is_named(
    terminal: Terminal, slack: Sandbox
):
    first, _, third = list(views())[:3]
    slack.faults.add("429", method=METHOD, retry_after=30)
    told = judged(terminal, slack)
    count = len(views())
    assert told.exit_code == 1
    assert asked(slack) == []
    assert lines_of(told, "Slack asks to wait 30 seconds", f"{count} views are not judged")
    assert lines_of(told, f"go on with: python -m bot check --views --from {first}")

    told = judged(terminal, slack, "--from", third)
    assert lines_of(told, f"has judged {count - 2} of {count - 2} views")


@pytest.mark.parametrize("kind", ["500", "drop", "html"])
def test_a_slack_that_gives_no_verdict_is_no_judge(terminal: Terminal, slack: Sandbox, kind: str):
    slack.faults.add(kind, method=METHOD)
    told = judged(terminal, slack)
    assert told.exit_code == 1
    assert lines_of(told, "Slack gave no verdict", "are not judged")


def test_a_place_to_go_on_from_that_is_none_is_wrong_usage(terminal: Terminal, slack: Sandbox):
    told = judged(terminal, slack, "--from", "zzz")
    assert (told.exit_code, slack.calls) == (2, [])
    assert "there is no view zzz" in told.stderr


def test_no_token_goes_along(slack: Sandbox):
    client = SlackValidator(slack.api_url)._client
    assert not client.token
