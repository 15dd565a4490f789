"""What each condition finds, what it refuses, and the laws that and, or and not obey."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conditions import CONDITIONS, NOT_YET, Facts, Predicate, compile_query
from bot.domain.errors import BadQuery
from bot.domain.post import Author, Post, Priority, Visibility
from bot.domain.search import Query, Term, parse

POST = Post(
    source="bluesky",
    id="1",
    text="My bag is lost, I want a refund!",
    author=Author("@Jane.Doe", followers=12_000),
    account="@Northwind",
    visibility=Visibility.PRIVATE,
    location="Leeds, UK",
)
FACTS = Facts(
    POST,
    language="en-GB",
    priority=Priority.HIGH,
    is_open=True,
    states=frozenset({"claimed", "mine"}),
)
TERMS = [
    "words:refund,voucher", "words:bag*", "words:thanks", "lang:en", "lang:nl,de",
    "network:bluesky,x", "author:jane.doe", "account:@northwind", "followers:>10k",
    "followers:<100,5k..20k", "visibility:public", 'location:"New York",leeds',
    "priority:>=high", "priority:low", "is:mine,held", "is:solved",
]  # fmt: skip


def predicate(text: str) -> Predicate:
    return compile_query(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words:refund",
        "words:voucher,refund",
        'words:"lost i want"',
        "lang:en",
        "lang:EN",
        "network:bluesky",
        "author:jane.doe",
        "author:@JANE.DOE",
        "author:<@U1|jane.doe>",
        "account:northwind",
        "followers:&gt;10k",
        "followers:10k..12k",
        "-followers:500",
        "followers:<5,>=12000",
        "visibility:private",
        "location:leeds",
        'location:"leeds uk"',
        "priority:high",
        "priority:>=normal",
        "priority:normal..urgent",
        "is:open",
        "is:mine",
        "is:held,claimed",
        "-is:solved -words:thanks refund lost",
    ],
)
def test_the_post_is_found_by(text: str) -> None:
    assert predicate(text)(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "words:refunds",
        "lang:nl",
        "network:x",
        "author:jane",
        "account:other",
        "followers:>12k",
        "visibility:public",
        "location:london",
        "priority:urgent",
        "is:solved",
        "is:unclaimed",
        "refund voucher",
        "-refund",
    ],
)
def test_the_post_is_not_found_by(text: str) -> None:
    assert not predicate(text)(FACTS)


@pytest.mark.parametrize("text", ["lang:en", "account:a", "followers:>0", "location:a", "is:open"])
def test_what_is_not_known_of_a_post_does_not_match(text: str) -> None:
    unknown = Facts(Post("x", "1", "Hello", Author("jane")))

    assert not predicate(text)(unknown)


def test_a_solved_case_is_not_open() -> None:
    solved = replace(FACTS, is_open=False)

    assert predicate("is:solved -is:open")(solved)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("words:voucher,refund lang:en", "words refund · lang en"),
        ("words:bag,refund", "words bag, refund"),
        ("-lang:nl,de followers:>10k", "not lang nl, de · followers >10k"),
        ("", "every post"),
        ("words:voucher refund lang:nl", "fails words:voucher lang:nl"),
        ("-words:refund", "fails -words:refund"),
    ],
)
def test_a_predicate_tells_what_matched_or_what_did_not(text: str, why: str) -> None:
    assert predicate(text).why(FACTS) == why


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("langg:nl", "langg: no such condition", "did you mean lang?"),
        ("word:refund", "word: no such condition", "did you mean words?"),
        ("colour:red", "colour: no such condition", "known: words, lang"),
        ("lang:dutch", "lang:dutch: ", "lang:nl"),
        ("network:x.com", "network:x.com: ", "network:bluesky"),
        ("author:@", "author:@: ", "author:@jane"),
        ("followers:many", "followers:many: not a number", ">10k"),
        ("followers:>10,500", "followers:>10,500: ", "not 10,000"),
        ("followers:5..1", "followers:5..1: ", "followers:"),
        ("visibility:secret", "visibility:secret: ", "public, unlisted, followers, private"),
        ("priority:hihg", "priority:hihg: ", "did you mean high?"),
        ("priority:>=", "priority:", "low, normal"),
        ("is:opn", "is:opn: ", "did you mean open?"),
        ("words:re*fund", "words:re*fund: ", "refund*"),
        ("words:!", "words:!: ", "for example"),
    ],
)
def test_a_condition_without_meaning_is_refused(text: str, reason: str, hint: str) -> None:
    with pytest.raises(BadQuery) as refused:
        predicate(text)

    assert refused.value.reason.startswith(reason)
    assert hint in refused.value.hint


@pytest.mark.parametrize("key", NOT_YET)
def test_what_the_desk_cannot_find_yet_is_refused_with_that_reason(key: str) -> None:
    with pytest.raises(BadQuery, match=f"{key}: this desk cannot find it yet"):
        predicate(f"{key}:anything")


@pytest.mark.parametrize("key", CONDITIONS)
def test_every_condition_is_explained_by_an_example_that_works(key: str) -> None:
    condition = CONDITIONS[key]

    assert condition.help
    assert parse(condition.example).terms[0].key == key
    predicate(condition.example)


terms = st.sampled_from([parse(text).terms[0] for text in TERMS])
texts = st.sampled_from(["refund", "bag", "baggage", "thanks", "voucher", "ok"])
facts = st.builds(
    Facts,
    st.builds(
        lambda words, source, followers: replace(
            POST,
            text=" ".join(words),
            source=source,
            author=Author("jane.doe", None, None, followers),
        ),
        st.lists(texts, max_size=3),
        st.sampled_from(["x", "bluesky"]),
        st.none() | st.integers(0, 30_000),
    ),
    st.sampled_from([None, "nl", "en"]),
    st.sampled_from(Priority),
    st.sampled_from([None, True, False]),
    st.frozensets(st.sampled_from(["mine", "held"])),
)


def finds(facts: Facts, *terms: Term) -> bool:
    return compile_query(Query(terms))(facts)


@given(terms, facts)
def test_a_dash_finds_exactly_what_the_term_does_not(term: Term, facts: Facts) -> None:
    opposite = replace(term, negated=True)

    assert finds(facts, term) is not finds(facts, opposite)


@given(terms, facts)
def test_a_comma_finds_what_one_of_its_values_finds(term: Term, facts: Facts) -> None:
    singles = [replace(term, values=(value,)) for value in term.values]

    assert finds(facts, term) is any(finds(facts, single) for single in singles)


@given(st.lists(terms, max_size=4), facts, st.randoms(use_true_random=False))
def test_the_order_of_terms_is_irrelevant(terms: list[Term], facts: Facts, random: Random) -> None:
    shuffled = random.sample(terms, len(terms))

    assert finds(facts, *terms) is finds(facts, *shuffled)
    assert finds(facts, *terms) is all(finds(facts, term) for term in terms)


@given(st.lists(terms, max_size=3), st.lists(terms, max_size=2), facts)
@settings(max_examples=200)
def test_what_a_search_implies_it_also_finds(
    narrow: list[Term], wide: list[Term], facts: Facts
) -> None:
    if Query(tuple(narrow)).implies(Query(tuple(wide))) and finds(facts, *narrow):
        assert finds(facts, *wide)


@given(st.sampled_from(sorted(CONDITIONS)), st.text(min_size=1, max_size=20))
def test_any_value_is_either_understood_or_refused(key: str, value: str) -> None:
    try:
        test = compile_query(Query((Term(key, False, (value,)),)))
    except BadQuery:
        return
    assert test(FACTS) in (True, False)
