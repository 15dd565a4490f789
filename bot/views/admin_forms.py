"""Forms that change the rules of the desk: routing, and what customers are promised."""

import re
from collections.abc import Sequence

from bot.domain.boards import RuleChange, SlaChange
from bot.domain.department import Department
from bot.domain.ids import TRIAGE, DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule
from bot.domain.setup_routing import LONGEST_ASK
from bot.domain.sla import Promise
from bot.views.blocks import (
    input_block,
    listed,
    modal,
    options,
    section,
    select,
    static_select,
    text_input,
)
from bot.views.ids import EVERY, Field, Form
from bot.views.limits import Block
from bot.views.phrases import PROMISES, mark
from bot.views.rules import change_told, promise_told


def routing_form(departments: Sequence[Department]) -> Block:
    """A rule to add; what it would have done is seen before it is saved."""
    owners = options((one.name, one.key) for one in departments if one.key != TRIAGE)
    also = select("multi_static_select", Field.ALSO, "Departments", **listed(owners))
    conditions = text_input(Field.CONDITIONS, placeholder="words:refund,voucher lang:nl")
    return modal(
        "Add a rule",
        [
            input_block(
                Field.CONDITIONS,
                "Posts with",
                conditions,
                "A space is and, a comma is or, - is not.",
            ),
            input_block(
                Field.DEPARTMENT, "go to", static_select(Field.DEPARTMENT, owners, "Department")
            ),
            input_block(Field.ALSO, "and are followed by", also, optional=True),
            input_block(
                Field.TEXT,
                "who are asked to",
                text_input(Field.TEXT, placeholder="follow up the lead", max_length=LONGEST_ASK),
                optional=True,
            ),
            _priority("with priority"),
        ],
        "Preview",
        Form.ROUTING,
        "add",
    )


def routing_preview(change: RuleChange, rule: Rule) -> Block:
    """The rule and how the last days would have gone with it; carried as it would be typed."""
    return modal(
        "Save this rule?",
        [section(line) for line in change_told(change)],
        "Save",
        Form.ROUTING_PREVIEW,
        typed(rule),
    )


def typed(rule: Rule) -> str:
    """The rule as `/routing add` takes it."""
    priority = f"set-priority:{rule.priority}" if rule.priority else ""
    also = f"also:{','.join(_follower(rule, key) for key in rule.also)}" if rule.also else ""
    return " ".join(part for part in (rule.department, rule.when, priority, also) if part)


def _follower(rule: Rule, key: DepartmentKey) -> str:
    ask = re.sub(r'["\\]', r"\\\g<0>", rule.ask_of(key))
    return f'{key}="{ask}"' if ask else key


def sla_form(departments: Sequence[Department]) -> Block:
    """One promise, for whom, and in which hours; seen at work before it is saved."""
    every = [("All departments", EVERY), *((one.name, one.key) for one in departments)]
    promises = [(PROMISES[promise].capitalize(), promise) for promise in Promise]
    hours = [("in the department's hours", "business"), ("round the clock", "always")]
    length = text_input(Field.LENGTH, placeholder="1h", max_length=20)
    return modal(
        "Set a promise",
        [
            _choice(Field.DEPARTMENT, "For", every, EVERY),
            _choice(Field.PROMISE, "the", promises, Promise.FIRST_RESPONSE),
            input_block(Field.LENGTH, "comes within", length, "Like 20m, 1h, 1d or 1bd."),
            _choice(Field.HOURS, "counted", hours, optional=True),
            _priority("for cases of priority"),
        ],
        "Preview",
        Form.SLA,
        "set",
    )


def sla_preview(change: SlaChange, typed: str) -> Block:
    """The promise and how the last days would have gone with it; carried as it would be typed."""
    return modal(
        "Save this promise?",
        [section(line) for line in promise_told(change)],
        "Save",
        Form.SLA_PREVIEW,
        typed,
    )


def _priority(label: str) -> Block:
    return _choice(
        Field.PRIORITY, label, [(mark(one), str(one)) for one in Priority], optional=True
    )


def _choice(
    field: Field,
    label: str,
    pairs: Sequence[tuple[str, str]],
    initial: str | None = None,
    optional: bool = False,
) -> Block:
    chosen = static_select(field, options(pairs), label.capitalize(), initial)
    return input_block(field, label.capitalize(), chosen, optional=optional)
