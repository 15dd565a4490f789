"""The directory of a Slack that is slow, away, or smaller than Slack."""

import pytest

from bot.domain.errors import SlackUnavailable
from bot.domain.ids import MemberId
from bot.slack.directory import SlackDirectory
from slack_sandbox import Sandbox


def test_the_directory_waits_as_long_as_slack_asks(
    slack: Sandbox, directory: SlackDirectory, pauses: list[float]
):
    slack.faults.add(method="conversations.list", kind="429", retry_after=7, times=2)
    directory.channels()
    assert pauses == [7, 7]


def test_the_directory_does_not_wait_for_ever(
    slack: Sandbox, directory: SlackDirectory, pauses: list[float]
):
    slack.faults.add(method="users.list", kind="429", retry_after=31)
    with pytest.raises(SlackUnavailable, match="ratelimited"):
        directory.people()
    assert pauses == []
    slack.faults.add(method="users.list", kind="429", retry_after=1, times=100)
    with pytest.raises(SlackUnavailable, match="ratelimited"):
        directory.people()
    assert len(pauses) < 10


@pytest.mark.parametrize("kind", ["500", "drop", "html"])
def test_a_list_is_whole_or_not_there(slack: Sandbox, directory: SlackDirectory, kind: str):
    slack.faults.add(method="conversations.list", kind=kind)
    with pytest.raises(SlackUnavailable):
        directory.channels()


def test_a_slack_that_cannot_list_people_has_none_to_tell_of(
    slack: Sandbox, directory: SlackDirectory
):
    slack.person("ann")
    slack.faults.add(method="users.list", kind="ok-false", error="unknown_method")
    assert directory.people() == []


def test_a_person_slack_cannot_look_up_is_looked_for_among_all(
    slack: Sandbox, directory: SlackDirectory
):
    ann = slack.person("ann", email="ann@example.com")
    for method in ("users.info", "users.lookupByEmail"):
        slack.faults.add(method=method, kind="ok-false", error="unknown_method")
    by_id = directory.person(MemberId(ann.id))
    assert by_id is not None
    assert directory.person_by_email("ANN@example.com") == by_id
