"""Two cases that belong together: linked, merged, and taken apart again."""

from datetime import datetime

import pytest

from bot.domain.ask import Ask
from bot.domain.errors import CaseIsSolved, NoSuchCase, NothingToChange, NotMember
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, BEN, CEM, EVE, SALES, SUE, TECHNICAL, TOM, TRIAGE
from tests.desk import TestDesk


def linked(desk: TestDesk, number: CaseId) -> list[CaseId]:
    with desk.reading() as tx:
        return tx.case_links.of(number)


# Linked


def test_linked_cases_name_each_other_and_stay_as_they_are(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    before = (desk.running(jane), desk.running(amy))

    desk.merging.link(amy, jane, by=ANN)

    assert (linked(desk, jane), linked(desk, amy)) == ([amy], [jane])
    assert (desk.running(jane), desk.running(amy)) == before
    assert desk.whats(jane)[-1] is desk.whats(amy)[-1] is What.CASE_LINKED


def test_a_link_is_taken_back_from_either_side(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    desk.merging.link(jane, amy, by=ANN)

    desk.merging.unlink(amy, jane, by=ANN)

    assert linked(desk, jane) == linked(desk, amy) == []
    assert desk.whats(amy)[-1] is What.CASE_UNLINKED
    with pytest.raises(NothingToChange, match="not linked"):
        desk.merging.unlink(amy, jane, by=ANN)


def test_a_case_is_linked_once_and_never_to_itself(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    desk.merging.link(jane, amy, by=ANN)

    with pytest.raises(NothingToChange, match="linked already"):
        desk.merging.link(amy, jane, by=ANN)
    with pytest.raises(NothingToChange, match="another one"):
        desk.merging.link(jane, jane, by=ANN)
    with pytest.raises(NoSuchCase):
        desk.merging.link(jane, CaseId(9), by=ANN)


def test_whoever_links_may_see_both(desk: TestDesk) -> None:
    service, technical = desk.post(), desk.post("the app is broken")

    for stranger in (ANN, TOM, SUE):
        with pytest.raises(NotMember):
            desk.merging.link(service, technical, by=stranger)


# Merged


def due(desk: TestDesk, number: CaseId) -> datetime | None:
    with desk.reading() as tx:
        run = tx.promises.next_due(number)
    return run.due_at if run else None


def words(desk: TestDesk, number: CaseId) -> list[str]:
    with desk.reading() as tx:
        return [stored.post.text for stored in tx.posts.of_case(number)]


def test_the_earlier_deadline_and_the_higher_priority_go_on(desk: TestDesk) -> None:
    old = desk.post("my bag", priority=Priority.URGENT)
    earlier = due(desk, old)
    desk.pass_time("50m")
    fresh = desk.post("and my seat")

    desk.merging.merge(old, fresh, by=ANN)

    assert due(desk, fresh) == earlier
    assert desk.case(fresh).priority is Priority.URGENT
    assert words(desk, fresh) == ["my bag", "and my seat"]
    assert desk.notes(fresh).count("merged_word") == 1


def test_an_earlier_deadline_of_the_other_case_stays(desk: TestDesk) -> None:
    old = desk.post()
    earlier = due(desk, old)
    desk.pass_time("50m")
    fresh = desk.post()

    desk.merging.merge(fresh, old, by=ANN)

    assert due(desk, old) == earlier


def test_an_escalation_goes_on_where_the_case_goes_on(desk: TestDesk) -> None:
    desk.rota({"person": "cem@example.com"}, {"person": "ben@example.com", "level": 2})
    late = desk.post(priority=Priority.URGENT)
    desk.pass_and_watch("1h")
    fresh = desk.post()

    desk.merging.merge(late, fresh, by=ANN)
    assert [people for _, people in desk.pings(fresh)] == [[CEM]]

    desk.pass_and_watch("10m")
    assert [people for _, people in desk.pings(fresh)] == [[CEM], [BEN]]


def test_what_somebody_acknowledged_is_acknowledged_there_too(desk: TestDesk) -> None:
    late = desk.post()
    desk.pass_and_watch("1h")
    matter = desk.clocks(late)[Promise.FIRST_RESPONSE].name
    desk.watch.acknowledge(late, matter, by=CEM)
    fresh = desk.post()

    desk.merging.merge(late, fresh, by=ANN)
    desk.pass_and_watch("9m")

    assert desk.pings(fresh) == []


def test_cases_of_two_customers_are_linked_and_stay_two(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")

    done = desk.merging.merge(jane, amy, by=ANN)

    assert done.is_linked
    assert desk.case(jane).is_open
    assert linked(desk, jane) == [amy]
    assert words(desk, amy) == ["where is my bag?"]


# Taken apart


def test_a_merged_case_is_split_again_with_its_own_clock(desk: TestDesk) -> None:
    old = desk.post("my bag", priority=Priority.URGENT)
    desk.casework.claim(old, by=BEN)
    desk.pass_time("20m")
    fresh = desk.post("and my seat")
    before = {number: due(desk, number) for number in (old, fresh)}
    desk.merging.merge(old, fresh, by=ANN)
    desk.pass_time("10m")

    desk.merging.split(old, by=ANN)

    assert {number: due(desk, number) for number in (old, fresh)} == before
    assert (words(desk, old), words(desk, fresh)) == (["my bag"], ["and my seat"])
    assert desk.case(old).assignee == BEN
    assert desk.case(fresh).priority is Priority.NORMAL
    assert desk.whats(fresh)[-1] is What.SPLIT


def test_what_was_answered_in_between_was_answered_for_both(desk: TestDesk) -> None:
    old = desk.post("my bag")
    fresh = desk.post("and my seat")
    desk.merging.merge(old, fresh, by=ANN)
    desk.answer(fresh)

    desk.merging.split(old, by=ANN)

    for number in (old, fresh):
        assert desk.running(number) == {Promise.RESOLUTION}
        assert desk.case(number).waiting_since


def test_a_case_in_the_middle_takes_its_own_words_along(desk: TestDesk) -> None:
    first, second, third = desk.post("one"), desk.post("two"), desk.post("three")
    desk.merging.merge(first, second, by=ANN)
    desk.merging.merge(second, third, by=ANN)

    desk.merging.split(first, by=ANN)
    assert (words(desk, first), words(desk, third)) == (["one"], ["two", "three"])

    desk.merging.split(second, by=ANN)
    assert (words(desk, second), words(desk, third)) == (["two"], ["three"])


def test_a_case_that_is_merged_already_is_not_merged_again(desk: TestDesk) -> None:
    first, second = desk.post("my bag", conversation="a"), desk.post("and now", conversation="b")
    desk.merging.merge(second, first, by=ANN)

    with pytest.raises(CaseIsSolved) as refused:
        desk.merging.merge(second, first, by=ANN)

    assert refused.value.into == first
    assert linked(desk, first) == []


def test_only_a_merged_case_is_split(desk: TestDesk) -> None:
    open_case, closed = desk.post(), desk.post()
    desk.closings.no_reply(closed, by=ANN)

    for number in (open_case, closed):
        with pytest.raises(NothingToChange, match="not merged"):
            desk.merging.split(number, by=ANN)


def test_split_a_case_that_was_answered_elsewhere_still_waits_for_its_customer(
    desk: TestDesk,
) -> None:
    one, other = desk.post("my bag?"), desk.post("my refund?")
    desk.elsewhere.answered(one, None, by=ANN)
    answered_at = desk.now
    desk.pass_time("1m")
    desk.merging.merge(one, other, by=ANN)

    desk.merging.split(one, by=ANN)

    assert desk.case(one).waiting_since == answered_at
    assert desk.running(one) == {Promise.RESOLUTION}
    assert desk.running(other) == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}


def test_what_another_department_is_asked_goes_along_and_comes_back(desk: TestDesk) -> None:
    asking, other = desk.post("I would buy ten"), desk.post("I would buy one", by="@jane")
    with desk.work() as work:
        work.tx.asks.put(Ask(asking, TECHNICAL, "is it in stock?"))

    desk.merging.merge(asking, other, by=SUE)
    assert asked(desk, other)[TECHNICAL] == "is it in stock?"

    desk.merging.split(asking, by=SUE)
    assert TECHNICAL not in asked(desk, other)
    assert asked(desk, asking)[TECHNICAL] == "is it in stock?"


def asked(desk: TestDesk, number: CaseId) -> dict[DepartmentKey, str]:
    with desk.reading() as tx:
        return {ask.department: ask.ask for ask in tx.asks.of_case(number)}


def test_a_chain_is_split_from_its_end_as_well_as_from_its_beginning(desk: TestDesk) -> None:
    one, two, three = (desk.post(text) for text in ("my bag?", "my refund?", "my seat?"))
    desk.merging.merge(one, two, by=ANN)
    desk.merging.merge(two, three, by=ANN)

    desk.merging.split(two, by=ANN)
    desk.merging.split(one, by=ANN)

    for number, text in ((one, "my bag?"), (two, "my refund?"), (three, "my seat?")):
        assert [post.text for post in desk.boards.case(number, by=ANN).posts] == [text]
    assert desk.replies.draft(one, by=ANN).post.text == "my bag?"


def test_split_a_case_of_a_department_that_is_gone_stands_in_triage(desk: TestDesk) -> None:
    one, other = desk.post("I want to buy"), desk.post("buy, I said")
    desk.merging.merge(one, other, by=SUE)
    desk.administration.remove_department(SALES, by=EVE)
    desk.watch.sweep()

    desk.merging.split(one, by=EVE)

    assert desk.case(one).department == TRIAGE
