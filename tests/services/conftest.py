"""Every story begins with a desk of its own.

What happens between transactions is told on both engines; the rest on the quicker one, since the
store's own tests and the journeys are told on both.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import CEM, SUE, TOM, email_of
from tests.desk import TestDesk

BETWEEN_TRANSACTIONS = frozenset({
    "test_acknowledge_all", "test_bad_days", "test_casework", "test_click_updates",
    "test_delivery", "test_digests", "test_epochs", "test_intake", "test_once", "test_sending",
    "test_terms", "test_two_processes", "test_unsure",
})  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [one for one in items if _is_told_already(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if one not in left_out]


def _is_told_already(item: pytest.Item) -> bool:
    is_here = item.path.parent == Path(__file__).parent
    return is_here and "[postgres" in item.name and item.path.stem not in BETWEEN_TRANSACTIONS


@pytest.fixture
def desk(database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(database_url)
    yield desk
    desk.close()


@pytest.fixture
def staffed(desk: TestDesk) -> TestDesk:
    """Cem is called first, Tom second; Sue is of the team, off duty today."""
    desk.rota(
        {"person": email_of(CEM)},
        {"person": TOM, "level": 2},
        {"person": SUE, "days": "sat,sun"},
    )
    return desk
