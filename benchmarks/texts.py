"""What the worst texts cost to read and to draw, beside a plain one of the same size."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.goals import at_most
from benchmarks.measure import Round, in_turns, timed
from benchmarks.table import Table, milliseconds, times
from benchmarks.worst_texts import WORST, plain
from bot.domain.lexemes import lexemes
from bot.domain.safety import safety_words
from bot.domain.thanks import is_only_thanks
from bot.triage.language import LangidFinder
from bot.views.blocks import quote
from bot.views.inert import one_line

MOST = 5.0  # times what a plain one costs
_NUMBERS = count()


@dataclass(frozen=True)
class Load:
    size: int  # bytes
    rounds: int
    texts: int  # of each kind in one round


FULL = Load(64 * 1024, 5, 5)
QUICK = Load(2000, 2, 1)
PLAIN = "floor: plain words"


def run(*, quick: bool) -> Iterator[Table]:
    load = QUICK if quick else FULL
    languages = LangidFinder()
    languages.language(plain(1000))  # its model is read from the disk at the first word

    def read(text: str) -> None:
        """As before a post is written."""
        languages.language(text)
        lexemes(text)
        safety_words(text)
        is_only_thanks(text)

    yield _table("Texts, read", load, read)
    yield _table("Texts, drawn", load, _draw)


def _draw(text: str) -> None:
    """As on a card and in a list."""
    quote(text, 600)
    one_line(text, 80)


def _table(title: str, load: Load, act: Callable[[str], None]) -> Table:
    made = {PLAIN: plain, **WORST}
    found = in_turns(load.rounds, {name: _side(act, one, load) for name, one in made.items()})
    floor = found[PLAIN]
    rows = [
        [name, milliseconds(side.p50), milliseconds(side.p99), times(side.over(floor))]
        for name, side in found.items()
    ]
    worst = max(side.over(floor) for name, side in found.items() if name != PLAIN)
    remark = f"Each of {load.size:,} bytes, as in a post; ratios are of medians."
    goal = at_most("the worst, times a plain one of the same size,", worst, MOST, "")
    return Table(title, ["text", "p50", "p99", "of plain"], rows, [remark], [goal])


def _side(
    act: Callable[[str], None], made: Callable[[int], str], load: Load
) -> Callable[[], Round]:
    text = made(load.size)
    # No two are alike: of one that was read before it is known what came of it.
    return lambda: timed(act, [f"{next(_NUMBERS)} {text}" for _ in range(load.texts)])
