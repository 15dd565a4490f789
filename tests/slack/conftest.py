"""A Slack to speak to, strict: whatever it would only frown at fails the test."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.slack.speaker import SlackSpeaker
from slack_sandbox import Channel, Sandbox
from tests.slack.letters import drawn


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox.start() as slack:
        yield slack
        assert slack.violations == []


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return make_client(slack.bot_token, slack.api_url)


@pytest.fixture
def care(slack: Sandbox) -> Channel:
    return slack.channel("care-service")


@pytest.fixture
def speaker(client: WebClient) -> SlackSpeaker:
    return SlackSpeaker(client, drawn)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def directory(client: WebClient, pauses: list[float]) -> SlackDirectory:
    return SlackDirectory(client, pauses.append)
