"""The admins' rules: who gets a post, why, and what a change of rules would do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conditions import Facts
from bot.domain.errors import BadQuery
from bot.domain.ids import TRIAGE, DepartmentKey
from bot.domain.post import Author, Post, Priority
from bot.domain.routing import Rule, RuleBook, diff

SALES, SERVICE, TECHNICAL = map(DepartmentKey, ["sales", "service", "technical"])


def post(text: str, language: str = "en") -> Facts:
    return Facts(Post("x", "1", text, Author("jane")), language)


def book(*rules: tuple[DepartmentKey, str]) -> RuleBook:
    return RuleBook(tuple(Rule(department, when) for department, when in rules))


DESK = book((SERVICE, "words:refund lang:nl"), (SERVICE, "words:refund"), (SALES, "words:buy,app"))


def test_the_first_rule_that_matches_decides() -> None:
    route = DESK.route(post("Refund my app"))

    assert (route.department, route.rule) == (SERVICE, 2)
    assert route.matched == "words refund"
    assert route.reason == "rule 2 (words refund)"


def test_a_post_that_no_rule_matches_goes_to_triage() -> None:
    route = DESK.route(post("Hello"))

    assert (route.department, route.rule) == (TRIAGE, None)
    assert (route.also, route.priority, route.reason) == ((), None, "no rule matched")


def test_the_default_may_be_another_department() -> None:
    assert RuleBook(default=SALES).route(post("Hello")).department == SALES


def test_a_rule_says_how_urgent_it_is_and_who_follows() -> None:
    rule = Rule(
        SERVICE, "refund", also=(SALES, SERVICE, SALES, TECHNICAL), priority=Priority.URGENT
    )

    route = RuleBook((rule,)).route(post("refund"))

    assert route.also == (SALES, TECHNICAL)
    assert route.priority is Priority.URGENT


@pytest.mark.parametrize("when", ["lang:", "colour:red", "sentiment:negative", "lang:dutch"])
def test_a_rule_that_cannot_be_read_cannot_be_made(when: str) -> None:
    with pytest.raises(BadQuery):
        Rule(SERVICE, when)


def test_a_changed_book_is_a_new_one() -> None:
    rule = Rule(TECHNICAL, "words:app")

    changed = DESK.add(rule)

    assert len(DESK.rules) == 3
    assert changed.rules[3] is rule
    assert changed.remove(4) == DESK


@pytest.mark.parametrize(
    ("position", "to", "order"),
    [(1, 3, "BCA"), (3, 1, "CAB"), (2, 2, "ABC"), (1, 2, "BAC")],
)
def test_a_moved_rule_stands_at_its_new_position(position: int, to: int, order: str) -> None:
    letters = RuleBook(tuple(Rule(DepartmentKey(letter), "") for letter in "ABC"))

    moved = letters.move(position, to)

    assert "".join(rule.department for rule in moved.rules) == order


@pytest.mark.parametrize("position", [-1, 0, 4])
def test_a_rule_that_is_not_there_is_refused(position: int) -> None:
    for change in (
        lambda: DESK.remove(position),
        lambda: DESK.move(position, 1),
        lambda: DESK.move(1, position),
        lambda: DESK.shadowed_by(position),
    ):
        with pytest.raises(BadQuery, match=f"rule {position}: there is no such rule"):
            change()


def test_every_rule_explains_itself_and_a_hidden_one_names_what_hides_it() -> None:
    verdicts = DESK.explain(post("Refund my app"))

    assert [(verdict.position, verdict.matched, verdict.why) for verdict in verdicts] == [
        (1, False, "fails lang:nl"),
        (2, True, "words refund"),
        (3, True, "words app; rule 2 hides this one"),
    ]


def test_a_rule_after_a_wider_one_is_in_its_shadow() -> None:
    rules = book((SERVICE, "words:refund,voucher"), (SALES, "words:buy"), (SALES, "refund lang:nl"))

    assert [rules.shadowed_by(position) for position in (1, 2, 3)] == [None, None, 1]


def test_a_change_tells_what_would_have_moved() -> None:
    posts = [post("buy"), post("the app"), post("my app"), post("refund"), post("hello")]
    after = DESK.add(Rule(TECHNICAL, "words:app,hello")).move(4, 1)

    moves = diff(DESK, after, posts)

    assert moves.moved == {(SALES, TECHNICAL): 2, (TRIAGE, TECHNICAL): 1}
    assert (moves.total, moves.out_of(SALES), moves.out_of(SERVICE)) == (3, 2, 0)
    assert moves.hidden_by == []


def test_a_new_rule_whose_posts_others_take_is_called_hidden() -> None:
    after = DESK.add(Rule(TECHNICAL, "words:app,refund"))

    moves = diff(DESK, after, [post("app"), post("refund")])

    assert moves.total == 0
    assert moves.hidden_by == ["rule 2 hides rule 4", "rule 3 hides rule 4"]


def test_a_rule_that_a_new_one_silences_is_called_hidden() -> None:
    after = DESK.add(Rule(TECHNICAL, "words:buy,app,phone")).move(4, 1)

    assert diff(DESK, after, [post("buy"), post("app")]).hidden_by == ["rule 1 hides rule 4"]


def test_a_new_rule_in_the_shadow_of_another_is_called_hidden_without_any_posts() -> None:
    after = DESK.add(Rule(TECHNICAL, "words:buy lang:de"))

    assert diff(DESK, after, []).hidden_by == ["rule 3 hides rule 4"]


def test_a_rule_that_never_decided_anything_is_not_called_hidden_by_a_change() -> None:
    after = DESK.add(Rule(TECHNICAL, "words:phone"))

    assert diff(DESK, after, [post("refund", "nl")]).hidden_by == []


def test_nothing_moves_between_a_book_and_itself() -> None:
    moves = diff(DESK, DESK, [post("buy"), post("refund")])

    assert (moves.total, moves.hidden_by) == (0, [])


whens = st.sampled_from(["", "refund", "buy", "lang:nl", "-lang:nl", "refund lang:nl", "app,buy"])
rules = st.lists(st.builds(Rule, st.sampled_from([SALES, SERVICE, TECHNICAL]), whens), max_size=5)
posts = st.builds(
    post, st.sampled_from(["refund", "buy app", "app", "hi"]), st.sampled_from(["nl", "en"])
)


@given(rules, posts)
def test_the_deciding_rule_is_the_first_whose_verdict_is_a_match(
    rules: list[Rule], facts: Facts
) -> None:
    rulebook = RuleBook(tuple(rules))

    matched = [verdict.position for verdict in rulebook.explain(facts) if verdict.matched]

    assert rulebook.route(facts).rule == next(iter(matched), None)


@given(rules, posts)
def test_a_rule_in_a_shadow_never_decides(rules: list[Rule], facts: Facts) -> None:
    rulebook = RuleBook(tuple(rules))

    decided = rulebook.route(facts).rule

    assert decided is None or rulebook.shadowed_by(decided) is None
