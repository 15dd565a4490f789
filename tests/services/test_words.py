"""A search by words finds the same as looking through everything, on either engine."""

import pytest

from bot.domain.conditions import Facts, compile_query
from bot.domain.post import PostKind
from bot.domain.search import parse
from bot.store.store import Store
from tests.company import ANN, EVE
from tests.desk import TestDesk

TEXTS = (
    "My luggage is LOST — again!",
    "lost: one bag, and my patience",
    "the bag is not lost",
    "Gepäck verloren, Rückerstattung bitte",
    "我的行李丢了",
    "🧳🧳 gone?!",
    "and or not near",
    "x" * 5000,
    "it's 100% 'their' fault: \\ \" & | ! * ( ) :*",
)
SEARCHES = (
    "lost", "words:lost,verloren", '"lost bag"', '"bag is"', "gepack", "rück*", "行李", "🧳",
    "lost -bag", "words:bag,luggage lost", "and", "not", "near", f"{'x' * 70}*", "100", "fault",
    "-words:lost", "lost is:open", "nowhere", "it", "s",
)  # fmt: skip


def found(desk: TestDesk, search: str) -> list[str]:
    return [line.post.text for line in desk.boards.find(search, by=EVE).lines]


@pytest.mark.parametrize("search", SEARCHES)
def test_the_index_changes_nothing_of_what_is_found(desk: TestDesk, search: str) -> None:
    desk.joined("service", EVE)
    posts = [desk.a_post(text) for text in TEXTS]
    for post in posts:
        desk.receive(post)

    fits = compile_query(parse(search))
    expected = [post.text for post in posts if fits(Facts(post, is_open=True))]

    assert found(desk, search) == expected[::-1]


def test_a_case_is_found_by_what_its_author_says_now(desk: TestDesk) -> None:
    desk.joined("service", EVE)
    post = desk.a_post("my bag is lost")
    desk.receive(post)
    desk.receive(desk.a_post("my bag is found", id=post.id, kind=PostKind.EDIT))

    assert found(desk, "lost") == []
    assert found(desk, "found") == ["my bag is found"]


def test_only_cases_of_the_asker_s_departments_are_found(desk: TestDesk) -> None:
    desk.post("the app is lost")  # technical's
    desk.post("my bag is lost")

    assert [line.post.text for line in desk.boards.find("lost", by=ANN).lines] == ["my bag is lost"]


def test_cases_from_before_the_index_are_found_after_the_next_start(desk: TestDesk) -> None:
    """As if the desk had been made by the program that knew no index."""
    desk.joined("service", EVE)
    texts = [f"bag number {number}" for number in range(3)]
    for text in texts:
        desk.post(text)
    desk.db.run("delete from case_words")
    desk.db.run("update counters set value = 1002 where name = 'unworded'")
    assert found(desk, "bag") == []

    store = Store(desk.db)
    store.migrate()

    assert found(desk, "bag") == texts[1::-1]
