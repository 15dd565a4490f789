"""The grammar: what people type, on whatever keyboard, and what the desk makes of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import BadQuery
from bot.domain.pasted import as_pasted
from bot.domain.search import MAX_LENGTH, MAX_TERMS, Query, Term, parse

PIECES = ["words:", "lang:", "-", "–", '"', "“", "”", ",", " ", "\\", "<@U1|ann>", "&amp;", "&lt;"]
PIECES += ["//", "refund", "nl", ">=", "..", "10k", ":", "OR", "New York", "ß", "返金", "<", ">"]
typed = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=60)
values = typed.map(as_pasted).map(str.strip).filter(bool)
keys = st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True)
terms = st.builds(Term, keys, st.booleans(), st.lists(values, min_size=1, max_size=3).map(tuple))
queries = st.builds(Query, st.lists(terms, max_size=3).map(tuple))


def words(*values: str) -> Term:
    return Term("words", False, values)


def test_a_space_is_and_a_comma_is_or_a_dash_is_not() -> None:
    query = parse("words:refund,voucher lang:nl -network:x")

    assert query.terms == (
        words("refund", "voucher"),
        Term("lang", False, ("nl",)),
        Term("network", True, ("x",)),
    )


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_search_has_no_terms(text: str) -> None:
    assert parse(text) == Query()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("refund", words("refund")),
        ("refund,voucher", words("refund", "voucher")),
        ("-refund", Term("words", True, ("refund",))),
        ('"lost bag"', words("lost bag")),
        ("10:30", words("10:30")),
        ("#1042", words("#1042")),
        ("https://a.example/b?c=1", words("https://a.example/b?c=1")),
    ],
)
def test_a_bare_word_means_words(text: str, term: Term) -> None:
    assert parse(text).terms == (term,)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("LANG:nl", "lang:nl"),
        ("lang: nl", "lang:nl"),
        ("words:refund , voucher", "words:refund,voucher"),
        ("location:“New York”", 'location:"New York"'),
        ("location:„New York“,«Los Angeles»", 'location:"New York","Los Angeles"'),
        ("location:« New York »", 'location:"New York"'),
        ("–lang:de", "-lang:de"),
        ("—lang:de", "-lang:de"),
        ("--lang:de", "-lang:de"),
        ("followers:&gt;10k", "followers:>10k"),
        ("followers:&lt;10k", "followers:<10k"),
        ("fish&amp;chips", "fish&chips"),
        ("author:<@U1|ann>", "author:@ann"),
        ("author:<@U1>", "author:@U1"),
        ("<#C1|care-sales>", "#care-sales"),
        ("<https://a.example/b>", "https://a.example/b"),
        ("<http://a.example|a.example>", "a.example"),
    ],
)
def test_what_phones_and_slack_make_of_it_means_what_was_typed(text: str, same_as: str) -> None:
    assert parse(text) == parse(same_as)


def test_quotes_keep_commas_spaces_and_colons_together() -> None:
    query = parse(r'words:"yes, of course","note: \"urgent\"",plain')

    assert query.terms == (words("yes, of course", 'note: "urgent"', "plain"),)


def test_a_sign_that_was_written_out_is_unescaped_once_only() -> None:
    assert parse("&amp;lt;").terms == (words("&lt;"),)


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("lang:", "lang: a value is missing", "key:value"),
        ('lang:""', 'lang:"": a value is missing', "lang:value"),
        ('lang:" "', 'lang:" ": a value is missing', "lang:value"),
        ("refund - voucher", "-: a value is missing", "key:value"),
        ("words:a,,b", "words:a,,: a value is missing", "key:value"),
        ("words:a,", "words:a,: a value is missing", "key:value"),
        (",", ",: a value is missing", "key:value"),
        ('words:"New York', 'words:"New York: a quote is opened and never closed', 'quotes|"'),
        ('lang:nl 5"', "5: a quote in the middle of a word", "whole value"),
        ('"a"b', '"a": a quote in the middle of a word', "whole value"),
        ("words:-refund", "- belongs before the whole term", "-words:refund"),
        ("words:refund, lang:nl", "lang:nl stands where a value of words belongs", "space"),
        ("words:lang:nl", "lang:nl stands where a value of words belongs", "space"),
        ("refund OR voucher", "OR: not a word of this search", "comma"),
        ("refund AND voucher", "AND: not a word of this search", "space"),
        ("NOT refund", "NOT: not a word of this search", "-"),
    ],
)
def test_a_fault_names_its_term_and_what_would_do(text: str, reason: str, hint: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(text)

    assert reason in refused.value.reason
    assert any(word in refused.value.hint for word in hint.split("|"))


def test_the_words_of_other_searches_can_still_be_searched_for() -> None:
    assert parse('or "OR" words:OR').terms == (words("or"), words("OR"), words("OR"))


def test_a_search_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadQuery, match="2001 characters, at most 2000"):
        parse("x" * (MAX_LENGTH + 1))


def test_a_search_that_could_not_be_read_again_when_written_out_is_refused() -> None:
    with pytest.raises(BadQuery, match="written out"):
        parse("&amp;lt; " * 10 + "x" * (MAX_LENGTH - 90))


def test_a_search_of_too_many_terms_is_refused() -> None:
    assert len(parse("x " * MAX_TERMS).terms) == MAX_TERMS
    with pytest.raises(BadQuery, match="65 terms, at most 64"):
        parse("x " * (MAX_TERMS + 1))


def test_a_long_term_is_cut_where_it_is_named() -> None:
    with pytest.raises(BadQuery) as refused:
        parse('"' + "x" * 500)

    assert len(refused.value.reason) < 120


@pytest.mark.parametrize(
    ("narrow", "wide", "implied"),
    [
        ("words:refund lang:nl", "words:refund", True),
        ("words:refund", "words:refund,voucher", True),
        ("-words:refund,voucher", "-words:refund", True),
        ("words:refund", "", True),
        ("words:refund", "words:refund lang:nl", False),
        ("words:refund,voucher", "words:refund", False),
        ("-words:refund", "words:refund", False),
        ("", "words:refund", False),
    ],
)
def test_a_narrower_search_implies_a_wider_one(narrow: str, wide: str, implied: bool) -> None:
    assert parse(narrow).implies(parse(wide)) is implied


@given(typed)
@example('words:"\\"')
@example("words:words://x")
def test_any_text_is_either_read_or_refused_and_what_was_read_is_written_the_same(
    text: str,
) -> None:
    try:
        query = parse(text)
    except BadQuery:
        return
    assert parse(str(query)) == query


@given(queries)
@example(Query((words("//a.example"),)))
@settings(max_examples=200)
def test_every_query_is_written_so_that_it_reads_back_the_same(query: Query) -> None:
    assert parse(str(query)) == query
