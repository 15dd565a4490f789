"""An index may find too much, never too little: whatever a condition holds for, it would have."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conditions import Facts, compile_query
from bot.domain.errors import BadQuery
from bot.domain.lexemes import LONGEST, Sought, lexemes, sought
from bot.domain.post import Author, Post
from bot.domain.search import Query, Term, parse

SIGNS = st.sampled_from([*"aäß1_'* -.:", "İ", "ﬁ", "行", "李", "ไ", "🧳", "Ж", "́", "\u200d"])
TEXTS = st.text(SIGNS, max_size=30)
TERMS = st.builds(
    Term, st.just("words"), st.booleans(), st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
)


def is_found(text: str, wanted: Sought) -> bool:
    """As an engine would find it."""
    has = lexemes(text)
    return all(
        any(
            all(
                any(
                    one.startswith(needed.text) if needed.is_beginning else one == needed.text
                    for one in has
                )
                for needed in alternative
            )
            for alternative in alternatives
        )
        for alternatives in wanted
    )


@settings(max_examples=300)
@given(text=TEXTS, terms=st.lists(TERMS, max_size=3).map(tuple))
def test_what_fits_a_search_is_found_by_its_words(text: str, terms: tuple[Term, ...]) -> None:
    query = Query(terms)
    try:
        fits = compile_query(query)
    except BadQuery:  # a value without any letter
        return
    if fits(Facts(Post("x", "1", text, Author("@jane")))):
        assert is_found(text, sought(query))


def test_a_search_by_words_leaves_out_what_has_others() -> None:
    wanted = sought(parse('refund* "lost bag" lang:nl'))
    assert is_found("Refunding the LOST, yellow bag!", wanted)
    assert not is_found("Refunding the lost luggage", wanted)
    assert sought(parse("-words:refund lang:nl")) == ()


def test_every_lexeme_is_short_plain_ascii() -> None:
    found = lexemes(f"行李 {'x' * 5000} Ünï 🧳")
    assert found == ("_1f9f3_", "_674e_", "_884c_", "uni", "x" * LONGEST)
