"""A post as JSON: what is read, what is refused, and that nothing foreign breaks the reader."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.post import Author, Post, PostKind, Priority, Visibility
from bot.domain.post_json import BadPost, FieldFault, parse_post, post_to_json
from bot.domain.strict_json import load_json

SMALLEST = {"id": "1", "text": "where is my bag?", "author": {"handle": "@jane"}}

FULL = b"""{"id": "570306133677760513", "source": "x", "text": "late again",
 "created_at": "2015-02-24T11:35:52-08:00",
 "author": {"id": "42", "handle": "@jane", "name": "Jane Doe", "followers": 120},
 "account": "@northwind", "visibility": "private", "kind": "edit", "addressed": false,
 "priority": "urgent", "url": "https://x.example/1", "in_reply_to": "7", "conversation": "c",
 "language": "pt-BR", "location": "Leeds", "media": ["https://x.example/a.png"],
 "likes": {"unknown": "fields are ignored"}}"""


def faults(raw: object) -> dict[str, str]:
    with pytest.raises(BadPost) as caught:
        parse_post(raw, door="webhook")
    return {fault.field: fault.error for fault in caught.value.fields}


def test_the_smallest_post_takes_its_door_as_source_and_the_usual_for_the_rest():
    post = parse_post(SMALLEST, door="webhook")

    assert post == Post("webhook", "1", "where is my bag?", Author("@jane"))


def test_every_field_of_the_contract_is_read():
    post = parse_post(load_json(FULL), door="webhook")

    assert post == Post(
        source="x",
        id="570306133677760513",
        text="late again",
        author=Author("@jane", "42", "Jane Doe", 120),
        created_at=datetime(2015, 2, 24, 19, 35, 52, tzinfo=UTC),
        account="@northwind",
        visibility=Visibility.PRIVATE,
        kind=PostKind.EDIT,
        addressed=False,
        priority=Priority.URGENT,
        url="https://x.example/1",
        in_reply_to="7",
        conversation="c",
        language="pt",
        location="Leeds",
        media=("https://x.example/a.png",),
    )


def test_all_faults_are_told_at_once():
    raw = {
        "source": "No Such Thing",
        "created_at": "2015-02-24T11:35:52",
        "author": {"followers": -1},
        "visibility": "secret",
        "addressed": "yes",
        "priority": "now",
        "url": "javascript:alert(1)",
        "language": "klingon!",
        "media": ["ftp://x"],
    }

    assert faults(raw) == {
        "id": "is required",
        "text": "is required",
        "author.handle": "is required",
        "author.followers": "must be a whole number, 0 or more",
        "source": "must be 1 to 32 of a-z, 0-9, _ and -",
        "created_at": "must be a date and time with its zone, like 2015-02-24T11:35:52-08:00",
        "visibility": "must be one of public, unlisted, followers, private",
        "addressed": "must be true or false",
        "priority": "must be one of low, normal, high, urgent",
        "url": "must be an http or https address",
        "language": "must be a language code like en or pt-BR",
        "media": "must be an http or https address",
    }


def test_no_door_brings_posts_under_the_name_of_those_made_by_hand():
    told = faults(SMALLEST | {"source": "by-hand"})
    assert told == {"source": "must not be by-hand: so the desk names what a colleague typed"}


@pytest.mark.parametrize("raw", [None, [], "post", 1, True])
def test_what_is_no_object_is_no_post(raw: object):
    assert faults(raw) == {"": "must be an object"}


def test_a_fault_reads_as_a_sentence_and_never_quotes_the_customer():
    with pytest.raises(BadPost) as caught:
        parse_post(SMALLEST | {"kind": "my secret"}, door="webhook")

    assert caught.value.faults == ["kind: must be one of post, edit, delete"]
    assert str(FieldFault("", "must be an object")) == "must be an object"


def test_an_author_that_is_no_object_is_a_fault_of_its_own():
    assert faults(SMALLEST | {"author": "@jane"})["author"] == "must be an object"


def test_networks_that_number_their_posts_may_send_the_number():
    post = parse_post(SMALLEST | {"id": 570306133677760513, "in_reply_to": 7}, door="webhook")

    assert (post.id, post.in_reply_to) == ("570306133677760513", "7")


@pytest.mark.parametrize("value", [True, 1.5, [], {}])
def test_an_id_of_another_kind_is_refused(value: object):
    assert faults(SMALLEST | {"id": value}) == {"id": "must be a string"}


@pytest.mark.parametrize(
    "field", ["id", "account", "in_reply_to", "conversation", "location", "author.handle"]
)
def test_short_fields_have_an_end(field: str):
    raw = SMALLEST | {"author": {"handle": "@jane"}}
    outer, _, inner = field.partition(".")
    raw[outer] = {inner: "x" * 256} if inner else "x" * 256

    assert faults(raw) == {field: "is longer than 255 characters"}


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_null_and_blank_are_absent(blank: object):
    post = parse_post(SMALLEST | {"account": blank, "kind": blank, "url": blank}, door="webhook")

    assert post == parse_post(SMALLEST, door="webhook")
    assert faults(SMALLEST | {"text": blank}) == {"text": "is required"}


@pytest.mark.parametrize("more", [{"kind": "delete"}, {"media": ["https://x.example/a.png"]}])
def test_a_deletion_and_a_picture_need_no_words(more: dict[str, object]):
    assert parse_post(SMALLEST | {"text": ""} | more, door="webhook").text == ""


def test_the_text_is_kept_as_it_was_written():
    assert parse_post(SMALLEST | {"text": "  late \n"}, door="webhook").text == "  late \n"


@pytest.mark.parametrize(
    ("written", "read"), [("nl", "nl"), ("PT_br", "pt"), ("zh-Hant-TW", "zh"), ("und", None)]
)
def test_a_language_is_its_first_part(written: str, read: str | None):
    assert parse_post(SMALLEST | {"language": written}, door="webhook").language == read


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 5])
def test_a_moment_outside_the_calendar_is_a_fault(moment: object):
    assert "created_at" in faults(SMALLEST | {"created_at": moment})


@pytest.mark.parametrize(
    "url", ["https://", "http://[", "https://a b", "https://x/<b>", "https://x/" + "y" * 2000]
)
def test_a_link_that_is_none_is_refused(url: str):
    assert "url" in faults(SMALLEST | {"url": url})


def test_media_are_at_most_twenty():
    assert "media" in faults(SMALLEST | {"media": ["https://x.example/a.png"] * 21})


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1)
short = words.map(lambda text: text[:40])
links = st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z]{0,9}", fullmatch=True)
posts = st.builds(
    Post,
    source=st.from_regex(r"[a-z0-9_-]{1,32}", fullmatch=True),
    id=short,
    text=words,
    author=st.builds(
        Author,
        short,
        st.none() | short,
        st.none() | short,
        st.none() | st.integers(0, 10**9),
    ),
    created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    account=st.none() | short,
    visibility=st.sampled_from(Visibility),
    kind=st.sampled_from(PostKind),
    addressed=st.booleans(),
    priority=st.none() | st.sampled_from(Priority),
    url=st.none() | links,
    in_reply_to=st.none() | short,
    conversation=st.none() | short,
    language=st.none() | st.sampled_from(["en", "nl", "fil"]),
    location=st.none() | short,
    media=st.lists(links, max_size=3).map(tuple),
)


@settings(max_examples=60)
@given(posts)
def test_a_post_written_out_reads_back_as_itself(post: Post):
    written = json.dumps(post_to_json(post)).encode()

    assert parse_post(load_json(written), door="webhook") == post


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(sorted(post_to_json(Post("x", "1", "", Author("a"))))), anything
    )
)
def test_whatever_stands_in_the_fields_the_answer_is_a_post_or_its_faults(raw: dict[str, object]):
    with suppress(BadPost):
        assert parse_post(raw, door="webhook").id
