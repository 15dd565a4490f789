"""Marks piled on a letter: few stay as they are, and no pile costs the square of its height."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import folded
from bot.domain.marks import MOST, without_piles
from bot.views.inert import clean

MARKS = st.sampled_from("\u0301\u0316\u0327\u05b4\u0651\u093c\u0f71\u0f73\uff9e\uff9f\U0001d165")
LETTERS = st.text(MARKS | st.characters(exclude_categories=["Cs"]))


def longest_pile(text: str) -> int:
    """How many signs in a row normalising would have to sort."""
    longest = now = 0
    for sign in unicodedata.normalize("NFKD", text):
        now = now + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, now)
    return longest


@pytest.mark.parametrize(
    "text", ["", "my bag", "Crème brûlée", "e\u0301\u0316", "न\u093c", "שָׁלוֹם", "Zalgo\u0301" * 9]
)
def test_what_people_write_stays(text: str) -> None:
    assert without_piles(text) == text


@given(LETTERS, st.lists(MARKS, max_size=200).map("".join))
def test_no_pile_is_higher_than_any_writing_has(text: str, pile: str) -> None:
    cut = without_piles(f"{text}a{pile}b")
    assert longest_pile(cut) <= 4 * MOST  # one sign is taken apart into four at most
    assert cut.endswith("b")
    assert without_piles(cut) == cut


@pytest.mark.parametrize("pile", ["\u0301\u0316", "\u0316\uff9e", "\u0f73\u0301", "\u0327\u0344"])
def test_a_long_pile_is_folded_and_drawn_like_a_short_one(pile: str) -> None:
    short, long = (f"my b{pile * times}ag" for times in (MOST, 15_000))
    assert folded(long) == folded(short)
    assert clean(long) == clean(short)


def test_a_sign_that_stands_for_a_sentence_is_no_flood_of_letters() -> None:
    assert len(folded("\ufdfa" * 20_000)) < 20_000
