"""The posts of the deluge are what the benchmark says of them."""

from collections import Counter

import pytest

from benchmarks.ash_cloud import PEAK, arrivals, rules
from benchmarks.goals import at_least, at_most, none
from bot.domain.conditions import Facts
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule, RuleBook

POSTS = arrivals(1_000, seed=1)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return RuleBook(tuple(map(_rule, rules())), DepartmentKey("service"))


def _rule(table: dict[str, str]) -> Rule:
    priority = table.get("priority")
    department = DepartmentKey(table["department"])
    return Rule(department, table["when"], priority=Priority(priority) if priority else None)


def test_the_rules_find_out_what_each_post_is_about(book: RuleBook) -> None:
    for arrival in POSTS:
        route = book.route(Facts(arrival.post))
        assert route.department == arrival.department
        assert (route.priority or Priority.NORMAL) == arrival.severity


def test_the_shares_are_exact() -> None:
    assert Counter(one.severity for one in POSTS) == {"urgent": 50, "high": 150, "normal": 800}
    assert Counter(one.department for one in POSTS)["service"] == 500
    assert sum(one.at < PEAK for one in POSTS) == 600


def test_no_two_posts_are_one() -> None:
    assert len({one.post.key for one in POSTS}) == len(POSTS)


def test_a_goal_is_kept_or_it_is_not() -> None:
    assert at_most("late", 5.0, 5).is_met
    assert not at_most("late", 5.1, 5).is_met
    assert not at_least("times later", 99, 100).is_met
    assert str(none("lost", 3)) == "NO   lost: 3"
