"""Customer text is inert, whatever it is made of."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views import inert, limits
from tests.views.slack_markup import HOSTILE, Live, live_in_text, seen

WORDS = ["here", "channel", "everyone", "general", "smile", "com", "https://", "lt;", "&gt;", "é"]
SIGNS = (
    "<>!@#:|&;*_~`./ \n\r\t\x00\x85\u2028\u3000"
    "\u200d\u200b\u202e\ufe0f\ufe0e\U000e0100\U000e0041\ud800\udc00"  # hidden, or half
    "\u0301\u0338\u20dd\u09c7\u09be\u0958\U0001d160\u1100\u1161"  # what normalising moves
    "\U0001f600\U0001f1e9\U0001f3fd\u2764\u2190\u2adc\u2329\u1fef"
)
PIECES = st.sampled_from([*WORDS, "… (3 more)", *SIGNS])
ANYTHING = st.text(st.characters(exclude_categories=()))
TEXTS = st.lists(PIECES | ANYTHING, max_size=30).map("".join)
ON_BUSY_MACHINES = settings(max_examples=150, deadline=None)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize("text", HOSTILE)
def test_inside_our_markup_foreign_words_mean_nothing_to_slack(text):
    assert live_in_text(inert.plain(text)) == []
    assert live_in_text(f"by {inert.caption(text)} at noon") == []


@ON_BUSY_MACHINES
@given(TEXTS)
def test_no_text_at_all_means_anything_to_slack_inside_our_markup(text):
    assert live_in_text(inert.plain(text)) == []


@ON_BUSY_MACHINES
@given(TEXTS)
def test_an_at_sign_of_ours_before_a_foreign_name_makes_no_broadcast(text):
    assert live_in_text(f"@{inert.plain('channel' + text)}") == []


@ON_BUSY_MACHINES
@given(TEXTS, st.none() | st.integers(min_value=0, max_value=60))
def test_cleaning_twice_changes_nothing_more(text, limit):
    once = inert.clean(text, limit)
    assert inert.clean(once, limit) == once
    assert inert.clean(once) == once


@ON_BUSY_MACHINES
@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_a_limit_holds_however_slack_counts(text, limit):
    for shortened in (inert.clean(text, limit), inert.one_line(text, limit)):
        assert len(shortened.encode("utf-16-le")) // 2 <= limit


@ON_BUSY_MACHINES
@given(TEXTS)
def test_nothing_hidden_is_left_in_a_clean_text(text):
    cleaned = inert.clean(text)
    assert {unicodedata.category(character) for character in cleaned} & {"Cc", "Cs"} <= {"Cc"}
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e]", cleaned
    )
    assert not re.search("[\u2060-\u2069\ufeff\U000e0000-\U000e007f]", cleaned)
    assert not re.search("[\ufe00-\ufe0f]{2}|\n\n\n\n", cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


def test_honest_text_is_left_as_it_is():
    for text in (
        "Stuck at gate B12 since 6:00. Nobody here! 50% & more?\n\n  - one\n  - two",
        "Grüße aus Köln, 東京から, привет, مرحبا, नमस्ते, Việt Nam",
        f"{FAMILY} \u2764\ufe0f 1\ufe0f\u20e3 \U0001f44d\U0001f3fd \U0001f1e9\U0001f1ea",
    ):
        assert inert.clean(text) == text
        assert seen(inert.plain(text)) == text


def test_a_handle_reads_as_before():
    for handle in ("@jane_doe_42", "@jane.bsky.social", "@jane@mastodon.example", "#1042"):
        assert seen(inert.plain(handle)) == handle


def test_formatting_becomes_lookalikes_and_a_name_keeps_its_underscore():
    assert seen(inert.plain("*bold* `code` ~gone~ _so_ snake_case")) == (
        "∗bold∗ ˋcodeˋ ∼gone∼ ˍsoˍ snake_case"
    )


def test_what_reorders_or_hides_is_taken_out():
    assert inert.clean("\u202egnp.exe") == "gnp.exe"
    assert inert.clean("a\u200bb\u2060c\ufeffd\U000e0041e\u00adf\x00g\x1bh") == "abcdefgh"
    assert inert.clean("a\tb\r\nc\rd\u2028e") == "a b\nc\nd\ne"
    assert inert.clean("half \ud83d") == "half \ufffd"


def test_a_letter_carries_four_marks_at_most():
    assert inert.clean("Z" + "\u0351" * 40 + "!") == "Z" + "\u0351" * 4 + "!"


def test_joiners_and_selectors_stay_where_emoji_need_them_only():
    assert inert.clean("a\u200db") == "ab"
    assert inert.clean("\u2764\ufe0f\ufe0f\ufe0f\u200d\u200d\U0001f525") == (
        "\u2764\ufe0f\u200d\U0001f525"
    )
    assert inert.clean("\ufe0f \ufe0f") == " "


def test_padding_does_not_push_the_buttons_away():
    assert inert.clean("a" + "\n" * 50 + "b") == "a\n\n\nb"
    assert inert.clean("a\n" + " \n\u3000\n" * 50 + "b") == "a\n\n\nb"
    assert inert.clean("a" + " " * 3000 + "b") == "a   b"


def test_a_cut_says_how_much_is_missing():
    assert inert.clean("x" * 100, 40) == "x" * 28 + "… (72 more)"
    assert len(inert.clean("x" * 20_000, 500)) <= 500


def test_a_cut_of_a_cut_counts_from_the_whole():
    assert limits.cut(limits.cut("x" * 100, 60), 40).endswith("x… (72 more)")


def test_a_cut_tears_no_character():
    for character in (FAMILY, "e\u0323\u0301", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea"):
        whole = unicodedata.normalize("NFC", character)
        for limit in range(1, 60):
            kept = inert.one_line(character * 40, limit).removesuffix("…")
            assert kept == whole * (len(kept) // len(whole))


def test_a_cut_of_our_own_markup_tears_no_token_and_no_entity():
    sentence = "Ask <@U012AB> &amp; <https://example.com|the page> before noon"
    for room in range(1, len(sentence)):
        cut = limits.cut_markup(sentence, room)
        assert len(cut) <= room
        assert {found.kind for found in live_in_text(cut, verbatim=True)} <= {"user", "link"}


def test_one_line_is_one_line():
    assert inert.one_line("  Jane\n\n Doe\u202e ", 50) == "Jane Doe"
    assert inert.one_line("x" * 100, 10) == "x" * 9 + "…"


def test_a_link_goes_where_it_says_and_its_words_are_inert():
    link = inert.link("https://example.com/a b?x=1&y=<!channel>|z", "<!here> | *post*")
    assert [found.kind for found in live_in_text(link, verbatim=True)] == ["link"]
    assert link.startswith("<https://example.com/a%20b?x=1&amp;y=%3C!channel%3E%7Cz|&lt;!")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "slack://open",
        "//example.com",
        "https://",
        "https://acme.slack.com@evil.example/",
        "https://evil.example\\@acme.slack.com/",
        "https://a.com|hack><!channel>",
        "https://[::1",
        "https://example.com:port/",
        "https://exa mple.com/",
        "https://" + "a" * 3000 + ".com",
    ],
)
def test_a_bad_address_gives_just_the_words(url):
    assert inert.link(url, "the post") == "the post"
    assert inert.domain_of(url) == ""


@ON_BUSY_MACHINES
@given(TEXTS)
def test_no_address_breaks_out_of_its_link(text):
    link = inert.link(f"https://example.com/{text}", f"post {text}")
    kinds = [found.kind for found in live_in_text(link, verbatim=True)]
    assert kinds in (["link"], [])
    assert link.count("|") == len(kinds)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.com/login?to=bank.com", "example.com"),
        ("http://accounts.google.com.evil.example:8080/", "evil.example"),
        ("https://shop.example.co.uk/", "example.co.uk"),
        ("https://localhost:8000/", "localhost"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("https://münchen.de/", "münchen.de"),
        ("https://xn--mnchen-3ya.de/", "münchen.de"),
        ("https://пример.рф/", "пример.рф"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", "xn--80ak6aa92e.com"),
        ("https://p\u0430ypal.com/", "xn--pypal-4ve.com"),
        ("https://EXAMPLE\uff0ecom/", "example.com"),
    ],
)
def test_a_domain_is_shown_as_whom_it_belongs_to(url, domain):
    assert inert.domain_of(url) == domain


def test_the_reader_of_markup_sees_what_slack_would_see():
    kinds = [Live("broadcast", "!channel"), Live("user", "@U1"), Live("usergroup", "!subteam^S1")]
    assert live_in_text("<!channel> <@U1> <!subteam^S1>", verbatim=True) == kinds
    for text in ("@here", "#general", "a.com", "https://a", ":smile:", "*b*", "`c`", "> q", "a<b"):
        assert live_in_text(text), text


@ON_BUSY_MACHINES
@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_of_a_long_text_the_same_beginning_is_shown_as_if_all_of_it_had_been_read(text, limit):
    long = text + " and so on, for very many words" * 40
    shown = inert.clean(long, limit).rpartition("… (")[0]
    assert inert.clean(long).startswith(shown)
    assert inert.one_line(long, limit)[:-1] in " ".join(inert.clean(long).split())


def test_how_much_is_missing_is_counted_with_what_was_cut_before():
    whole = "word " * 1000
    assert inert.clean(whole, 100).endswith("… (4913 more)")
    assert inert.clean(inert.clean(whole, 1000), 100).endswith("… (4913 more)")


def test_a_sign_that_stands_for_a_sentence_is_shown_as_it_was_written():
    assert inert.clean("محمد ﷺ") == "محمد ﷺ"
