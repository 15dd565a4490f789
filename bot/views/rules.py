"""The rules of the desk as tables, what a change of them did, and its *Undo*."""

from collections.abc import Iterator, Sequence

from bot.domain.boards import RouteTest, RoutingBoard, RuleChange, SlaChange
from bot.domain.department import Department
from bot.domain.ids import DepartmentKey
from bot.domain.routing import Moves, Rule, Verdict
from bot.domain.sla import EVERY, Policy, Promise, Target
from bot.views.blocks import bold, button, context, rich, section
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.inert import one_line
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.phrases import PROMISES, SENTENCE, counted, dotted, drawn, mark, name, reason, rest

_ENOUGH_POSTS = 10  # fewer tell nothing about a rule
_LISTED = MESSAGE_BLOCKS - 5
_LOSERS = 3
_ALL = ". `python -m bot config export FOLDER` writes all of them"


def rules(board: RoutingBoard) -> Drawn:
    """In their order, since the first that matches decides."""
    names = {one.key: one.name for one in board.departments}
    default = _named(board.book.default, names)
    end = context(f"What no rule matches goes to *{default}*. `/routing test TEXT` tells why.")
    if not board.book.rules:
        how = "Add the first: `/routing add sales words:price,quote`"
        return drawn("No routing rules yet", section(f"There are no rules yet. {how}"), end)
    lines = [_rule(number, rule, names) for number, rule in enumerate(board.book.rules, start=1)]
    return drawn(
        counted(len(lines), "routing rule"),
        section("*Routing rules*: the first that matches decides"),
        *_listed(lines),
        end,
    )


def rule_change(change: RuleChange) -> Drawn:
    """What was done and how the last days would have gone with it."""
    return _changed(change, *change_told(change))


def change_told(change: RuleChange) -> list[str]:
    """A change in a few sentences, for a message and for a preview alike."""
    warning = f"⚠ {reason(change.warning)}" if change.warning else ""
    return [line for line in (f"*{reason(change.what)}*", _effect(change), warning) if line]


def route_test(test: RouteTest) -> Drawn:
    """Where a text would go, and what each rule says about it."""
    there = f"It would go to *{name(test.department.name)}*: {reason(test.reason)}"
    lines = [_verdict(verdict) for verdict in test.verdicts]
    return drawn(f"It would go to {name(test.department.name)}", section(there), *_listed(lines))


def sla_table(policy: Policy, departments: Sequence[Department]) -> Drawn:
    """What is promised to whom; the most precise line holds."""
    names = {one.key: one.name for one in departments}
    lines = [_target(target, names) for target in policy.targets]
    if not lines:
        how = "Make one: `/sla set service first-response 1h`"
        return drawn("Nothing is promised yet", section(f"Nothing is promised yet. {how}"))
    steps = dotted(*(f"{name(str(step.ping))} after {step.after}" for step in policy.escalation))
    return drawn(
        "What is promised",
        section("*What customers are promised*: the most precise line holds"),
        *_listed(lines),
        context(f"After a breach: {steps}"),
    )


def sla_change(change: SlaChange) -> Drawn:
    """The same for promises."""
    return _changed(change, *promise_told(change))


def promise_told(change: SlaChange) -> list[str]:
    """How many would have been late before, and with it."""
    told = "There are no cases of the last 7 days to tell by."
    if change.cases:
        late = f"{change.late_after} would have been late, {change.late_before} were before"
        told = f"Of {counted(change.cases, 'case')} of the last 7 days {late}."
    return [f"*{reason(change.what)}*", told]


def _changed(change: RuleChange | SlaChange, first: str, *more: str) -> Drawn:
    undo = None
    if change.number is not None:
        undo = button("Undo", Action.UNDO_CHANGE, str(change.number))
    return drawn(reason(change.what), section(first, undo), *(context(line) for line in more))


def _effect(change: RuleChange) -> str:
    """“41 of 312 posts … would have moved, 3 out of sales; rule 2 hides rule 3”."""
    if change.moves is None or change.posts < _ENOUGH_POSTS:
        return f"Too few posts of the last 7 days to tell ({change.posts})."
    moved = f"{change.moves.total} of {counted(change.posts, 'post')}"
    told = [f"{moved} of the last 7 days would have moved", *_losers(change.moves)]
    hidden = "".join(f"; {reason(one)}" for one in change.moves.hidden_by)
    return f"{', '.join(told)}{hidden}."


def _losers(moves: Moves) -> list[str]:
    """Who loses most; triage is meant to lose."""
    departments = {source for source, _ in moves.moved}
    losses = sorted(((moves.out_of(key), key) for key in departments), reverse=True)
    return [f"{count} out of {name(key)}" for count, key in losses[:_LOSERS]]


def _rule(number: int, rule: Rule, names: dict[DepartmentKey, str]) -> Block:
    """As rich text, so that the conditions can be copied as they are typed."""
    also = ", ".join(_follower(rule, key, names) for key in rule.also)
    end = dotted(
        names.get(rule.department, rule.department),
        f"also {also}" if also else "",
        mark(rule.priority) if rule.priority else "",
        f"⏸ suspended: {one_line(rule.suspended, SENTENCE)}" if rule.suspended else "",
    )
    return rich(bold(f"{number}. "), rule.when or "everything", f" → {end}")


def _follower(rule: Rule, key: DepartmentKey, names: dict[DepartmentKey, str]) -> str:
    ask = rule.ask_of(key)
    return f"{names.get(key, key)} (“{one_line(ask, SENTENCE)}”)" if ask else names.get(key, key)


def _verdict(verdict: Verdict) -> Block:
    sign = "✓" if verdict.matched else "–"
    end = dotted(str(verdict.rule.department), verdict.why)
    return rich(bold(f"{sign} {verdict.position}. "), verdict.rule.when, f" → {end}")


def _target(target: Target, names: dict[DepartmentKey, str]) -> Block:
    department = (
        "all departments" if target.department == EVERY else _named(target.department, names)
    )
    priority = "every priority" if target.priority == EVERY else mark(target.priority)
    hours = {None: "", True: "in their hours", False: "round the clock"}[target.business]
    warn = f"warned at {target.warn}%" if target.warn else ""
    return section(dotted(f"*{department}*, {priority}", *_promised(target), warn, hours))


def _promised(target: Target) -> Iterator[str]:
    for promise in Promise:
        if duration := target.duration(promise):
            yield f"{PROMISES[promise]} {duration}"


def _named(key: DepartmentKey, names: dict[DepartmentKey, str]) -> str:
    return name(names.get(key, key))


def _listed(lines: Sequence[Block]) -> list[Block]:
    return [*lines[:_LISTED], *rest(len(lines) - _LISTED, _ALL)]
