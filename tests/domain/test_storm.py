"""A storm ends after a whole minute of calm, and not before."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.storm import CALM_UNDER, ENDS_AFTER, MOST_LINES, Storm, Waiting
from tests.company import MONDAY

SECOND = timedelta(seconds=1)
delays = st.lists(st.integers(0, 6), min_size=1, max_size=150)


@given(delays=delays)
def test_it_ends_when_every_second_of_the_last_minute_was_calm(delays: list[int]):
    storm = Storm("department:service", MONDAY)
    for second, delay in enumerate(delays):
        storm = storm.felt(delay * SECOND, MONDAY + second * SECOND)
    last_minute = delays[-(ENDS_AFTER // SECOND) - 1 :]
    was_calm = all(delay * SECOND < CALM_UNDER for delay in last_minute)
    assert storm.is_over(MONDAY + (len(delays) - 1) * SECOND) == (
        was_calm and len(last_minute) > ENDS_AFTER // SECOND
    )


def test_what_it_listed_is_counted():
    storm = Storm("department:service", MONDAY).listed(48).listed(3)
    assert (storm.cards, storm.digests) == (51, 2)


@given(cards=st.integers(0, 500), others=st.integers(0, 20))
def test_in_a_storm_many_cards_are_one_call(cards: int, others: int):
    waiting = Waiting("department:service", cards + others, cards)
    assert waiting.calls(is_stormy=False) == cards + others
    assert others + cards / MOST_LINES <= waiting.calls(is_stormy=True) < others + cards / 48 + 1
