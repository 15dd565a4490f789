"""What a following department is asked: said by a rule or a person, listed, done, taken back."""

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import CaseIsSolved, NoAskOpen, NothingToChange, NotMember
from bot.domain.facts import NoteFacts
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import MessageState
from bot.domain.post import Priority
from bot.domain.timeline import What
from bot.services.contents import card_facts, content_of
from tests.company import ANN, BEN, DORA, MARKETING, SALES, SERVICE, SUE, TECHNICAL, TOM
from tests.desk import TestDesk

LEAD = "follow up the lead"


def asks_of(desk: TestDesk, who: MemberId = SUE) -> list[tuple[CaseId, str, str]]:
    asked = desk.boards.mine(by=who).asked
    return [(one.ask.case, one.ask.department, one.ask.ask) for one in asked.lines]


def asked_aloud(desk: TestDesk) -> list[tuple[str, object, object]]:
    """Lines in a channel whose card of the case stands there already, so that nobody sees it."""
    with desk.reading() as tx:
        queued = tx.outbox.in_state(MessageState.QUEUED, limit=1000)
    told = (one for one in queued if one.args.get("say") == "asked_more")
    return [(one.place, one.args["by"], one.args["ask"]) for one in told]


def by_rule(desk: TestDesk, text: str = "ten tablets") -> CaseId:
    also = [{"department": "sales", "ask": LEAD}, "marketing"]
    desk.rules({"department": "technical", "when": "words:tablets", "also": also})
    return desk.post(text)


# Who asks


def test_a_rule_says_what_each_follower_is_asked(desk: TestDesk) -> None:
    number = by_rule(desk)

    with desk.reading() as tx:
        asks = {ask.department: ask.ask for ask in tx.asks.of_case(number)}
    assert asks == {SALES: LEAD, MARKETING: ""}
    with desk.kernel.look() as work:
        ask = card_facts(work, work.case(number), SALES).ask
    assert ask
    assert ask.ask == LEAD


def test_a_person_asks_another_department_along(desk: TestDesk) -> None:
    number = desk.post("ten tablets?")

    desk.casework.also(number, SALES, LEAD, by=ANN)

    assert asks_of(desk) == [(number, SALES, LEAD)]
    [asked] = desk.boards.queue(SALES, by=SUE).asked.lines
    assert (asked.ask.asked_by, asked.line.post.text) == (ANN, "ten tablets?")
    assert desk.cards(number) == {SERVICE, SALES}
    assert desk.whats(number)[-1] is What.FOLLOWED
    assert desk.case(number).department == SERVICE


def test_departments_are_read_by_their_names(desk: TestDesk) -> None:
    desk.department("sales", name="Sales and offers")
    number = desk.post("ten tablets?")
    desk.casework.also(number, SALES, LEAD, by=ANN)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.hand_offs.give_back(number, by=TOM, why="no")

    events = {event.what: event.data for event in desk.boards.case(number, by=ANN).events}
    assert events[What.OPENED]["department"] == "Customer service"
    assert events[What.HANDED_OFF]["to"] == "Technical support"
    with desk.kernel.look() as work:
        card = card_facts(work, work.case(number), SERVICE)
        [returned, _] = (
            content_of(work, one)
            for one in work.tx.outbox.in_state(MessageState.QUEUED, limit=100)
            if one.args.get("say") == "returned"
        )
        technical = work.setup.department(TECHNICAL).name
    assert card.named(SALES) == "Sales and offers"
    assert isinstance(returned, NoteFacts)
    assert returned.args["origin"] == technical != TECHNICAL
    desk.answer(number)
    solved = desk.closings.solve(number, "", by=ANN)
    assert solved.names == {SALES: "Sales and offers"}


def test_a_second_ask_stands_beside_the_first(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)
    desk.casework.also(number, SALES, "send the prices", by=BEN)

    assert asks_of(desk) == [(number, SALES, f"{LEAD}; send the prices")]
    assert asked_aloud(desk) == [("department:sales", BEN, "send the prices")]
    with pytest.raises(NothingToChange, match="already"):
        desk.casework.also(number, SALES, LEAD, by=ANN)


def test_only_its_department_asks_others_along_and_never_itself(desk: TestDesk) -> None:
    number = desk.post()
    with pytest.raises(NotMember):
        desk.casework.also(number, SALES, LEAD, by=TOM)
    with pytest.raises(NothingToChange, match="itself"):
        desk.casework.also(number, SERVICE, LEAD, by=ANN)
    desk.closings.no_reply(number, by=ANN)
    with pytest.raises(CaseIsSolved):
        desk.casework.also(number, SALES, LEAD, by=ANN)


# Where they are listed


def test_asks_are_listed_to_the_department_the_urgent_first(desk: TestDesk) -> None:
    calm, urgent = desk.post("calm"), desk.post("urgent", priority=Priority.URGENT)
    for number in (calm, urgent):
        desk.casework.also(number, SALES, LEAD, by=ANN)

    assert [number for number, _, _ in asks_of(desk)] == [urgent, calm]
    assert asks_of(desk, ANN) == []
    assert desk.boards.queue(MARKETING, by=SUE).asked.total == 0


def test_what_is_done_is_listed_no_more(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)

    desk.casework.done(number, SALES, by=SUE)

    assert asks_of(desk) == []
    assert asked_aloud(desk) == []
    desk.casework.also(number, SALES, "once more", by=ANN)
    assert asks_of(desk) == [(number, SALES, "once more")]
    assert asked_aloud(desk) == [("department:sales", ANN, "once more")]


def test_many_asks_are_counted_beyond_those_that_are_shown(desk: TestDesk) -> None:
    for n in range(12):
        desk.casework.also(desk.post(f"bag {n}"), SALES, LEAD, by=ANN)

    asked = desk.boards.mine(by=SUE).asked
    assert (len(asked.lines), asked.total) == (10, 12)


def test_a_case_opens_from_the_list_as_the_follower_sees_it(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)

    assert desk.boards.case(number, by=SUE).card.shown_in == SALES
    assert desk.boards.case(number, by=ANN).card.shown_in == SERVICE


# When the case ends


def test_words_outlive_a_solved_case_and_following_along_does_not(desk: TestDesk) -> None:
    number = by_rule(desk)

    solved = desk.closings.solve(number, "sent the list", by=TOM)

    assert [ask.ask for ask in solved.open_asks] == ["", LEAD]
    assert asks_of(desk) == [(number, SALES, LEAD)]
    with desk.kernel.look() as work:
        case = work.case(number)
        assert card_facts(work, case, SALES).ask_waits
        assert not card_facts(work, case, MARKETING).ask_waits
    desk.casework.done(number, SALES, by=SUE)
    assert asks_of(desk) == []


def test_nothing_is_asked_about_a_case_that_needs_no_reply(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)

    desk.closings.no_reply(number, by=ANN)
    assert asks_of(desk) == []

    desk.closings.reopen(number, by=ANN)
    assert asks_of(desk) == [(number, SALES, LEAD)]


def test_an_ask_rests_while_its_department_is_offered_the_case(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)

    desk.hand_offs.to_department(number, SALES, "yours", by=ANN)
    assert asks_of(desk) == []

    desk.hand_offs.give_back(number, by=SUE)
    assert asks_of(desk) == [(number, SALES, LEAD)]


# Taken back


def test_an_ask_is_taken_back_and_its_card_says_so(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, SALES, LEAD, by=ANN)
    wanted = desk.messages(number, Kind.CARD)[1].wanted

    desk.casework.take_ask_back(number, SALES, by=DORA)

    assert asks_of(desk) == []
    with desk.kernel.look() as work:
        facts = card_facts(work, work.case(number), SALES)
    assert (facts.ask, facts.was_asked) == (None, True)
    assert desk.messages(number, Kind.CARD)[1].wanted > wanted
    with pytest.raises(NoAskOpen):
        desk.casework.done(number, SALES, by=SUE)
    with pytest.raises(NoAskOpen):
        desk.casework.take_ask_back(number, SALES, by=ANN)
    with pytest.raises(NotMember):
        desk.boards.case(number, by=SUE)


def test_only_its_department_takes_an_ask_back(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.also(number, TECHNICAL, LEAD, by=ANN)
    with pytest.raises(NotMember):
        desk.casework.take_ask_back(number, TECHNICAL, by=TOM)
