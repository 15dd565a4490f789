"""sla.toml, read into the policy and written back."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Literal, TypeVar

from bot.domain.department import Department
from bot.domain.durations import (
    WORKING_YEAR,
    YEAR,
    Duration,
    minutes,
    must_be_within_a_year,
)
from bot.domain.errors import TooLong
from bot.domain.escalation import EscalationStep, Ping, PingKind, parse_ping
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.setup_tables import Document, Table, sound
from bot.domain.setup_values import (
    department_among,
    duration,
    in_text,
    one_of,
    queue_among,
)
from bot.domain.sla import DEFAULT, EVERY, Policy, Promise, Target, parse_percent

T = TypeVar("T")

_ON_CALL = Ping(PingKind.ON_CALL)


def read_policy(
    document: Document,
    known: Collection[Department],
    faults: list[str],
    gone: Collection[DepartmentKey] = (),
    *,
    is_new: bool = False,
) -> Policy:
    """The policy as far as it can be read; targets or steps left out whole are the default's.

    A new one promises nothing beyond a year; what is in force already goes on.
    """
    top = Table("sla.toml", {**policy_document(DEFAULT), **document}, faults)
    find = queue_among(known, gone)
    tables = top.tables("target", "department", "priority")
    targets = sound((table, _target(table, find, is_new)) for table in tables)
    find_any = department_among(known, gone)
    steps = sound((table, _step(table, find_any, is_new)) for table in top.tables("escalation"))
    top.refuse_unread()
    policy = top.attempt("escalation", lambda: Policy(escalation=steps), DEFAULT)
    return top.attempt("target", lambda: replace(policy, targets=targets), policy)


def _target(table: Table, find: Callable[[str], DepartmentKey], is_new: bool) -> Target:
    promised = in_text(lambda value: _promised(value, is_new))
    promises = {promise: table.read(promise, promised, None) for promise in Promise}
    hours = table.read("hours", one_of(("business", "always")), None)
    return Target(
        department=table.read("department", in_text(_or_every(find)), EVERY),
        priority=table.read("priority", in_text(_or_every(_priority)), EVERY),
        first_response=promises[Promise.FIRST_RESPONSE],
        next_response=promises[Promise.NEXT_RESPONSE],
        resolution=promises[Promise.RESOLUTION],
        warn=table.read("warn", in_text(parse_percent), None),
        business=None if hours is None else hours == "business",
    )


def _or_every(parse: Callable[[str], T]) -> Callable[[str], T | Literal["*"]]:
    return lambda value: EVERY if value == EVERY else parse(value)


def _priority(value: str) -> Priority:
    return Priority(one_of((*Priority, EVERY))(value))


def _promised(value: str, is_new: bool) -> Duration:
    promised = _bounded(value, is_new)
    if promised == Duration():
        raise ValueError(f"“{value}” cannot be kept; write a longer one, like 1h")
    return promised


def _bounded(value: str, is_new: bool) -> Duration:
    length = duration(value)
    try:
        if is_new:
            must_be_within_a_year(length)
    except TooLong:
        most = f"at most {YEAR} or {WORKING_YEAR}"
        raise ValueError(f"“{value}” is too long: {most}; write a shorter time") from None
    return length


def _step(table: Table, find: Callable[[str], DepartmentKey], is_new: bool) -> EscalationStep:
    long = in_text(lambda value: _bounded(value, is_new))
    after = table.need("after", long, minutes(0), example='"10m"')
    ping = table.need("ping", in_text(_ping_among(find)), _ON_CALL, example='"on-call"')
    at_once = EscalationStep(minutes(0), ping)
    return table.attempt("after", lambda: EscalationStep(after, ping), at_once)


def _ping_among(find: Callable[[str], DepartmentKey]) -> Callable[[str], Ping]:
    def read(value: str) -> Ping:
        ping = parse_ping(value)
        if ping.department:
            find(ping.department)
        return ping

    return read


def policy_document(policy: Policy) -> dict[str, object]:
    return {
        "target": [_written(target) for target in policy.targets],
        "escalation": [
            {"after": str(step.after), "ping": str(step.ping)} for step in policy.escalation
        ],
    }


def _written(target: Target) -> dict[str, object]:
    """The table without what the target leaves to broader ones."""
    table: dict[str, object] = {"department": target.department, "priority": str(target.priority)}
    for promise in Promise:
        if promised := target.duration(promise):
            table[promise.value] = str(promised)
    if target.warn is not None:
        table["warn"] = f"{target.warn}%"
    if target.business is not None:
        table["hours"] = "business" if target.business else "always"
    return table
