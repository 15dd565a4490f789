"""Every story begins with a desk of its own.

What happens between transactions is told on both engines; the rest on the quicker one, since the
store's own tests and the journeys are told on both.
"""

from collections.abc import Iterator

import pytest

from tests.desk import TestDesk

BETWEEN_TRANSACTIONS = frozenset({
    "test_bad_days", "test_casework", "test_click_updates", "test_delivery", "test_digests",
    "test_epochs", "test_intake", "test_once", "test_sending", "test_terms", "test_two_processes",
    "test_unsure",
})  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "database_url" in metafunc.fixturenames and module not in BETWEEN_TRANSACTIONS:
        metafunc.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(database_url)
    yield desk
    desk.close()
