"""Slack tells of a mention until it is acknowledged: wherever the desk ends, it counts once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.timeline import What
from bot.store.sqlite import SqliteDatabase
from tests.company import ANN, BEN
from tests.desk import TestDesk
from tests.handlers.house import House, Mailbox

# What is said under a card, and what the timeline has of it: once, however often it is told.
WORDS = {
    "claim": What.CLAIMED,
    "assign <@UBEN>": What.ASSIGNED,
    "ask <@UBEN> is it there?": What.ASKED,
    "handoff #care-technical please look": What.HANDED_OFF,
    "escalate it burns": What.ESCALATED,
    "resolve found it": What.CLOSED,
    "snooze 2h": What.SNOOZED,
    "priority urgent": What.PRIORITY,
}


class Ended(BaseException):
    """The process is gone."""


class Mortal(SqliteDatabase):
    """Ends the process before what it is told would be kept, or right after."""

    ends_before = ends_after = -1  # so many transactions from now

    @contextmanager
    def writing(self) -> Iterator[None]:
        with super().writing():
            yield
            self.ends_before -= 1
            if self.ends_before == -1:
                raise Ended
        self.ends_after -= 1
        if self.ends_after == -1:
            raise Ended

    def live_on(self) -> None:
        self.ends_before = self.ends_after = -1


class MortalDesk(TestDesk):
    db: Mortal

    def open(self, url: str, **_: object) -> Mortal:
        return Mortal(Path(url.removeprefix("sqlite:///")), synchronous="OFF")


@pytest.fixture
def story(tmp_path: Path) -> MortalDesk:
    return MortalDesk(tmp_path / "desk.db")


@pytest.fixture
def house(story: MortalDesk, box: Mailbox) -> House:
    return House(story, box)


def end_during(house: House, story: MortalDesk, words: str, thread: str) -> bool:
    """Whether the desk came to its end while it was told these words."""
    try:
        house.mention(words, thread=thread, ts="3.3")
    except Ended:
        return True
    finally:
        story.db.live_on()
    return False


@pytest.mark.parametrize("ending", ["ends_before", "ends_after"])
@pytest.mark.parametrize("words", WORDS)
def test_words_are_acted_on_once_wherever_the_desk_ends(
    house: House, story: MortalDesk, words: str, ending: str
):
    endings = 0
    while True:
        case = story.post()
        thread = house.card_of(case, ts=f"5.{case}")
        setattr(story.db, ending, endings)
        has_ended = end_during(house, story, words, thread)
        house.again().mention(words, thread=thread, ts="3.3")
        assert story.whats(case).count(WORDS[words]) == 1
        with story.store.transaction() as tx:
            tx.seen.forget_before(story.now.replace(year=9999), limit=1000)
        if not has_ended:
            break
        endings += 1
    assert endings > 0


@pytest.mark.parametrize("ending", ["ends_before", "ends_after"])
def test_a_case_is_made_once_wherever_the_desk_ends(house: House, story: MortalDesk, ending: str):
    setattr(story.db, ending, 0)
    assert end_during(house, story, "new Where is my bag?", "")
    house.again().mention("new Where is my bag?", ts="3.3")
    with story.reading() as tx:
        assert len(tx.cases.most_urgent(limit=10)) == 1


def test_what_the_store_could_not_keep_is_neither_answered_nor_lost(
    house: House, story: MortalDesk
):
    """Slack hears of no acknowledgement, so it tells again."""
    case = story.post()
    thread = house.card_of(case)
    with story.other_writer():
        house.mention("claim", thread=thread, ts="3.3")
    assert house.whispers == []
    house.mention("claim", thread=thread, ts="3.3")
    assert story.case(case).assignee == ANN


def test_a_refusal_is_said_once(house: House, story: MortalDesk):
    case = story.post()
    house.press("claim", case, by=BEN)
    for _ in range(2):
        house.mention("claim", thread=house.card_of(case), ts="3.3")
    assert len(house.whispers) == 1
