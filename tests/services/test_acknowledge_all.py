"""*Acknowledge all*: one press for every case of a list that still waits, and one redrawing."""

from collections.abc import Iterator

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import AllAcknowledged, NotResponder, Tampered
from bot.domain.facts import BundleFacts
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, BEN, CEM, SUE, channel_of, email_of
from tests.desk import TestDesk
from tests.room import Office, office_of

RAPID = channel_of("rapid-response")


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


@pytest.fixture
def late(desk: TestDesk, office: Office) -> list[CaseId]:
    """Cases whose first answer is late: who is on call is pinged about all of them together."""
    desk.rota({"person": email_of(CEM)}, {"person": SUE, "level": 2})
    desk.joined("rapid-response", SUE)
    cases = [desk.post(by=f"@c{number}") for number in range(7)]
    desk.pass_and_watch("61m")
    office.settle()
    return cases


def bundles(office: Office) -> list[Message]:
    with office.desk.reading() as tx:
        messages = [tx.outbox.get(key) for key in office.room.stands(RAPID)]
    return [one for one in messages if one and one.kind is Kind.BUNDLE]


def acknowledged_by(office: Office, key: str) -> list[MemberId | None]:
    """Line by line, as it stands in Slack."""
    office.settle()
    (shown,) = [one.content for one in office.room.standing if one.key == key]
    assert isinstance(shown, BundleFacts)
    return [ping.acknowledged_by for ping in shown.pings]


def pinged(desk: TestDesk, case: CaseId) -> int:
    return desk.whats(case).count(What.PINGED)


def test_one_press_stops_the_climbing_of_all_of_them(desk: TestDesk, office: Office, late):
    (bundle,) = bundles(office)
    desk.watch.acknowledge_all(bundle.key, by=CEM)
    assert acknowledged_by(office, bundle.key) == [CEM] * len(late)
    desk.pass_and_watch("25m", every="5m")
    assert {pinged(desk, case) for case in late} == {1}
    assert all(desk.whats(case).count(What.ACKNOWLEDGED) == 1 for case in late)


def test_the_promises_stand(desk: TestDesk, office: Office, late):
    (bundle,) = bundles(office)
    before = [desk.clocks(case) for case in late]
    desk.watch.acknowledge_all(bundle.key, by=CEM)
    assert [desk.clocks(case) for case in late] == before


def test_one_message_is_drawn_anew_and_no_card(desk: TestDesk, office: Office, late):
    (bundle,) = bundles(office)
    said = len(office.room.said)
    desk.watch.acknowledge_all(bundle.key, by=CEM)
    office.settle()
    assert office.room.said[said:] == [("update", bundle.key)]


def test_who_was_first_stays_named_and_what_is_over_stays_as_it_is(
    desk: TestDesk, office: Office, late
):
    (bundle,) = bundles(office)
    first, closed, *rest = late
    desk.watch.acknowledge(first, desk.clocks(first)[Promise.FIRST_RESPONSE].name, by=SUE)
    desk.closings.no_reply(closed, by=ANN)
    desk.watch.acknowledge_all(bundle.key, by=CEM)
    assert acknowledged_by(office, bundle.key) == [SUE, *[CEM] * len(rest), None]
    assert What.ACKNOWLEDGED not in desk.whats(closed)


def test_a_second_press_changes_nothing_and_says_so(desk: TestDesk, office: Office, late):
    (bundle,) = bundles(office)
    desk.watch.acknowledge_all(bundle.key, by=CEM)
    shown = acknowledged_by(office, bundle.key)
    stories = [desk.whats(case) for case in late]
    for somebody in (CEM, SUE):
        with pytest.raises(AllAcknowledged):
            desk.watch.acknowledge_all(bundle.key, by=somebody)
    assert acknowledged_by(office, bundle.key) == shown
    assert [desk.whats(case) for case in late] == stories


def test_it_takes_the_right_that_a_single_one_takes(desk: TestDesk, office: Office, late):
    (bundle,) = bundles(office)
    with pytest.raises(NotResponder):
        desk.watch.acknowledge_all(bundle.key, by=BEN)
    assert acknowledged_by(office, bundle.key) == [None] * len(late)


def test_only_a_bundle_can_be_acknowledged_whole(desk: TestDesk, office: Office, late):
    (card, *_) = desk.messages(late[0], Kind.CARD)
    for key in (card.key, "bundle:nonsense"):
        with pytest.raises(Tampered):
            desk.watch.acknowledge_all(key, by=CEM)
