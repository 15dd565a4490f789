"""Home tabs: drawn when opened, once for a burst of changes, and not without end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.domain.errors import StoreUnavailable
from bot.domain.ids import MemberId
from bot.slack.home_tabs import AT_ONCE, HomeTabs
from bot.views.blocks import section
from bot.views.drawn import Drawn

ANN, BEN = MemberId("UANN"), MemberId("UBEN")


class Wall(WebClient):
    """Keeps what was published; what is `broken` fails once."""

    def __init__(self) -> None:
        super().__init__("xoxb-test")
        self.published: list[tuple[str, str]] = []
        self.broken = False

    def views_publish(self, *, user_id: str, view: Any, **_: Any) -> Any:
        if self.broken:
            self.broken = False
            raise OSError
        self.published.append((user_id, view["blocks"][0]["text"]["text"]))


class Story:
    def __init__(self) -> None:
        self.wall = Wall()
        self.words = "one"
        self.faulty: MemberId | None = None
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.tabs = HomeTabs(self.wall, self.draw, lambda: self.now)

    def draw(self, member: MemberId) -> Drawn:
        if member == self.faulty:
            raise StoreUnavailable("disk full")
        return Drawn("Home", [section(f"{member} {self.words}")])

    def becomes(self, words: str) -> None:
        self.words = words
        self.tabs.changed()


@pytest.fixture
def story() -> Story:
    return Story()


def test_it_is_drawn_when_it_is_opened(story: Story):
    story.tabs.publish(ANN)
    assert story.wall.published == [(ANN, "UANN one")]


def test_a_burst_of_changes_is_drawn_once_for_those_who_look(story: Story):
    story.tabs.publish(ANN)
    story.becomes("two")
    story.becomes("three")
    story.tabs.refresh()
    story.tabs.refresh()
    assert story.wall.published[1:] == [(ANN, "UANN three")]


def test_what_looks_the_same_is_not_sent_again(story: Story):
    story.tabs.publish(ANN)
    story.becomes("one")
    story.tabs.refresh()
    assert len(story.wall.published) == 1


def test_who_looked_long_ago_is_drawn_for_when_they_come_again(story: Story):
    story.tabs.publish(ANN)
    story.now += timedelta(hours=2)
    story.becomes("two")
    story.tabs.refresh()
    assert len(story.wall.published) == 1
    story.tabs.publish(ANN)
    assert story.wall.published[-1] == (ANN, "UANN two")


def test_what_slack_did_not_take_the_next_change_draws(story: Story):
    story.tabs.publish(ANN)
    story.wall.broken = True
    story.becomes("two")
    story.tabs.refresh()
    story.becomes("two")
    story.tabs.refresh()
    assert story.wall.published[-1] == (ANN, "UANN two")


def test_a_crowd_is_drawn_for_in_rounds(story: Story):
    crowd = [MemberId(f"U{n}") for n in range(AT_ONCE + 5)]
    for member in crowd:
        story.tabs.publish(member)
    story.becomes("two")
    story.tabs.refresh()
    assert len(story.wall.published) == len(crowd) + AT_ONCE
    story.tabs.refresh()
    assert len(story.wall.published) == 2 * len(crowd)


def test_one_that_cannot_be_drawn_keeps_nobody_else_waiting_for_ever(story: Story):
    story.tabs.publish(ANN)
    story.tabs.publish(BEN)
    story.faulty = ANN
    story.becomes("two")
    with pytest.raises(StoreUnavailable):
        story.tabs.refresh()
    story.tabs.refresh()
    assert story.wall.published[-1] == (BEN, "UBEN two")
