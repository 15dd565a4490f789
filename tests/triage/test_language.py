"""Which language a post is in, or that nobody can say."""

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.triage.language import LangidFinder


@pytest.fixture(scope="module")
def finder() -> LangidFinder:
    return LangidFinder()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My luggage has not arrived and nobody answers the phone", "en"),
        ("Mijn koffer is nog steeds niet aangekomen, wat moet ik doen?", "nl"),
        ("Mein Koffer ist immer noch nicht angekommen, was soll ich tun?", "de"),
        ("¿Dónde está mi equipaje? Llevo tres horas esperando en la puerta", "es"),
        ("Je voudrais être remboursé pour ce vol annulé, s'il vous plaît", "fr"),
        ("荷物がまだ届いていません。どうすればいいですか。", "ja"),
        ("Мой багаж до сих пор не прибыл, что мне делать?", "ru"),
    ],
)
def test_a_whole_sentence_tells_its_language(finder: LangidFinder, text: str, language: str):
    assert finder.language(text) == language


@pytest.mark.parametrize("text", ["", "ok", "???", "👍👍👍", "12345 67890 12345", "B12", "\n\t "])
def test_what_says_too_little_has_no_language(finder: LangidFinder, text: str):
    assert finder.language(text) is None


def test_handles_tags_and_links_are_no_words(finder: LangidFinder):
    assert (
        finder.language("@NorthwindAirlinesSupport #NorthwindDelay https://example.com/a") is None
    )
    dutch = "@northwind #delay https://example.com/luggage mijn koffer is nog niet aangekomen hoor"
    assert finder.language(dutch) == "nl"


def test_many_may_ask_at_once(finder: LangidFinder):
    texts = ["Mijn koffer is nog steeds niet aangekomen, wat moet ik doen?"] * 32
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(LangidFinder().language, texts)) == {"nl"}


@settings(max_examples=50)
@given(text=st.text(st.characters(), max_size=300))
def test_no_text_is_too_strange_to_be_asked_about(finder: LangidFinder, text: str):
    found = finder.language(text)
    assert found is None or (len(found) in (2, 3) and found.islower())


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process may grow beyond a kilobyte, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_costs_a_post_its_language_and_no_more():
    finder, text = LangidFinder(), "My luggage has not arrived and nobody answers the phone"

    with no_room():
        assert finder.language(text) is None
    assert finder.language(text) == "en"
