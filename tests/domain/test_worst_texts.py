"""Work grows with the length of a text and never faster, whatever the text is made of."""

import gc
import sys
import unicodedata
from collections.abc import Callable
from itertools import count
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.worst_texts import WORST
from bot.domain.folding import folded
from bot.domain.lexemes import lexemes
from bot.domain.marks import without_piles
from bot.domain.markup import no_sign, unescaped
from bot.domain.safety import safety_words
from bot.domain.thanks import is_only_thanks
from bot.views import inert

WHOLE = 64 * 1024
SIZES = st.integers(1000, 4000)
SOMETIMES = settings(max_examples=3, deadline=None)


class Nobody:
    def person(self, id: str) -> None: ...
    def channel(self, id: str) -> None: ...


READ = (
    folded, lexemes, safety_words, is_only_thanks, inert.plain,
    lambda text: unescaped(text, Nobody(), no_sign),
)  # fmt: skip
DRAWN = (lambda text: inert.clean(text, 250), lambda text: inert.one_line(text, 80))


def visited(act: Callable[[str], object], text: str) -> int:
    """How many characters are looked at one by one, those that normalising has to sort included."""
    steps = 0

    def step(_frame: FrameType, event: str, _arg: object) -> Callable[..., object]:
        nonlocal steps
        steps += event == "line"
        return step

    before = sys.gettrace()
    gc.disable()  # the collector would run other code in between, and be counted
    sys.settrace(step)
    try:
        act(text)
    finally:
        sys.settrace(before)
        gc.enable()
    return steps + sorting(without_piles(text))


def unread(text: str) -> str:
    """Of a long text that was read before it is known what came of it."""
    return f"{next(_NUMBERS)} {text}"


_NUMBERS = count(1)


def sorting(text: str) -> int:
    """Marks in a row are put in order by comparing each with each."""
    work = height = 0
    for sign in unicodedata.normalize("NFKD", text):
        height = height + 1 if unicodedata.combining(sign) else 0
        work += height
    return work


@SOMETIMES
@given(SIZES)
@pytest.mark.parametrize("made", WORST.values(), ids=WORST)
def test_a_text_twice_as_long_costs_twice_as_much(made: Callable[[int], str], size: int) -> None:
    for read in READ:
        read(unread(made(2 * size)))  # of signs that were seen before the kind is known
        once, twice = (visited(read, unread(made(length))) for length in (size, 2 * size))
        assert twice <= 2.2 * once + 1000


@pytest.mark.parametrize("made", WORST.values(), ids=WORST)
def test_a_few_lines_of_a_post_cost_the_same_however_long_it_is(
    made: Callable[[int], str],
) -> None:
    for draw in DRAWN:
        short, long = (visited(draw, made(size)) for size in (WHOLE // 8, WHOLE))
        assert long - sorting(made(WHOLE)) <= short + 1000
