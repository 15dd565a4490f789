"""In which order a customer has said what came in."""

from datetime import UTC, datetime, timedelta
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation import in_order
from bot.domain.post import Author, Post

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def word(id: str, at: int | None = None, answers: str | None = None, source: str = "x") -> Post:
    dated = NOON + timedelta(minutes=at) if at is not None else None
    return Post(source, id, id, Author("@jane"), created_at=dated, in_reply_to=answers)


def ordered(*words: Post) -> list[str]:
    return [post.id for post in in_order(words, lambda post: post)]


def test_undated_words_stand_as_they_came_in() -> None:
    assert ordered(word("b"), word("a")) == ["b", "a"]


def test_dated_words_stand_by_their_dates_and_the_undated_where_they_came_in() -> None:
    assert ordered(word("one", 1), word("none"), word("three", 3), word("two", 2)) == [
        "one", "none", "two", "three",
    ]  # fmt: skip


def test_what_is_answered_stands_before_its_answer_whatever_the_dates_say() -> None:
    assert ordered(word("reply", 1, answers="root"), word("root", 5)) == ["root", "reply"]
    assert ordered(word("root", 5), word("reply", 1, answers="root")) == ["root", "reply"]


def test_the_same_number_on_another_network_is_another_post() -> None:
    assert ordered(word("2", answers="1"), word("1", source="mastodon")) == ["2", "1"]


@given(st.permutations(range(6)))
def test_a_chain_is_told_from_its_beginning_however_it_comes_in(arrival: list[int]) -> None:
    chain = [word(f"c{n}", answers=f"c{n - 1}" if n else None) for n in range(6)]
    told = ordered(*(chain[n] for n in arrival))
    assert sorted(told) == [post.id for post in chain]
    for post in chain[1:]:
        assert told.index(str(post.in_reply_to)) < told.index(post.id)


def slowly(words: list[Post]) -> list[Post]:
    """The same rule, looked up anew for every word: what the fast way must agree with."""
    waiting, told = list(words), []
    while waiting:
        names = {(one.source, one.id) for one in waiting}
        first = min((one.created_at for one in waiting if one.created_at), default=None)
        free = [
            one
            for one in waiting
            if one.in_reply_to == one.id or (one.source, one.in_reply_to) not in names
        ]
        undisputed = [one for one in free if one.created_at in (None, first)]
        told.append((undisputed or free or waiting)[0])
        waiting.remove(told[-1])
    return told


CONVERSATIONS = st.integers(0, 9).flatmap(
    lambda count: st.tuples(
        *(
            st.builds(
                word,
                st.just(str(n)),
                st.none() | st.integers(0, 3),
                st.none() | st.sampled_from([str(other) for other in range(count)]),
            )
            for n in range(count)
        )
    )
)


@given(CONVERSATIONS)
def test_rings_and_wrong_dates_are_told_in_the_same_order_every_time(words: tuple[Post]) -> None:
    assert in_order(words, lambda post: post) == slowly(list(words))


def test_three_thousand_words_are_put_in_order_while_a_card_is_drawn() -> None:
    words = [word(str(n), n % 7, str(n - 3)) for n in range(3000)]
    began = process_time()
    assert len(ordered(*words)) == 3000
    assert process_time() - began < 1  # a second look at all for each of them took a minute
