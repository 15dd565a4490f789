"""Every story begins with a desk of its own, and is told on both engines."""

from collections.abc import Iterator

import pytest

from tests.company import CEM, SUE, TOM, email_of
from tests.desk import TestDesk


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
