"""Every story begins with a desk of its own."""

from collections.abc import Iterator

import pytest

from tests.desk import TestDesk


@pytest.fixture
def desk(database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(database_url)
    yield desk
    desk.close()
