"""What the deluge counts as seen: a card, a line of a digest, the revision that shows a change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.desks import ANN, a_post, open_desk
from benchmarks.sight import Sight
from benchmarks.virtual import VirtualTime
from bot.domain import effects
from bot.domain.effects import card_key
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.outbox import Delivered, Message
from bot.wiring import Services

SERVICE = DepartmentKey("service")


@pytest.fixture
def clock() -> VirtualTime:
    return VirtualTime(datetime(2026, 3, 2, 8, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path, clock: VirtualTime) -> Services:
    return open_desk(tmp_path, clock.now)


@pytest.fixture
def sight(desk: Services, clock: VirtualTime) -> Sight:
    return Sight(desk.kernel, clock)


def opened(desk: Services, sight: Sight, number: int) -> CaseId:
    case = desk.intake.receive(a_post(number)).case
    assert case is not None
    sight.opened(case)
    return case


def message(desk: Services, key: str) -> Message:
    with desk.kernel.look() as work:
        found = work.tx.outbox.get(key)
    assert found is not None
    return found


def stands(desk: Services, key: str) -> None:
    found = message(desk, key)
    with desk.kernel.work() as work:
        work.tx.outbox.shown(found, Delivered("1.1"))


def test_a_line_of_a_digest_is_a_case_that_is_seen(
    desk: Services, sight: Sight, clock: VirtualTime
) -> None:
    keys = [card_key(opened(desk, sight, number), SERVICE) for number in (1, 2)]
    cards = [message(desk, key) for key in keys]
    with desk.kernel.work() as work:
        work.tell(effects.digest("d", "department:service", keys))
        work.tx.queue.bundle(cards, "digest:d")
    assert sight.unseen == 2

    clock.seconds = 7.0
    sight.said(message(desk, "digest:d"))

    assert sight.cards == {"normal": [7.0, 7.0]}
    assert sight.unseen == 0


def test_a_change_is_seen_with_the_revision_that_shows_it(
    desk: Services, sight: Sight, clock: VirtualTime
) -> None:
    case = opened(desk, sight, 1)
    key = card_key(case, SERVICE)
    before = message(desk, key)
    sight.said(before)
    stands(desk, key)
    desk.casework.claim(case, by=ANN)
    sight.changed(case)

    clock.seconds = 2.0
    sight.said(before)
    assert sight.unseen == 1
    clock.seconds = 3.0
    sight.said(message(desk, key))

    assert sight.updates == {"normal": [3.0]}
    assert sight.unseen == 0
