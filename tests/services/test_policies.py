"""Rules and promises: what a change would have done is told, before it is made and after."""

from dataclasses import replace

import pytest

from bot.domain.durations import parse_duration
from bot.domain.errors import (
    BadQuery,
    BotError,
    ChangedSince,
    NoQueue,
    NoSuchDepartment,
    NotAdmin,
    NoTimeToKeep,
    NotMember,
    TooLong,
)
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule
from bot.domain.sla import EVERY, Promise
from bot.services.policies import SlaOrder
from bot.views.sentences import sentence
from tests.company import ANN, BOB, EVE, SALES, SERVICE, TECHNICAL
from tests.desk import TestDesk

REFUNDS = Rule(TECHNICAL, "words:refund")


def rules(desk: TestDesk) -> list[tuple[str, str]]:
    return [(r.department, r.when) for r in desk.policies.rules(by=EVE).book.rules]


def first_within(department: DepartmentKey | None, length: str) -> SlaOrder:
    return SlaOrder(department or "*", Promise.FIRST_RESPONSE, parse_duration(length))


# Routing


def test_a_rule_takes_effect_at_once(desk: TestDesk):
    desk.policies.add_rule(REFUNDS, by=EVE)
    case = desk.case(desk.post("I want a refund"))
    assert (case.department, case.why) == (TECHNICAL, "rule 4 (words refund)")


def test_a_change_says_what_the_last_seven_days_would_have_been(desk: TestDesk):
    desk.post("refund, long ago")
    desk.pass_time("8d")
    for text in ("refund a", "refund b", "the app", "hello"):
        desk.post(text)
    change = desk.policies.add_rule(REFUNDS, by=EVE)
    assert change.posts == 4
    assert change.moves
    assert (change.moves.total, change.moves.out_of(SERVICE)) == (2, 2)
    assert change.number


def test_a_change_is_tried_on_as_many_posts_as_can_be_read_while_somebody_waits(
    desk: TestDesk,
):
    for number in range(12):
        desk.post(f"{number} {'我的行李丢了' * 10_000}", by=f"@c{number}")
    desk.pass_time("1m")
    for number in range(3):
        desk.post("the app is broken", by=f"@d{number}")

    assert desk.policies.add_rule(REFUNDS, by=EVE).posts == 3 + 8


def test_it_says_when_too_few_posts_tell_nothing(desk: TestDesk):
    desk.post("refund")
    assert desk.policies.add_rule(REFUNDS, by=EVE).posts == 1


def test_a_preview_changes_nothing(desk: TestDesk):
    before = rules(desk)
    desk.post("refund")
    preview = desk.policies.preview_rule(REFUNDS, by=EVE)
    assert preview.number is None
    assert preview.moves
    assert preview.moves.total == 1
    assert rules(desk) == before


def test_a_rule_that_an_earlier_one_hides_is_named(desk: TestDesk):
    change = desk.policies.add_rule(Rule(SALES, "words:app lang:nl"), by=EVE)
    assert change.warning == "rule 1 hides rule 4"


def test_rules_are_moved_and_removed_by_their_position(desk: TestDesk):
    desk.policies.move_rule(3, 1, by=EVE)
    assert [department for department, _ in rules(desk)] == ["triage", "technical", "sales"]
    desk.policies.remove_rule(2, by=EVE)
    assert [department for department, _ in rules(desk)] == ["triage", "sales"]
    with pytest.raises(BadQuery):
        desk.policies.remove_rule(3, by=EVE)
    with pytest.raises(BadQuery):
        desk.policies.move_rule(1, 0, by=EVE)


def test_what_no_rule_matches_goes_to_the_default(desk: TestDesk):
    change = desk.policies.set_default(SALES, by=EVE)
    assert desk.case(desk.post("hello")).department == SALES
    desk.administration.undo(change.number or 0, by=EVE)
    assert desk.case(desk.post("hello")).department == SERVICE


@pytest.mark.parametrize(("key", "refusal"), [("nowhere", NoSuchDepartment), ("legal", NoQueue)])
def test_no_post_is_sent_where_no_queue_is(desk: TestDesk, key: str, refusal: type[BotError]):
    department = DepartmentKey(key)
    with pytest.raises(refusal):
        desk.policies.set_default(department, by=EVE)
    with pytest.raises(refusal):
        desk.policies.add_rule(Rule(department, "words:x"), by=EVE)
    with pytest.raises(refusal):
        desk.policies.preview_rule(Rule(SALES, "words:x", also=(department,)), by=EVE)
    assert len(rules(desk)) == 3


def test_a_text_is_tried_against_every_rule(desk: TestDesk):
    desk.languages.known["mijn app is kapot"] = "nl"
    desk.policies.add_rule(Rule(SALES, "lang:nl"), by=EVE)
    tried = desk.policies.test_rule("mijn app is kapot", by=EVE)
    assert (tried.department.key, tried.reason) == (TECHNICAL, "rule 1 (words app)")
    assert [verdict.matched for verdict in tried.verdicts] == [True, False, False, True]
    assert "rule 1 hides this one" in tried.verdicts[3].why


def test_only_admins_see_and_change_rules(desk: TestDesk):
    for act in (
        lambda: desk.policies.rules(by=ANN),
        lambda: desk.policies.preview_rule(REFUNDS, by=ANN),
        lambda: desk.policies.add_rule(REFUNDS, by=ANN),
        lambda: desk.policies.remove_rule(99, by=ANN),
        lambda: desk.policies.move_rule(1, 99, by=ANN),
        lambda: desk.policies.set_default(DepartmentKey("nowhere"), by=ANN),
        lambda: desk.policies.test_rule("x", by=ANN),
        lambda: desk.policies.set_promise(first_within(None, "1h"), by=ANN),
        lambda: desk.policies.preview_promise(first_within(None, "1h"), by=ANN),
        lambda: desk.policies.set_warning(50, by=ANN),
    ):
        with pytest.raises(NotAdmin, match=EVE):
            act()


# Undo


def test_a_change_is_undone_by_its_number(desk: TestDesk):
    before = rules(desk)
    change = desk.policies.add_rule(REFUNDS, by=EVE)
    assert desk.administration.undo(change.number or 0, by=EVE).startswith("added a rule")
    assert rules(desk) == before


def test_what_newer_changes_stand_on_is_undone_after_them(desk: TestDesk):
    first = desk.policies.add_rule(REFUNDS, by=EVE).number or 0
    second = desk.policies.remove_rule(1, by=EVE).number or 0
    with pytest.raises(ChangedSince) as refused:
        desk.administration.undo(first, by=EVE)
    assert refused.value.newer == (second,)
    desk.administration.undo(second, by=EVE)
    desk.administration.undo(first, by=EVE)
    assert len(rules(desk)) == 3


# Promises


def test_a_change_says_how_many_were_late_and_would_have_been(desk: TestDesk):
    quick, slow = desk.post("quick"), desk.post("slow")
    desk.pass_time("10m")
    desk.answer(quick)
    desk.pass_time("20m")
    desk.answer(slow)
    preview = desk.policies.preview_promise(first_within(None, "20m"), by=EVE)
    assert (preview.cases, preview.late_before, preview.late_after) == (2, 0, 1)
    change = desk.policies.set_promise(first_within(None, "20m"), by=EVE)
    assert (change.cases, change.late_before, change.late_after) == (2, 0, 1)
    assert change.number


def test_what_is_paused_is_late_only_if_it_was_before(desk: TestDesk):
    case = desk.post()
    desk.pass_time("3h")
    desk.answer(case)
    desk.pass_time("2d")
    desk.closings.solve(case, "found", by=ANN)
    order = SlaOrder("*", Promise.RESOLUTION, parse_duration("2h"))
    change = desk.policies.preview_promise(order, by=EVE)
    assert (change.late_before, change.late_after) == (1, 2)  # the first response was late anyway


def test_a_promise_for_one_priority_leaves_the_others(desk: TestDesk):
    order = SlaOrder(
        "*", Promise.FIRST_RESPONSE, parse_duration("5m"), Priority.URGENT, business=False
    )
    desk.policies.set_promise(order, by=EVE)
    policy, departments = desk.policies.policy(by=ANN)
    urgent = policy.target_for(SERVICE, Priority.URGENT)
    assert str(urgent.durations[Promise.FIRST_RESPONSE]) == "5m"
    assert not urgent.business
    assert str(policy.target_for(SERVICE, Priority.LOW).durations[Promise.FIRST_RESPONSE]) == "1h"
    assert "legal" not in [one.key for one in departments]
    assert str(order) == "first response for *, urgent: 5m, round the clock"


def test_a_warning_comes_earlier(desk: TestDesk):
    desk.policies.set_warning(50, by=EVE)
    timers = desk.timers(desk.post())
    (warn,) = [at for name, at in timers.items() if name.startswith("first") and "warn" in name]
    assert (warn - desk.now).total_seconds() == 1800


def test_a_promise_of_nowhere_and_of_nothing_is_refused(desk: TestDesk):
    with pytest.raises(NoSuchDepartment):
        desk.policies.set_promise(first_within(DepartmentKey("nowhere"), "1h"), by=EVE)
    with pytest.raises(NoQueue):
        desk.policies.set_promise(first_within(DepartmentKey("legal"), "1h"), by=EVE)
    with pytest.raises(NoTimeToKeep):
        desk.policies.set_promise(first_within(None, "0m"), by=EVE)


@pytest.mark.parametrize("length", ["367d", "261bd", "3660bd"])
def test_a_promise_beyond_a_year_is_refused_with_the_longest_there_is(
    desk: TestDesk, length: str
) -> None:
    wanted = SlaOrder(EVERY, Promise.RESOLUTION, parse_duration(length))
    before = desk.policies.policy(by=EVE)
    for refused in (desk.policies.set_promise, desk.policies.preview_promise):
        with pytest.raises(TooLong) as refusal:
            refused(wanted, by=EVE)
    assert sentence(refusal.value) == (
        f"“{length}” is too long: at most 366d or 260bd. Write a shorter time."
    )
    assert desk.policies.policy(by=EVE) == before
    desk.policies.set_promise(replace(wanted, duration=parse_duration("260bd")), by=EVE)


def test_promises_are_seen_by_everybody_who_works_here(desk: TestDesk):
    assert desk.policies.policy(by=ANN)
    with pytest.raises(NotMember):
        desk.policies.policy(by=BOB)
