"""A desk from before a case had one customer: what is mixed is parted once, nothing else moves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from bot.domain.accounts import Account, Accounts
from bot.domain.conversation import Heard
from bot.domain.effects import Kind
from bot.domain.ids import CaseId, PostKey
from bot.services.intake import Intake
from bot.services.parting import Parted, Parting
from bot.store.database import Database
from bot.store.engines import open_database
from bot.store.schema import MIGRATIONS
from bot.store.times import stamp
from tests.company import ANN, MONDAY
from tests.desk import TestDesk

Row = Mapping[str, object]


class OldDesk:
    """Rows as the last version wrote them."""

    def __init__(self, db: Database):
        self._db = db

    def case(self, number: int, *posts: tuple[str, str], **facts: object) -> None:
        """Each post is its id and its author; all of them stood in one case."""
        row = {
            "id": number, "post": f"x:{posts[0][0]}", "department": "service", "priority": "normal",
            "opened_at": stamp(MONDAY), "why": "", "escalated": "", "version": 1, **facts,
        }  # fmt: skip
        self._put("cases", row)
        for moment, (id, author) in enumerate(posts):
            self._post(number, id, author, moment)
            if "merged_into" not in facts:
                self._put("conversations", {"key": f"x:{id}", "case_id": number})

    def reply(self, number: int, post: str, remote_id: str) -> None:
        self._put("replies", {
            "key": f"k{remote_id}", "case_id": number, "post": f"x:{post}", "author": ANN,
            "text": "We are on it.", "visibility": "public", "created_at": stamp(MONDAY),
            "send_at": stamp(MONDAY), "state": "sent", "reason": "", "attempts": 1,
            "sent_at": stamp(MONDAY), "remote_id": remote_id,
        })  # fmt: skip

    def overheard(self, id: str, author: str, in_reply_to: str) -> None:
        self._post(None, id, author, 9, addressed=0, in_reply_to=in_reply_to)

    def _post(self, case: int | None, id: str, author: str, moment: int, **facts: object) -> None:
        row = {
            "key": f"x:{id}", "source": "x", "id": id, "case_id": case, "author": f"x:{author}",
            "handle": author, "text": f"words of {author}", "stored_at": stamp(MONDAY) + moment,
            "visibility": "public", "addressed": 1, "media": "[]", **facts,
        }  # fmt: skip
        self._put("posts", row)

    def _put(self, table: str, row: Row) -> None:
        marks = ", ".join(f":{name}" for name in row)
        self._db.run(f"insert into {table} ({', '.join(row)}) values ({marks})", row)


@pytest.fixture
def old(empty_url: str) -> Iterator[OldDesk]:
    db = open_database(empty_url, durable=False)
    db.migrate([one for one in MIGRATIONS if one[0] < "m011"])
    db.run("update counters set value = 1100 where name = 'case'")
    yield OldDesk(db)
    db.close()


@pytest.fixture
def upgraded(empty_url: str) -> Iterator[Callable[[], TestDesk]]:
    """Begins a desk on what is there, with the accounts that are ours."""
    begun: list[TestDesk] = []

    def begin() -> TestDesk:
        desk = TestDesk(empty_url)
        desk.kernel = replace(desk.kernel, accounts=Accounts((Account("x", "@northwind"),)))
        desk.intake = Intake(desk.kernel, desk.languages)
        begun.append(desk)
        return desk

    yield begin
    for desk in begun:
        desk.close()


def parted(desk: TestDesk) -> Parted:
    found = Parting(desk.kernel).part()
    assert found is not None
    return found


def words(desk: TestDesk, number: int) -> list[str]:
    with desk.reading() as tx:
        return [stored.post.id for stored in tx.posts.of_case(CaseId(number))]


Begin = Callable[[], TestDesk]


def test_words_of_others_leave_the_case_and_stay_in_the_conversation(
    old: OldDesk, upgraded: Begin
) -> None:
    old.case(1001, ("a", "@jane"), ("b", "@troll"), ("c", "@jane"))
    old.overheard("d", "@bob", "a")
    desk = upgraded()

    found = parted(desk)

    assert (found.cases, found.posts, found.open_cases, found.echoes) == (1, 1, (1001,), ())
    assert words(desk, 1001) == ["a", "c"]
    board = desk.boards.case(CaseId(1001), by=ANN)
    assert [voice.post.id for voice in board.voices] == ["b", "d"]
    assert desk.case(1001).customer == "x:@jane"
    assert desk.case(1001).is_open
    assert desk.all_timers() == []


def test_it_is_said_once_in_one_message(old: OldDesk, upgraded: Begin) -> None:
    for number in range(1001, 1101):
        old.case(number, (f"a{number}", "@jane"), (f"b{number}", "@troll"))
    desk = upgraded()

    assert parted(desk).posts == 100
    assert Parting(desk.kernel).part() is None

    with desk.reading() as tx:
        said = tx.outbox.get("note:parted")
    assert said is not None
    assert (said.args["cases"], said.args["more_open"]) == (100, 70)
    assert sum(len(desk.messages(number, Kind.NOTE)) for number in range(1001, 1101)) == 0


def test_a_new_desk_and_a_desk_without_mixed_cases_say_nothing(
    old: OldDesk, upgraded: Begin
) -> None:
    old.case(1001, ("a", "@jane"), ("b", "@jane"))
    desk = upgraded()

    assert parted(desk).is_nothing
    with desk.reading() as tx:
        assert tx.outbox.get("note:parted") is None


def test_cases_that_our_own_words_opened_are_named_and_left_as_they_are(
    old: OldDesk, upgraded: Begin
) -> None:
    old.case(1001, ("a", "@jane"))
    old.reply(1001, "a", "r1")
    old.case(1002, ("r1", "@brand"))
    old.case(1003, ("sale", "@northwind"), ("q1", "@eve"), ("q2", "@bob"))
    old.case(1004, ("old", "@northwind"), closed_at=stamp(MONDAY), closed_by=ANN, outcome="solved")
    desk = upgraded()

    found = parted(desk)

    assert (found.echoes, found.posts, found.left) == ((1002, 1003), 0, 2)
    assert words(desk, 1003) == ["sale", "q1", "q2"]
    assert all(desk.case(number).is_open for number in (1001, 1002, 1003))
    assert not desk.case(1004).is_open


def test_our_words_in_a_customer_s_case_are_known_as_ours(old: OldDesk, upgraded: Begin) -> None:
    old.case(1001, ("a", "@jane"), ("o", "@northwind"))
    desk = upgraded()

    parted(desk)

    with desk.reading() as tx:
        stored = tx.posts.get(PostKey("x:o"))
    assert stored is not None
    assert (stored.heard_as, stored.case) == (Heard.OURS, None)


def test_what_a_person_has_merged_stays_together(old: OldDesk, upgraded: Begin) -> None:
    merged = {"closed_at": stamp(MONDAY), "closed_by": ANN, "outcome": "merged"}
    old.case(1001, ("a", "@jane"), ("b", "@jane_private"), ("c", "@troll"))
    old.case(1002, ("b2", "@jane_private"), merged_into=1001, **merged)
    desk = upgraded()

    parted(desk)

    assert words(desk, 1001) == ["a", "b"]


def test_an_old_conversation_goes_on_each_with_their_own_case(
    old: OldDesk, upgraded: Begin
) -> None:
    old.case(1001, ("a", "@jane"), ("b", "@troll"))
    old.reply(1001, "a", "r1")
    desk = upgraded()
    parted(desk)

    assert desk.post("well?", in_reply_to="r1") == 1001
    assert desk.post("well?", by="@troll", in_reply_to="b") == 1101
    assert desk.case(1101).beside == 1001
    assert desk.receive(desk.a_post("words", id="b", by="@troll")).duplicate


def test_a_handle_without_its_sign_is_the_same_author_after_the_upgrade(
    old: OldDesk, upgraded: Begin
) -> None:
    old.case(1001, ("a", "jane"))
    desk = upgraded()

    assert desk.post("well?", by="jane", in_reply_to="a") == 1001
