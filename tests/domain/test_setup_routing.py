"""routing.toml: rules read, written back, and what is wrong with them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.department import Department
from bot.domain.errors import Broken
from bot.domain.ids import TRIAGE, DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule, RuleBook
from bot.domain.setup import routing_document, routing_from

SALES, SERVICE, LEGAL = (DepartmentKey(key) for key in ("sales", "service", "legal"))
KNOWN = (
    Department(SALES, "Sales", "#care-sales"),
    Department(SERVICE, "Customer service", "#care-service"),
    Department(TRIAGE, "Triage", "#care-triage"),
    Department(LEGAL, "Legal", "", has_queue=False),
)

OWNERS = st.sampled_from([SALES, SERVICE, TRIAGE])
RULES = st.builds(
    Rule,
    department=OWNERS,
    when=st.sampled_from(
        ["", "words:refund,voucher lang:nl", 'words:"lost bag" -followers:>10k', "is:unclaimed"]
    ),
    also=st.lists(OWNERS, max_size=2).map(tuple),
    priority=st.none() | st.sampled_from(Priority),
)


def faults(document: dict[str, object]) -> list[str]:
    with pytest.raises(Broken) as refusal:
        routing_from(document, KNOWN)
    return refusal.value.faults


def test_a_file_without_rules_sends_everything_to_triage() -> None:
    assert routing_from({}, KNOWN) == RuleBook((), TRIAGE)


def test_everything_that_a_rule_may_say_arrives() -> None:
    table = {
        "department": "service",
        "when": "refund lang:NL",
        "also": ["sales"],
        "priority": "urgent",
    }
    book = routing_from({"default": "sales", "rule": [table]}, KNOWN)
    assert book == RuleBook(
        (Rule(SERVICE, "words:refund lang:NL", (SALES,), Priority.URGENT),), SALES
    )


@given(st.builds(RuleBook, st.lists(RULES, max_size=4).map(tuple), OWNERS))
@settings(max_examples=50, deadline=None)
def test_a_book_that_is_written_down_reads_back_the_same(book: RuleBook) -> None:
    written = json.loads(json.dumps(routing_document(book)))
    assert routing_from(written, KNOWN) == book
    assert routing_document(routing_from(written, KNOWN)) == written


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"department": "sale"}, "department: no department has the key “sale”; did you mean “sa"),
        ({"department": "legal"}, "department: “legal” has no queue"),
        ({"also": [{"department": "nobody"}]}, "also: no department has the key “nobody”"),
        ({"also": [{"department": "sales", "asks": "x"}]}, 'also: write {department = "sales"'),
        ({"also": ["nobody"]}, "also: no department has the key “nobody”; known: sales, service,"),
        ({"also": "sales"}, "also: write a list in square brackets"),
        ({"priority": "urgnt"}, "priority: “urgnt” means nothing here; did you mean “urgent”?"),
        ({"when": "wrds:refund"}, "when: wrds: no such condition; did you mean words?"),
        ({"when": "sentiment:angry"}, "when: sentiment: this desk cannot find it yet;"),
        ({"when": 'words:"refund'}, 'when: words:"refund: a quote is opened and never closed'),
        ({"when": ["refund"]}, "when: write a text in quotes"),
        ({"whem": "refund"}, "whem: no such key here; did you mean “when”?"),
    ],
)
def test_a_mistake_is_told_with_its_rule_and_key(change: dict[str, object], fault: str) -> None:
    told = faults({"rule": [{"department": "sales", "when": "lang:nl"} | change]})
    owner = change.get("department", "sales")
    assert len(told) == 1
    assert told[0].startswith(f"routing.toml: rule 1 ({owner}): {fault}")


def test_a_default_without_a_queue_is_no_default() -> None:
    assert faults({"default": "legal"}) == [
        "routing.toml: default: “legal” has no queue; write one of sales, service, triage"
    ]


def test_a_desk_without_triage_has_to_name_its_default() -> None:
    with pytest.raises(Broken, match=r"routing.toml: default: no department has the key “triage”"):
        routing_from({}, KNOWN[:2])


def test_every_mistake_of_every_rule_is_told_at_once() -> None:
    told = faults({"defualt": "sales", "rule": [{}, {"department": "x", "when": "lang:?"}]})
    assert [fault.split(": ")[1:3] for fault in told] == [
        ["rule 1", "department"],
        ["rule 1", "when"],
        ["rule 2 (x)", "department"],
        ["rule 2 (x)", "when"],
        ["defualt", "no such key here; did you mean “default”?"],
    ]


def test_a_follower_is_a_key_or_a_table_with_what_it_is_asked() -> None:
    also = ["service", {"department": "triage", "ask": "follow  up the lead"}]
    document = {"rule": [{"department": "sales", "when": "words:buy", "also": also}]}

    [rule] = routing_from(document, KNOWN).rules

    assert rule.also == (SERVICE, TRIAGE)
    assert (rule.ask_of(SERVICE), rule.ask_of(TRIAGE)) == ("", "follow up the lead")
    assert routing_from(routing_document(RuleBook((rule,))), KNOWN).rules == (rule,)
