"""Faults and rate limits: what goes wrong, and whether the call was done before it did."""

import http.client
import time

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox import Sandbox
from slack_sandbox.rate_limits import RateLimits
from slack_sandbox.web_api.families import ANSWERED


@pytest.fixture
def client(client):
    """The SDK repeats a post after a lost connection by itself; not here."""
    client.retry_handlers.clear()
    return client


def said(slack):
    return [one.text for one in slack.messages("care")]


def test_a_429_tells_how_long_to_wait_and_does_nothing(slack, client, care):
    slack.faults.add(method="chat.postMessage", kind="429", retry_after=17)

    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=care.id, text="x")

    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["Retry-After"] == "17"
    assert said(slack) == []
    client.chat_postMessage(channel=care.id, text="again")
    assert said(slack) == ["again"]


@pytest.mark.parametrize(("kind", "was_done"), [("500", []), ("500-after", ["x"]), ("html", [])])
def test_an_answer_that_is_no_json_says_nothing_of_what_was_done(
    slack, client, care, kind, was_done
):
    slack.faults.add(method="chat.postMessage", kind=kind)

    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=care.id, text="x")

    assert said(slack) == was_done


@pytest.mark.parametrize(("kind", "was_done"), [("drop", []), ("drop-after", ["x"])])
def test_a_connection_may_end_before_or_after_the_deed(slack, client, care, kind, was_done):
    slack.faults.add(method="chat.postMessage", kind=kind)

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=care.id, text="x")

    assert said(slack) == was_done


def test_a_slow_answer_comes_late_and_a_refusal_has_any_code(slack, client, care):
    slack.faults.add(method="chat.postMessage", kind="slow", seconds=0.05)
    begun = time.perf_counter()
    client.chat_postMessage(channel=care.id, text="x")
    assert time.perf_counter() - begun >= 0.05

    slack.faults.add(method="chat.postMessage", kind="ok-false", error="fatal_error")
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=care.id, text="y")


def test_a_fault_hits_its_channel_so_many_times_until_cleared(slack, client, care):
    other = slack.channel("other")
    slack.faults.add("500", method="chat.postMessage", channel=care.id, times=5)

    client.chat_postMessage(channel=other.id, text="x")
    for _ in range(2):
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel=care.id, text="x")
    slack.faults.clear()
    client.chat_postMessage(channel=care.id, text="x")

    assert said(slack) == ["x"]


def test_an_unknown_fault_is_named_with_those_there_are(slack):
    with pytest.raises(ValueError, match="unknown fault 'flood'; there are: 429, 500"):
        slack.faults.add("flood")


def test_every_call_is_remembered_as_it_was_answered(slack, client, care):
    client.chat_postMessage(channel=care.id, text="x")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C404", text="x")

    last = slack.calls[-2:]
    assert [(one.method, one.status, one.error) for one in last] == [
        ("chat.postMessage", 200, None),
        ("chat.postMessage", 200, "channel_not_found"),
    ]
    assert last[0].args["text"] == "x"


def test_a_channel_takes_four_messages_and_then_one_a_second(slack, client, care):
    now = [1_763_750_000.0]
    slack.clock = lambda: now[0]
    slack.rate_limits = True

    for _ in range(4):
        client.chat_postMessage(channel=care.id, text="x")
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=care.id, text="x")
    assert refusal.value.response.headers["Retry-After"] == "1"
    client.chat_postMessage(channel=slack.channel("other").id, text="x")
    now[0] += 1
    client.chat_postMessage(channel=care.id, text="x")
    slack.rate_limits = False
    client.chat_postMessage(channel=care.id, text="x")


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [("chat.update", 50), ("views.open", 100), ("conversations.list", 20), ("auth.test", 600)],
)
def test_each_method_has_its_tier(method, per_minute):
    now = [0.0]
    limits = RateLimits(lambda: now[0], is_on=True)
    call = ANSWERED[method]

    passed = sum(limits.seconds_to_wait(call, {}) == 0 for _ in range(per_minute + 10))
    now[0] += 60
    passed += sum(limits.seconds_to_wait(call, {}) == 0 for _ in range(per_minute + 10))

    assert passed == 2 * per_minute


def test_a_workspace_takes_two_hundred_and_forty_messages_a_minute():
    limits = RateLimits(lambda: 0.0, is_on=True)
    post = ANSWERED["chat.postMessage"]

    waits = [limits.seconds_to_wait(post, {"channel": f"C{number}"}) for number in range(241)]

    assert waits == [0] * 240 + [1]


def test_limits_may_be_on_from_the_start():
    with Sandbox.start(rate_limits=True) as slack:
        assert slack.rate_limits
