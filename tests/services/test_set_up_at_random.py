"""The smaller version of `python -m tests.proof.set_up_changes`, with other dice."""

from random import Random

import pytest

from tests.desk import TestDesk
from tests.set_up_changes import Company


@pytest.mark.parametrize("seed", range(3))
def test_no_change_of_the_set_up_stops_or_loses_anything(desk: TestDesk, seed: int) -> None:
    company = Company(desk, Random(f"small:{seed}"))
    company.run(25)
    assert company.faults == []
    assert company.counts.posts > 10
