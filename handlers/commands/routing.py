"""`/routing`: the admins' rules; a typed change holds at once and says how last week had gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule
from bot.domain.setup_routing import LONGEST_ASK
from bot.views.admin_forms import routing_form
from bot.views.desk_lists import help_of
from bot.views.rules import route_test, rule_change, rules
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place, keyword
from handlers.commands.places import department
from handlers.commands.registry import Role, command, forms_of
from handlers.desk import Desk
from handlers.payload import Typed

_QUOTED = r'["“”„‟«»](?:\\.|[^"“”„‟«»\\])*["“”„‟«»]'
_FOLLOWER = rf'[^\s",=“”„‟«»]+(?:={_QUOTED})?'
_OPTION = re.compile(
    rf"(?:\A|\s)(?:(?P<name>set[-‐‑–—−]priority):(?P<value>\S+)"
    rf"|also:(?P<also>{_FOLLOWER}(?:\s*,\s*{_FOLLOWER})*))\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TypedRule:
    """A rule in words; which department is meant, the desk has to look up."""

    where: Place
    conditions: str
    also: tuple[DepartmentKey, ...] = ()
    priority: Priority | None = None
    asks: tuple[tuple[DepartmentKey, str], ...] = ()


def typed_rule(text: str) -> TypedRule | None:
    """The department, the conditions, and options at the end; None where there are no words."""
    if not text.strip():
        return None
    where, rest = grammar.first(text)
    conditions, options = _without_options(rest)
    if not conditions:
        raise Misread
    followers = list(_followers(options.get("also", "")))
    also, asks = tuple(key for key, _ in followers), tuple(one for one in followers if one[1])
    priority = _priority(options.get("set-priority", ""))
    return TypedRule(grammar.place(where), conditions, also, priority, asks)


@command(
    "routing list",
    usage="/routing",
    takes=grammar.nothing,
    role=Role.ADMIN,
    help="the rules in their order",
)
def show_rules(desk: Desk, typed: Typed, _: None) -> Answer:
    return rules(desk.policies.rules(by=typed.by))


@command(
    "routing add",
    usage="/routing add DEPARTMENT CONDITIONS [set-priority:P] "
    '[also:DEPARTMENT,… or also:DEPARTMENT="ask"]',
    takes=typed_rule,
    role=Role.ADMIN,
    help="posts with these go there; alone it opens a form with a preview",
)
def add(desk: Desk, typed: Typed, wanted: TypedRule | None) -> Answer:
    if wanted is None:
        return routing_form(desk.policies.rules(by=typed.by).departments)
    return rule_change(desk.policies.add_rule(rule(desk, wanted), by=typed.by))


@command(
    "routing remove",
    usage="/routing remove N",
    takes=grammar.count,
    role=Role.ADMIN,
    help="the rule of that number",
)
def remove(desk: Desk, typed: Typed, position: int) -> Answer:
    return rule_change(desk.policies.remove_rule(position, by=typed.by))


@command(
    "routing move",
    usage="/routing move N POSITION",
    takes=grammar.two_counts,
    role=Role.ADMIN,
    help="the first rule that matches decides, so the order matters",
)
def move(desk: Desk, typed: Typed, positions: tuple[int, int]) -> Answer:
    position, to = positions
    return rule_change(desk.policies.move_rule(position, to, by=typed.by))


@command(
    "routing test",
    usage="/routing test TEXT",
    takes=grammar.words,
    role=Role.ADMIN,
    help="where a post with this text would go, and why",
)
def test(desk: Desk, typed: Typed, text: str) -> Answer:
    return route_test(desk.policies.test_rule(text, by=typed.by))


@command(
    "routing default",
    usage="/routing default DEPARTMENT",
    takes=grammar.place,
    role=Role.ADMIN,
    help="where posts go that no rule matches",
)
def default(desk: Desk, typed: Typed, where: Place) -> Answer:
    key = department(desk, where.name)
    return rule_change(desk.policies.set_default(key, by=typed.by))


@command("routing help", usage="/routing help", takes=grammar.any_words, help="this list")
def help_routing(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of(forms_of("routing", desk.prefix))


def rule(desk: Desk, typed: TypedRule) -> Rule:
    key = department(desk, typed.where.name)
    return Rule(key, typed.conditions, typed.also, typed.priority, asks=typed.asks)


def _without_options(text: str) -> tuple[str, dict[str, str]]:
    """Only from the end, so that nothing is taken out of a quoted text."""
    options: dict[str, str] = {}
    while option := _OPTION.search(text):
        if option["also"]:
            options["also"] = ",".join(filter(None, (option["also"], options.get("also"))))
        else:
            options[keyword(option["name"])] = option["value"]
        text = text[: option.start()]
    return text.strip(), options


def _followers(text: str) -> Iterator[tuple[DepartmentKey, str]]:
    """`sales,marketing="follow up the lead"`: each with what it is asked."""
    for found in re.finditer(_FOLLOWER, text):
        key, _, ask = found[0].partition("=")
        words = re.sub(r"\\(.)", r"\1", ask[1:-1])
        yield DepartmentKey(key), " ".join(grammar.as_typed(words).split())[:LONGEST_ASK]


def _priority(text: str) -> Priority | None:
    return grammar.priority(text) if text else None
