"""An hour without Slack, in virtual time: nothing is lost, and coming back is no storm."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.effects import Kind, Lane
from bot.domain.ids import RAPID_RESPONSE, CaseId
from bot.domain.outbox import MessageState, NotExecuted, SlackAnswer, Unknown
from bot.domain.ports import Letter
from tests.company import ANN, channel_of
from tests.desk import TestDesk
from tests.room import Office, Room

POSTS = 40
DRAINED = "3m"  # 8 messages a round; what was unknown is looked for three times first


class Outage(Room):
    """A Slack that takes nothing; of what was on its way when it fell nobody knows."""

    is_down = False
    fell = 0

    def post(self, letter: Letter) -> SlackAnswer:
        return self._fail() or super().post(letter)

    def update(self, letter: Letter) -> SlackAnswer:
        return self._fail() or super().update(letter)

    def find(self, letter: Letter) -> SlackAnswer | None:
        return self._fail() or super().find(letter)

    def _fail(self) -> SlackAnswer | None:
        if not self.is_down:
            return None
        self.fell += 1
        return Unknown("timeout") if self.fell % 4 == 0 else NotExecuted("connect")


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path / "desk.db")


@pytest.fixture
def slack() -> Outage:
    return Outage()


@pytest.fixture
def office(desk: TestDesk, slack: Outage) -> Iterator[Office]:
    office = Office(desk, slack)
    yield office
    office.close()


def an_hour_of_work(desk: TestDesk, office: Office) -> list[CaseId]:
    """Posts, claims, follow-ups and breaches, with the loops running all the time."""
    cases = []
    for number in range(POSTS):
        case = desk.post(f"question {number}", by=f"@c{number}", conversation=f"c{number}")
        cases.append(case)
        if number % 2:
            desk.casework.claim(case, by=ANN)
        if number % 3 == 0:
            desk.post("and now?", by=f"@c{number}", conversation=f"c{number}")
        desk.pass_and_watch("90s")
        office.delivery.deliver_due()
        office.delivery.look_for_unknown()
    return cases


def test_an_hour_without_slack_loses_nothing(desk: TestDesk, office: Office, slack: Outage) -> None:
    desk.target(first_response="30m", department="service", priority="*")
    before = desk.post("from before", by="@early")
    office.settle()
    slack.is_down = True
    began = desk.now
    cases = an_hour_of_work(desk, office)
    assert desk.now - began >= timedelta(hours=1)
    assert slack.stands() == [f"card:{before}:service"]
    slack.is_down, slack.said = False, []
    office.pass_time(DRAINED)

    for case in cases:
        assert slack.stands().count(f"card:{case}:service") == 1
    assert max(Counter(slack.stands()).values()) == 1
    with desk.reading() as tx:
        assert not tx.outbox.in_state(MessageState.QUEUED)
        pings = [one for case in cases for one in tx.outbox.of_case(case, Kind.PING)]
        lists = {ping.case: ping.within for ping in pings if ping.place == RAPID_RESPONSE}
    assert len(lists) > 5
    assert len(set(lists.values())) == 1
    # While it is caught up more becomes late: a list is posted anew then, the one before shrinks.
    *earlier, live = slack.stands(channel_of(RAPID_RESPONSE))
    assert live == lists[cases[0]]
    assert not set(earlier) & set(lists.values())


def test_coming_back_is_one_post_and_at_most_one_update_for_each_case(
    desk: TestDesk, office: Office, slack: Outage
) -> None:
    slack.is_down = True
    cases = an_hour_of_work(desk, office)
    slack.is_down, slack.said = False, []
    office.pass_time(DRAINED)
    said = Counter(slack.said)
    for case in cases:
        key = f"card:{case}:service"
        assert said["post", key] == 1
        assert said["update", key] <= 1


def test_pings_speak_first_when_slack_is_back(
    desk: TestDesk, office: Office, slack: Outage
) -> None:
    desk.target(first_response="30m", department="service", priority="*")
    slack.is_down = True
    an_hour_of_work(desk, office)
    desk.pass_and_watch("5m")  # what was to be tried again later is due by now
    slack.is_down, slack.said = False, []
    office.settle()
    lanes = [office.message(key).lane for how, key in slack.said if how == "post"]
    assert lanes[0] is Lane.PING
    assert lanes.index(Lane.CARD) > max(i for i, lane in enumerate(lanes) if lane is Lane.PING)
