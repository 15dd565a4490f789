"""Response URLs: five answers to one interaction, within half an hour."""

import pytest
from slack_sdk.webhook import WebhookClient

from slack_sandbox import Sandbox
from tests.slack_sandbox.kit import section


@pytest.fixture
def now():
    return [1_763_750_000.0]


@pytest.fixture
def slack(now):
    with Sandbox.start(clock=lambda: now[0]) as slack:
        yield slack


@pytest.fixture
def hook(slack, client, care, ann):
    """A response URL to a message of the bot."""
    ts = client.chat_postMessage(channel=care.id, text="card")["ts"]
    url = slack.workspace.response_urls.issue("actions", ann.id, care.id, ts)
    return WebhookClient(f"{slack.url}/hooks/{url.path}")


def test_an_answer_is_for_the_person_unless_it_says_otherwise(slack, hook, ann):
    hook.send(text="only you")
    hook.send(text="for all", response_type="in_channel")

    assert [one.text for one in slack.ephemerals(ann)] == ["only you"]
    assert [one.text for one in slack.messages("care")] == ["card", "for all"]


def test_the_original_is_replaced_or_taken_away(slack, hook):
    hook.send(text="changed", replace_original=True)
    assert [one.text for one in slack.messages("care")] == ["changed"]

    hook.send(delete_original=True)
    assert slack.messages("care") == []
    assert hook.send(delete_original=True).body == "message_not_found"


def test_five_answers_are_all(hook):
    answers = [hook.send(text=f"{number}") for number in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert answers[-1].body == "used_url"


def test_after_half_an_hour_it_is_over(hook, now):
    now[0] += 30 * 60 + 1

    answer = hook.send(text="late")

    assert (answer.status_code, answer.body) == (404, "expired_url")


def test_what_breaks_the_rules_is_refused(slack, hook):
    assert hook.send().body == "no_text"
    assert hook.send(text="x", blocks=[section("")]).body == "invalid_blocks"
    hook.send(blocks=[section("no fallback")])

    assert [one.kind for one in slack.violations] == ["blocks_without_text"]
