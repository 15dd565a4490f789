"""The way of a post: stored once, exactly one case, whatever order things come in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.accounts import Account, Accounts
from bot.domain.department import Role
from bot.domain.effects import Lane
from bot.domain.errors import NotMember
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import PostKind, Priority, Visibility
from bot.domain.post_json import BadPost
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import customers
from bot.services.intake import Intake
from handlers.by_hand import post_by_hand
from tests.company import (
    ANN,
    BEN,
    BOB,
    EVE,
    GIL,
    NINE_TO_FIVE,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    TRIAGE,
    channel_of,
)
from tests.desk import TestDesk


def test_a_post_becomes_a_case_with_a_card_and_running_clocks(desk: TestDesk) -> None:
    number = desk.post("where is my bag?")

    case = desk.case(number)
    assert number == 1001
    assert (case.department, case.why) == (SERVICE, "no rule matched")
    assert desk.cards(number) == {SERVICE}
    assert desk.running(number) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    assert desk.whats(number) == [What.OPENED]


def test_the_first_rule_that_matches_names_owner_followers_and_priority(desk: TestDesk) -> None:
    desk.rules({"department": "technical", "when": "words:app", "also": ["sales"],
                "priority": "urgent"})  # fmt: skip

    number = desk.post("the app is gone")

    case = desk.case(number)
    assert (case.department, case.priority) == (TECHNICAL, Priority.URGENT)
    assert case.why.startswith("rule 1")
    assert desk.cards(number) == {TECHNICAL, "sales"}
    card = desk.outbox(f"card:{number}:technical")
    assert card is not None
    assert card.lane is Lane.URGENT


def test_the_finder_s_language_is_asked_unless_the_post_names_its_own(desk: TestDesk) -> None:
    desk.languages.known = {"waar is mijn koffer": "nl"}
    desk.rules({"department": "sales", "when": "lang:nl"})

    assert desk.case(desk.post("waar is mijn koffer")).department == "sales"
    assert desk.case(desk.post("waar is mijn koffer", language="de")).department == SERVICE


def test_the_same_post_again_changes_nothing(desk: TestDesk) -> None:
    post = desk.a_post()
    first = desk.receive(post)
    desk.pass_time("3m")

    again = desk.receive(post)

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.case == first.case
    assert desk.whats(1001) == [What.OPENED]


def test_another_post_as_a_message_that_came_before_is_refused_and_not_lost(desk: TestDesk) -> None:
    first, second = desk.a_post(), desk.a_post("something else")
    desk.receive(first, "delivery-1")

    with pytest.raises(BadPost, match="webhook-id: came before with another body"):
        desk.receive(second, "delivery-1")

    assert not desk.receive(second, "delivery-2").duplicate
    assert desk.receive(first, "delivery-1").duplicate


def test_an_edit_as_the_message_that_brought_its_post_is_refused_too(desk: TestDesk) -> None:
    post = desk.a_post()
    desk.receive(post, "delivery-1")

    with pytest.raises(BadPost):
        desk.receive(replace(post, text="at gate B12", kind=PostKind.EDIT), "delivery-1")


def test_of_a_message_from_before_bodies_were_kept_the_post_alone_tells(desk: TestDesk) -> None:
    first, second = desk.a_post(), desk.a_post("something else")
    with desk.kernel.work() as work:
        work.tx.seen.first("delivery:webhook delivery-1", work.at, first.key)

    assert desk.receive(replace(first, text="as it was sent then"), "delivery-1").duplicate
    with pytest.raises(BadPost):
        desk.receive(second, "delivery-1")


def test_the_same_message_by_another_door_is_another(desk: TestDesk) -> None:
    desk.receive(desk.a_post(door="shop"), "1")

    assert not desk.receive(desk.a_post(door="webhook"), "1").duplicate


def test_the_same_message_again_changes_nothing(desk: TestDesk) -> None:
    post = desk.a_post(kind=PostKind.EDIT)
    first = desk.receive(post, "delivery-1")
    again = desk.receive(post, "delivery-1")

    assert (first.duplicate, again.duplicate) == (False, True)
    assert (again.key, again.case) == (first.key, first.case)


def test_eight_threads_with_one_post_open_one_case(desk: TestDesk) -> None:
    post = desk.a_post()
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: desk.receive(post), range(32)))

    assert sum(not receipt.duplicate for receipt in receipts) == 1
    assert {receipt.case for receipt in receipts} == {1001}
    assert desk.whats(1001) == [What.OPENED]


def test_what_is_overheard_opens_no_case_and_no_clock(desk: TestDesk) -> None:
    post = desk.a_post("they leave us in the rain", addressed=False)

    assert desk.receive(post).case is None
    assert desk.receive(post).duplicate
    assert desk.all_timers() == []


def test_two_posts_of_one_author_are_two_cases_without_a_conversation(desk: TestDesk) -> None:
    assert [desk.post("my bag"), desk.post("my seat")] == [1001, 1002]


# Edits and deletions, in any order


def test_an_edit_shows_on_the_card_and_in_the_thread(desk: TestDesk) -> None:
    post = desk.a_post("where is my bug?")
    desk.receive(post)
    edit = desk.a_post("where is my bag?", id=post.id, kind=PostKind.EDIT)

    assert not desk.receive(edit).duplicate
    assert desk.receive(edit).duplicate

    assert desk.whats(1001) == [What.OPENED, What.EDITED]
    assert desk.notes(1001) == ["edited"]


def test_a_deletion_shows_on_the_card_and_in_the_thread(desk: TestDesk) -> None:
    post = desk.a_post()
    desk.receive(post)
    deletion = desk.a_post("", id=post.id, kind=PostKind.DELETE)

    assert not desk.receive(deletion).duplicate
    assert desk.receive(deletion).duplicate

    assert desk.whats(1001) == [What.OPENED, What.DELETED]


def test_an_edit_that_comes_first_is_the_post_and_the_post_is_known(desk: TestDesk) -> None:
    desk.receive(desk.a_post("the newest words", id="p1", kind=PostKind.EDIT))

    late = desk.receive(desk.a_post("the first words", id="p1"))

    assert (late.duplicate, late.case) == (True, 1001)
    with desk.reading() as tx:
        [stored] = tx.posts.of_case(CaseId(1001))
    assert stored.post.text == "the newest words"
    assert stored.edited_at is not None


def test_a_deletion_that_comes_first_keeps_its_mark_when_the_post_comes(desk: TestDesk) -> None:
    assert desk.receive(desk.a_post("", id="p1", kind=PostKind.DELETE)).case is None
    post = desk.a_post(
        "the app fails", id="p1", by="@late", visibility=Visibility.PRIVATE, location="Leeds"
    )

    assert desk.receive(post).case == 1001
    assert desk.receive(post).duplicate

    with desk.reading() as tx:
        [stored] = tx.posts.of_case(CaseId(1001))
    assert stored.post == post
    assert stored.deleted_at is not None
    assert desk.case(1001).department == TECHNICAL


def test_deletion_edit_and_post_in_the_wrong_order_still_open_one_case(desk: TestDesk) -> None:
    desk.receive(desk.a_post("", id="p1", kind=PostKind.DELETE))
    desk.receive(desk.a_post("new words", id="p1", kind=PostKind.EDIT))
    receipt = desk.receive(desk.a_post("old words", id="p1"))

    assert (receipt.case, receipt.duplicate) == (1001, False)
    with desk.reading() as tx:
        [stored] = tx.posts.of_case(CaseId(1001))
    assert stored.post.text == "new words"


def test_an_overheard_post_that_was_deleted_first_opens_nothing(desk: TestDesk) -> None:
    desk.receive(desk.a_post("", id="p1", kind=PostKind.DELETE))

    assert desk.receive(desk.a_post("heard", id="p1", addressed=False)).case is None
    assert desk.receive(desk.a_post("heard", id="p1", addressed=False)).duplicate


# Where nobody is asked, or somebody else


def test_an_author_who_is_muted_for_a_day_asks_nobody(desk: TestDesk) -> None:
    number = desk.post(by="@loud")
    desk.closings.mute(number, "the same song every day", by=ANN)

    quiet = desk.post(by="@loud")

    assert not desk.case(quiet).is_open
    assert desk.clocks(quiet) == {}
    assert desk.timers(quiet) == {}
    assert desk.case(desk.post(by="@jane")).is_open
    desk.pass_time("1d")
    assert desk.case(desk.post(by="@loud")).is_open


def test_a_muted_author_reopens_nothing(desk: TestDesk) -> None:
    post = desk.a_post(by="@loud")
    desk.receive(post)
    desk.closings.mute(CaseId(1001), "the same song every day", by=ANN)

    desk.post("and again", by="@loud", in_reply_to=post.id)

    assert not desk.case(1001).is_open
    assert desk.whats(1001)[-1] is What.POSTED


def test_a_department_without_members_sends_its_cards_to_triage_and_says_so(
    desk: TestDesk,
) -> None:
    desk.left("technical", TOM)

    case = desk.case(desk.post("the app is gone"))

    assert case.department == TRIAGE
    assert case.why.endswith("but Technical support has no members")


def test_a_post_to_a_branch_s_account_is_of_its_place(desk: TestDesk) -> None:
    leeds = Accounts((Account("x", "@northwind_leeds", location="Leeds"),))
    intake = Intake(replace(desk.kernel, accounts=leeds), desk.languages)
    desk.rules({"department": "technical", "when": "location:Leeds"})

    to_leeds = intake.receive(desk.a_post(account="@Northwind_Leeds"))
    elsewhere = intake.receive(desk.a_post(by="@ben", account="@northwind"))
    says_so = desk.a_post(by="@cleo", account="@northwind_leeds", location="York")

    assert desk.case(to_leeds.case).department == TECHNICAL
    assert desk.case(elsewhere.case).department == SERVICE
    assert desk.case(intake.receive(says_so).case).department == SERVICE


@pytest.mark.parametrize("there", [GIL, MemberId("U07APP"), BOB])
def test_a_channel_in_which_nobody_can_act_is_not_staffed(desk: TestDesk, there: MemberId) -> None:
    """A guest whom nobody named, another app, somebody who has left."""
    desk.left("technical", TOM)
    with desk.work() as work:
        work.tx.people.joined(channel_of("technical"), [there])
    desk.gone(BOB)

    case = desk.case(desk.post("the app is gone"))

    assert case.department == TRIAGE
    assert "but " in case.why

    if there == GIL:
        assert case.why.endswith("but nobody in Technical support may act")
        desk.administration.name_member(GIL, TECHNICAL, Role.MEMBER, by=EVE)
        assert desk.case(desk.post("the app is gone", by="@ben")).department == TECHNICAL


def test_a_closed_department_s_cover_gets_a_card_with_its_ask(desk: TestDesk) -> None:
    desk.department("technical", hours=NINE_TO_FIVE, cover="service")
    desk.pass_time("10h")

    number = desk.post("the app is gone")

    assert desk.case(number).department == TECHNICAL
    assert desk.cards(number) == {TECHNICAL, SERVICE}
    assert desk.casework.take_over(number, SERVICE, by=BEN).assignee == BEN


def test_a_cover_is_not_asked_while_the_department_is_open(desk: TestDesk) -> None:
    desk.department("technical", hours=NINE_TO_FIVE, cover="service")

    assert desk.cards(desk.post("the app is gone")) == {TECHNICAL}


def test_a_colleague_opens_a_case_by_hand(desk: TestDesk) -> None:
    receipt = desk.intake.open_by_hand(desk.a_post("seen in the paper"), by=SUE)

    assert receipt.case == 1001


@pytest.mark.parametrize(
    ("known", "seen"),
    [
        ({"id": "99887766"}, "https://x.com/jane/status/99887766?s=20"),
        (
            {"source": "twitter", "id": "99887766"},
            "https://mobile.twitter.com/jane/status/99887766",
        ),
        (
            {"source": "mastodon", "url": "https://social.example/@jane/111222?lang=en"},
            "https://social.example/users/jane/statuses/111222",
        ),
        (
            {"source": "forum", "url": "https://forum.example/t/5?post=7"},
            "https://forum.example/t/5/?post=7&utm_source=mail",
        ),
    ],
)
def test_a_link_of_a_post_that_is_a_case_is_that_case(
    desk: TestDesk, known: dict[str, str], seen: str
) -> None:
    case = desk.post(**known)
    other = desk.post("something else", by="@ben", url="https://forum.example/t/5?post=8")

    receipt = desk.intake.open_by_hand(post_by_hand(seen, author="", once="a"), by=SUE)

    assert (receipt.case, receipt.duplicate) == (case, True)
    assert desk.post("the next", by="@cleo") == other + 1, "no case was made between"


def test_an_overheard_post_of_which_somebody_makes_a_case_is_answered_where_it_is(
    desk: TestDesk,
) -> None:
    heard = desk.a_post("northwind lost my bag", id="99887766", addressed=False)
    assert desk.receive(heard).case is None
    seen = "https://x.com/jane/status/99887766?s=20"

    receipt = desk.intake.open_by_hand(post_by_hand(seen, author="", once="a"), by=SUE)

    assert (receipt.case, receipt.duplicate) == (1001, False)
    assert desk.answer(CaseId(1001)).post == heard.key
    again = desk.intake.open_by_hand(post_by_hand(seen, author="", once="b"), by=SUE)
    assert (again.case, again.duplicate) == (1001, True)


@pytest.mark.parametrize(
    ("seen", "comes"),
    [
        ("https://x.com/jane/status/99887766?s=20", {"id": "99887766"}),
        (
            "https://forum.example/t/5/?post=7&utm_source=mail",
            {"source": "forum", "url": "https://forum.example/t/5?post=7"},
        ),
    ],
)
def test_a_post_that_comes_after_its_link_was_made_a_case_is_that_case(
    desk: TestDesk, seen: str, comes: dict[str, str]
) -> None:
    by_hand = desk.intake.open_by_hand(post_by_hand(seen, author="", once="a"), by=SUE).case
    assert by_hand

    other, case = desk.post("another", by="@ben", id="5"), desk.post("it rains in", **comes)

    assert case == by_hand
    assert other == by_hand + 1
    assert desk.running(case) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}
    with desk.work() as work:
        assert work.first_post(work.case(case)).post.text == "it rains in"
        posts = work.tx.posts.of_case(case)
        assert [one.post.text for one in posts] == ["it rains in"]
    assert desk.answer(case).post == posts[0].post.key


def test_what_a_colleague_wrote_behind_the_link_stays_to_be_read(desk: TestDesk) -> None:
    found = post_by_hand("https://x.com/jane/status/99887766 she is angry", author="", once="a")
    by_hand = desk.intake.open_by_hand(found, by=SUE).case
    assert by_hand
    assert desk.post("it rains in", id="99887766") == by_hand
    again = post_by_hand("https://x.com/jane/status/99887766", author="", once="b")
    assert desk.intake.open_by_hand(again, by=SUE).case == by_hand
    with desk.work() as work:
        voices = customers.voices(work, work.case(by_hand), limit=9)
        assert [one.post.text for one in voices] == [found.text]


def test_a_post_that_speaks_of_a_life_raises_the_case_of_its_link(desk: TestDesk) -> None:
    seen = post_by_hand("https://x.com/jane/status/99887766", author="", once="a")
    by_hand = desk.intake.open_by_hand(seen, by=SUE).case
    assert by_hand
    assert desk.post("I will kill myself", id="99887766", addressed=False) == by_hand
    assert desk.case(by_hand).priority is Priority.URGENT


def test_the_same_link_makes_one_case_whoever_brings_it_and_however(desk: TestDesk) -> None:
    def seen(text: str, author: str = "") -> CaseId | None:
        post = post_by_hand(text, author=author, once=f"V{desk.now}")
        desk.pass_time("1m")
        return desk.intake.open_by_hand(post, by=SUE).case

    first = seen("https://social.example/@jane/111222")
    assert seen("https://social.example/@jane/111222?x=1", "@jane") == first
    assert seen("https://social.example/@jane/111222 she cries") == first
    assert seen("https://social.example/@jane/111223") == CaseId(1002)
    assert seen("https://northwind.example/help does not work") == CaseId(1003)
    assert seen("https://northwind.example/help is gone") == CaseId(1004), "two customers"
    assert seen("seen in the paper") == CaseId(1005)
    assert seen("seen in the paper") == CaseId(1006)


@pytest.mark.parametrize("author", ["\u200b", "\u2060 ", "\u3164"])
def test_an_author_of_whom_nothing_is_seen_is_nobody_in_particular(
    desk: TestDesk, author: str
) -> None:
    for text in ("my bag", "his bag"):
        desk.intake.open_by_hand(post_by_hand(text, author=author, once=text), by=SUE)

    assert desk.case(1001).customer != desk.case(1002).customer


def test_an_author_who_is_pasted_with_marks_nobody_sees_is_the_same(desk: TestDesk) -> None:
    for text, author in (("my bag", "@jane"), ("hello?", "\u2060@jane")):
        desk.intake.open_by_hand(post_by_hand(text, author=author, once=text), by=SUE)

    assert desk.case(1001).customer == desk.case(1002).customer


def test_who_belongs_nowhere_opens_no_case(desk: TestDesk) -> None:
    with pytest.raises(NotMember):
        desk.intake.open_by_hand(desk.a_post(), by=BOB)
    assert desk.intake.open_by_hand(desk.a_post(), by=EVE).case == 1001
