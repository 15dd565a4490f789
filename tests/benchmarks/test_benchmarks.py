"""Every benchmark runs, with tiny numbers; what it measures is no affair of a test."""

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.measure import Round, Side, in_turns, share


@pytest.mark.parametrize("name", BENCHMARKS)
def test_it_prints_a_table_with_a_floor(name: str, capsys: pytest.CaptureFixture[str]):
    main([name, "--quick"])

    said = capsys.readouterr().out
    assert "cores, load" in said
    assert "## " in said
    assert "floor" in said.lower()


def test_a_name_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "no such benchmark: speed" in capsys.readouterr().err


def test_ratios_are_medians_of_the_pairs():
    ours = Side([Round([0.2, 0.2, 9.0], 1.0), Round([0.4], 1.0), Round([0.6], 1.0)])
    floor = Side([Round([0.1], 1.0)] * 3)

    assert ours.over(floor) == pytest.approx(4.0)


def test_the_sides_take_turns_in_going_first():
    order: list[str] = []

    def side(name: str) -> Round:
        order.append(name)
        return Round([1.0], 1.0)

    in_turns(2, {"ours": lambda: side("ours"), "floor": lambda: side("floor")})

    assert order == ["ours", "floor", "floor", "ours"]


def test_the_p99_of_a_hundred_is_the_last_but_none():
    assert share(range(1, 101), 0.99) == 100
    assert share(range(1, 101), 0.50) == 51
