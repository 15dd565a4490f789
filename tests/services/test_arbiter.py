"""Whose turn it is: within Slack's limits, urgent first, each channel in turn, nothing lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.effects import Lane
from bot.domain.facts import CardFacts, DigestFacts
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Message, MessageState, SlackAnswer
from bot.domain.ports import Letter
from bot.domain.turns import WORTH_A_LANE, Turns, effective_lane
from bot.slack.budget import (
    POST,
    POSTS_PER_MINUTE,
    UPDATE,
    UPDATES_PER_MINUTE,
    Budget,
)
from tests.company import ANN, MONDAY, channel_of
from tests.desk import TestDesk
from tests.room import Office, Room

STEP = timedelta(milliseconds=250)
MINUTE = timedelta(minutes=1)
BURST = 3


@dataclass
class PacedRoom(Room):
    """With the desk's own budget before it, and a list of who spoke when."""

    budget: Budget = field(default_factory=lambda: Budget(1, BURST))
    now: datetime = MONDAY
    spoken: list[tuple[datetime, str, Message, ChannelId]] = field(default_factory=list)

    def wait(self, letter: Letter, now: datetime) -> timedelta | None:
        self.now = now
        return self.budget.may(letter.message.lane, _method(letter), letter.channel, now)

    def takes(self, channel: ChannelId, here: int, everywhere: int) -> timedelta:
        return self.budget.takes(channel, here, everywhere, self.now)

    def _meet(self, method: str, letter: Letter) -> SlackAnswer:
        self.spoken.append((self.now, _method(letter), letter.message, letter.channel))
        return super()._meet(method, letter)


def _method(letter: Letter) -> str:
    return UPDATE if letter.message.ts else POST


@contextmanager
def paced(path: Path) -> Iterator[tuple[TestDesk, Office, PacedRoom]]:
    desk, room = TestDesk(path / "desk.db"), PacedRoom()
    desk.rules(
        {"department": "service", "when": "words:bomb", "priority": "urgent"},
        {"department": "technical", "when": "words:app"},
        {"department": "sales", "when": "words:buy"},
    )
    desk.joined("technical", ANN)
    desk.joined("sales", ANN)
    office = Office(desk, room)
    yield desk, office, room
    office.close()


def run(desk: TestDesk, office: Office, length: timedelta) -> None:
    """The loop as it runs, four times a second."""
    end = desk.now + length
    while desk.now < end:
        office.settle()
        desk.now += STEP
    office.settle()


def rest(desk: TestDesk, office: Office) -> None:
    """Until nothing waits any more."""
    for _ in range(40):
        run(desk, office, timedelta(seconds=15))
        if not _queued(desk):
            return
    raise AssertionError(f"they wait for ever: {_queued(desk)}")


def most_within(moments: list[datetime], window: timedelta) -> int:
    return max(
        (sum(first <= one < first + window for one in moments) for first in moments), default=0
    )


TEXTS = ("where is my bag?", "a bomb", "the app fails", "where can I buy it?")
posts = st.tuples(st.just("post"), st.sampled_from(TEXTS), st.integers(1, 30))
clicks = st.tuples(st.sampled_from(["claim", "escalate", "solve"]), st.integers(0, 200), st.just(1))
pauses = st.tuples(st.just("pause"), st.integers(0, 12), st.just(1))
scripts = st.lists(st.one_of(posts, clicks, pauses), min_size=3, max_size=14)


def play(desk: TestDesk, office: Office, script: list) -> list[CaseId]:
    cases: list[CaseId] = []
    for act, what, times in script:
        if act == "post":
            cases += [desk.post(f"{what} {len(cases)}") for _ in range(times)]
        elif act == "pause":
            run(desk, office, what * STEP * 4)
        elif cases:
            _click(desk, act, cases[what % len(cases)])
    return cases


def _click(desk: TestDesk, act: str, case: CaseId) -> None:
    now = desk.case(case)
    if act == "claim" and now.is_open and now.assignee is None:
        desk.casework.claim(case, by=ANN)
    elif act == "escalate" and now.is_open and not now.escalated:
        desk.casework.escalate(case, "help", by=ANN)
    elif act == "solve" and now.is_open:
        desk.closings.solve(case, "found", by=ANN)


@settings(max_examples=8, deadline=None)
@given(script=scripts)
def test_whatever_happens_slack_is_never_asked_too_much_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, script: list
):
    with paced(tmp_path_factory.mktemp("desk")) as (desk, office, room):
        cases = play(desk, office, script)
        rest(desk, office)
        _within_the_limits(room)
        _pings_did_not_wait(room)
        assert sorted(_said(desk, room)) == sorted(cases)


def _within_the_limits(room: PacedRoom) -> None:
    posted = [(at, channel) for at, method, _, channel in room.spoken if method == POST]
    for channel in {channel for _, channel in posted}:
        moments = [at for at, where in posted if where == channel]
        for seconds in (1, 5, 20):
            assert most_within(moments, timedelta(seconds=seconds)) <= BURST + seconds
    assert most_within([at for at, _ in posted], MINUTE) <= POSTS_PER_MINUTE
    updates = [at for at, method, _, _ in room.spoken if method == UPDATE]
    assert most_within(updates, MINUTE) <= UPDATES_PER_MINUTE


def _pings_did_not_wait(room: PacedRoom) -> None:
    """A few at once have the part that is kept for them, more share a message."""
    for at, method, message, _ in room.spoken:
        if message.lane is Lane.PING and method == POST and message.key.startswith("bundle:"):
            assert at - message.created_at <= timedelta(seconds=5)


def _said(desk: TestDesk, room: PacedRoom) -> set[CaseId]:
    """The cases that people can see: by a card or by a line."""
    seen: set[CaseId] = set()
    for one in room.standing:
        if isinstance(one.content, CardFacts):
            newest = desk.case(one.content.case.id)
            assert one.content.case.version == newest.version
            seen.add(newest.id)
        elif isinstance(one.content, DigestFacts):
            seen |= {line.case.id for line in one.content.lines}
    return seen


def _queued(desk: TestDesk) -> list[str]:
    with desk.reading() as tx:
        waiting = tx.outbox.in_state(MessageState.QUEUED, limit=1000)
    return [message.key for message in waiting if message.due_at <= desk.now]


# Turns


def test_no_channel_starves_another(tmp_path: Path):
    with paced(tmp_path) as (desk, office, room):
        for _ in range(200):
            desk.post("a bomb")
        run(desk, office, timedelta(seconds=5))
        late = desk.post("the app fails")
        run(desk, office, timedelta(seconds=1))
        assert room.of(f"card:{late}:technical")


def test_where_all_of_slack_is_the_limit_channels_take_turns(tmp_path: Path):
    with paced(tmp_path) as (desk, office, room):
        room.budget = Budget(1000, BURST)
        for _ in range(100):
            desk.post("a bomb")
        for _ in range(20):
            desk.post("where can I buy it now?")
        for _ in range(20):
            desk.post("the app fails")
        run(desk, office, timedelta(seconds=15))
        here = {key: len(room.stands(channel_of(key))) for key in ("sales", "technical")}
        assert abs(here["sales"] - here["technical"]) <= 1


def test_a_quarter_of_every_burst_is_there_for_a_ping(tmp_path: Path):
    with paced(tmp_path) as (desk, office, room):
        cases = [desk.post("a bomb") for _ in range(60)]
        run(desk, office, timedelta(seconds=10))
        desk.casework.escalate(cases[0], "now", by=ANN)
        before = desk.now
        run(desk, office, timedelta(seconds=1))
        (ping,) = [said for said in room.spoken if said[2].key.startswith("bundle:")]
        assert ping[0] == before


def test_a_change_of_what_is_urgent_goes_before_the_others(tmp_path: Path):
    with paced(tmp_path) as (desk, office, room):
        cases = [desk.post(f"where is my bag? {number}") for number in range(12)]
        urgent = desk.post("a bomb")
        run(desk, office, timedelta(seconds=20))
        for case in cases:
            desk.casework.claim(case, by=ANN)
        run(desk, office, timedelta(seconds=1))
        desk.casework.claim(urgent, by=ANN)
        run(desk, office, timedelta(seconds=2))
        (card,) = room.of(f"card:{urgent}:service")
        assert isinstance(card.content, CardFacts)
        assert card.content.case.assignee == ANN
        assert len(_queued(desk)) > 5


def head(lane: Lane, place: str = "department:service", **facts: object) -> Message:
    made = Message(
        f"{place}:{lane}", "card", place, None, lane, None, {}, 1, 0,  # type: ignore[arg-type]
        MessageState.QUEUED, MONDAY, 0, MONDAY,
    )  # fmt: skip
    return made if not facts else Message(**{**vars(made), **facts})


def test_lanes_come_first_then_the_place_that_was_silent_longest():
    turns = Turns()
    service, sales = head(Lane.CARD), head(Lane.CARD, "department:sales")
    turns.taken(service, MONDAY)
    assert turns.first([service, sales], MONDAY) is sales
    assert turns.first([service, sales, head(Lane.PING, "rapid")], MONDAY).lane is Lane.PING  # type: ignore[union-attr]
    assert turns.first([], MONDAY) is None


@given(lane=st.sampled_from(list(Lane)), minutes=st.integers(0, 10_000))
def test_whoever_waits_long_is_let_through_but_not_past_what_is_urgent(lane: Lane, minutes: int):
    at = MONDAY + minutes * WORTH_A_LANE
    effective = effective_lane(head(lane), at)
    assert effective <= lane
    assert (effective <= Lane.URGENT) == (lane <= Lane.URGENT)
    assert effective == lane or minutes > 0
