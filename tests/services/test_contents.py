"""What a message shows is gathered from the state of the moment in which it is said."""

from collections.abc import Iterator

import pytest

from bot.domain.effects import Kind
from bot.domain.facts import CardFacts, NoteFacts, PingFacts, WarningFacts
from bot.domain.ids import CaseId
from bot.domain.post import PostKind
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.services.contents import card_facts, content_of
from tests.company import ANN, BEN, CEM, NINE_TO_FIVE, SALES, SERVICE, TECHNICAL, TOM
from tests.desk import TestDesk
from tests.room import Office, office_of


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def card(desk: TestDesk, case: CaseId, department: str = SERVICE) -> CardFacts:
    with desk.kernel.look() as work:
        return card_facts(work, work.case(case), department)  # type: ignore[arg-type]


def contents(desk: TestDesk, case: CaseId, kind: Kind) -> list[object]:
    with desk.kernel.look() as work:
        return [content_of(work, one) for one in work.tx.outbox.of_case(case, kind)]


def test_a_new_card(desk: TestDesk):
    facts = card(desk, desk.post("where is my bag?"))
    assert facts.post.text == "where is my bag?"
    assert facts.due
    assert facts.due.promise is Promise.FIRST_RESPONSE
    assert (facts.is_owner, facts.reply, facts.latest, facts.follow_ups) == (True, None, None, 0)
    assert (facts.choices, facts.asks, facts.nearby, facts.opens_at) == ((), (), (), None)


def test_the_newest_word_and_how_many_there_are(desk: TestDesk):
    case = desk.post("one", conversation="t")
    for text in ("two", "three"):
        desk.pass_time("1m")
        desk.post(text, conversation="t")
    facts = card(desk, case)
    assert facts.latest
    assert (facts.latest.text, facts.follow_ups) == ("three", 2)


def test_words_that_were_taken_back_are_marked(desk: TestDesk):
    post = desk.a_post("bag")
    case = desk.receive(post).case
    assert case
    desk.receive(desk.a_post("hat", id=post.id, kind=PostKind.EDIT))
    assert card(desk, case).is_edited
    desk.receive(desk.a_post("", id=post.id, kind=PostKind.DELETE))
    assert card(desk, case).is_deleted


def test_earlier_cases_of_the_customer_and_those_that_are_open(desk: TestDesk):
    old = desk.post("long ago")
    desk.pass_time("11m")
    first, second = desk.post("my bag"), desk.post("my hat")
    desk.post("somebody else's", by="@joe")
    facts = card(desk, second)
    assert facts.earlier_cases == 2
    assert [one.case for one in facts.nearby] == [first, old]
    desk.closings.no_reply(first, by=ANN)
    assert [one.case for one in card(desk, second).nearby] == [old]
    assert card(desk, old).earlier_cases == 0


def test_a_card_that_stands_is_drawn_anew_for_the_next_case_of_its_author(desk: TestDesk) -> None:
    """They name each other, the older one too, however old it is."""

    def wanted() -> int:
        card = desk.outbox("card:1001:service")
        assert card is not None
        return card.wanted

    desk.post("my bag")
    as_it_came = wanted()
    desk.post("the weather", by="@joe")
    assert wanted() == as_it_came

    desk.post("and my umbrella")
    assert wanted() == as_it_came + 1

    desk.pass_time("11d")
    desk.post("and my hat")
    assert wanted() == as_it_came + 2


def test_the_last_reply_that_was_not_dropped(desk: TestDesk):
    case = desk.post()
    reply = desk.answer(case)
    other = desk.replies.submit(case, "more", by=ANN, once="2")
    desk.replies.undo(other.key, by=ANN)
    shown = card(desk, case).reply
    assert shown
    assert (shown.key, shown.state) == (reply.key, ReplyState.SENT)


def test_a_follower_sees_its_ask_and_the_way_to_the_card(desk: TestDesk, office: Office):
    desk.put("workspace", {"url": "https://nw.slack.com/", "bot": "UBOT", "team": "T"})
    case = desk.post("I want to buy ten")
    office.settle()
    facts = card(desk, case, "marketing")
    assert not facts.is_owner
    assert facts.ask
    assert facts.ask.department == "marketing"
    assert facts.link
    assert facts.link.startswith("https://nw.slack.com/archives/C-SALES/p")
    assert card(desk, case, SALES).link is None


def test_triage_has_a_button_for_each_department_with_a_queue(desk: TestDesk):
    facts = card(desk, desk.post("a mystery"), "triage")
    keys = [one.key for one in facts.choices]
    assert keys == ["service", "sales", "marketing", "technical", "pr"]


def test_a_closed_department_says_when_it_opens_and_who_covers(desk: TestDesk):
    desk.department("service", hours=NINE_TO_FIVE, cover="sales")
    assert card(desk, desk.post()).opens_at is None
    desk.pass_time("10h")
    facts = card(desk, desk.post())
    assert facts.opens_at
    assert facts.opens_at.hour == 9
    assert facts.cover
    assert facts.cover.key == "sales"


def test_a_ping_says_whose_promise_broke_and_who_could_have_kept_it(desk: TestDesk):
    case = desk.post()
    desk.pass_and_watch("61m")
    (ping,) = contents(desk, case, Kind.PING)
    assert isinstance(ping, PingFacts)
    assert (ping.people, ping.settled, ping.acknowledged_by) == ((CEM,), "", None)
    assert ping.run
    assert ping.run.promise is Promise.FIRST_RESPONSE
    assert (ping.times, ping.names) == (1, {})


def test_a_ping_shows_that_somebody_has_it_and_that_nothing_is_to_be_done(desk: TestDesk):
    case = desk.post()
    desk.pass_and_watch("61m")
    run = desk.clocks(case)[Promise.FIRST_RESPONSE]
    desk.watch.acknowledge(case, run.name, by=CEM)
    (ping,) = contents(desk, case, Kind.PING)
    assert isinstance(ping, PingFacts)
    assert (ping.acknowledged_by, ping.acknowledged_at) == (CEM, desk.now)
    desk.answer(case)
    (ping,) = contents(desk, case, Kind.PING)
    assert isinstance(ping, PingFacts)
    assert ping.settled == "answered"


def test_a_warning_names_the_owner(desk: TestDesk):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    desk.pass_time("45m", sweep=True)
    (warning,) = contents(desk, case, Kind.WARNING)
    assert isinstance(warning, WarningFacts)
    assert (warning.to, warning.run.promise) == ((ANN,), Promise.FIRST_RESPONSE)


def test_a_note_brings_the_post_the_reply_and_the_question_it_is_about(desk: TestDesk):
    case = desk.post("bag", conversation="t")
    desk.pass_time("1m")
    desk.post("red", conversation="t")
    desk.answer(case)
    desk.questions.ask_person(case, TOM, "have you seen it?", by=ANN)
    notes = {
        note.say: note for note in contents(desk, case, Kind.NOTE) if isinstance(note, NoteFacts)
    }
    assert notes["follow_up"].post
    assert notes["follow_up"].post.text == "red"
    assert notes["reply_delivered"].reply
    assert notes["question"].question
    assert notes["question"].question.question == "have you seen it?"


def test_a_card_at_a_department_it_has_left_still_says_where_it_went(desk: TestDesk):
    case = desk.post()
    desk.hand_offs.to_department(case, TECHNICAL, "please", by=BEN)
    facts = card(desk, case, SERVICE)
    assert not facts.is_owner
    assert facts.department.key == TECHNICAL
    assert facts.case.hand_off


def test_everybody_who_follows_is_there(desk: TestDesk):
    assert {ask.department for ask in card(desk, desk.post("buy"), SALES).asks} == {"marketing"}
