"""Every story begins with a desk of its own."""

from pathlib import Path

import pytest

from tests.desk import TestDesk


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path / "desk.db")
