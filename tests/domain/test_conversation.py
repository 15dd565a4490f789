"""In which order a customer has said what came in."""

from datetime import UTC, datetime, timedelta

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
