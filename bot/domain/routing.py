"""Which department answers a post: the admins' rules in order, the first that matches decides.

The same rules explain themselves for `/routing test` and are compared for *replay before you save*.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.domain.conditions import Facts, Predicate, compile_query
from bot.domain.errors import BadQuery
from bot.domain.ids import TRIAGE, DepartmentKey
from bot.domain.post import Priority
from bot.domain.search import Query, parse


@dataclass(frozen=True)
class Rule:
    """Posts that `when` finds go to `department`; a rule that cannot be read cannot be made."""

    department: DepartmentKey
    when: str
    also: tuple[DepartmentKey, ...] = ()
    priority: Priority | None = None
    id: int | None = None
    suspended: str = ""  # why it acts on nothing, for now
    written: Mapping[str, object] | None = field(default=None, compare=False)  # if unreadable
    asks: tuple[
        tuple[DepartmentKey, str], ...
    ] = ()  # what the others are asked, where that is said

    def __post_init__(self) -> None:
        if not self.suspended:
            _ = self.predicate  # so that a fault is told here, and never to a post on its way

    @cached_property
    def query(self) -> Query:
        return parse(self.when)

    @cached_property
    def predicate(self) -> Predicate:
        return compile_query(self.query)

    @property
    def others(self) -> tuple[DepartmentKey, ...]:
        """The departments beside the owner, each once."""
        return tuple(key for key in dict.fromkeys(self.also) if key != self.department)

    def ask_of(self, department: DepartmentKey) -> str:
        """What a department beside the owner is asked; nothing where it only follows."""
        return dict(self.asks).get(department, "")


@dataclass(frozen=True)
class Route:
    """Where a post goes and why; `rule` counts from 1 and is None where no rule matched."""

    department: DepartmentKey
    also: tuple[DepartmentKey, ...]
    priority: Priority | None
    reason: str
    rule: int | None
    matched: str
    asks: tuple[tuple[DepartmentKey, str], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one rule says about a post."""

    position: int
    rule: Rule
    matched: bool
    why: str


@dataclass(frozen=True)
class RuleBook:
    """The rules in order; positions count from 1, and a changed book is a new one."""

    rules: tuple[Rule, ...] = ()
    default: DepartmentKey = TRIAGE

    def route(self, facts: Facts) -> Route:
        """The department of the first rule that matches, else the default."""
        for position, rule in self._acting():
            if rule.predicate(facts):
                matched = rule.predicate.why(facts)
                reason = f"rule {position} ({matched})"
                return Route(
                    rule.department,
                    rule.others,
                    rule.priority,
                    reason,
                    position,
                    matched,
                    rule.asks,
                )
        return Route(self.default, (), None, "no rule matched", None, "")

    def explain(self, facts: Facts) -> list[Verdict]:
        """Every rule's verdict, also of those that an earlier rule hides."""
        winner = self.route(facts).rule
        return [_verdict(position, rule, facts, winner) for position, rule in self._numbered()]

    def add(self, rule: Rule) -> "RuleBook":
        return replace(self, rules=(*self.rules, rule))

    def remove(self, position: int) -> "RuleBook":
        self._refuse_unknown(position)
        return replace(self, rules=self.rules[: position - 1] + self.rules[position:])

    def move(self, position: int, to: int) -> "RuleBook":
        self._refuse_unknown(position)
        self._refuse_unknown(to)
        rest = self.remove(position).rules
        return replace(self, rules=(*rest[: to - 1], self.rules[position - 1], *rest[to - 1 :]))

    def shadowed_by(self, position: int) -> int | None:
        """The first earlier rule that catches whatever this one could, whichever posts come."""
        self._refuse_unknown(position)
        this = self.rules[position - 1]
        if this.suspended:
            return None
        earlier = (one for one in self._acting() if one[0] < position)
        return next((number for number, rule in earlier if this.query.implies(rule.query)), None)

    def suspend(
        self, among: Collection[DepartmentKey], why: Callable[[DepartmentKey], str]
    ) -> "RuleBook":
        """Rules act only for departments that are among these."""
        rules = (
            rule
            if rule.suspended or rule.department in among
            else replace(rule, suspended=why(rule.department))
            for rule in self.rules
        )
        return replace(self, rules=tuple(rules))

    def _acting(self) -> Iterator[tuple[int, Rule]]:
        return ((number, rule) for number, rule in self._numbered() if not rule.suspended)

    def _numbered(self) -> Iterator[tuple[int, Rule]]:
        return enumerate(self.rules, start=1)

    def _refuse_unknown(self, position: int) -> None:
        if not 1 <= position <= len(self.rules):
            count = len(self.rules)
            raise BadQuery(
                f"rule {position}: there is no such rule", f"rules are counted 1 to {count}"
            )


def _verdict(position: int, rule: Rule, facts: Facts, winner: int | None) -> Verdict:
    if rule.suspended:
        return Verdict(position, rule, False, f"suspended: {rule.suspended}")
    matched, why = rule.predicate(facts), rule.predicate.why(facts)
    if matched and position != winner:
        why = f"{why}; rule {winner} hides this one"
    return Verdict(position, rule, matched, why)


@dataclass(frozen=True)
class Moves:
    """What a change of rules would have done: who loses posts to whom, which rules never act."""

    moved: Counter[tuple[DepartmentKey, DepartmentKey]]
    hidden_by: list[str]

    @property
    def total(self) -> int:
        """How many posts would move."""
        return self.moved.total()

    def out_of(self, department: DepartmentKey) -> int:
        return sum(count for (source, _), count in self.moved.items() if source == department)


def diff(before: RuleBook, after: RuleBook, facts_list: Iterable[Facts]) -> Moves:
    """The posts that `after` would route elsewhere, and the rules that it silences."""
    posts = list(facts_list)
    old = [before.route(facts) for facts in posts]
    new = [after.route(facts) for facts in posts]
    changes = ((was.department, now.department) for was, now in zip(old, new, strict=True))
    return Moves(
        moved=Counter(change for change in changes if change[0] != change[1]),
        hidden_by=[
            f"rule {hider} hides rule {position}"
            for position in _silenced(before, after, old, new)
            for hider in _hiders(after, position, posts, new)
        ],
    )


def _silenced(
    before: RuleBook, after: RuleBook, old: list[Route], new: list[Route]
) -> Iterator[int]:
    """Positions of the rules that are new or decided something before, and decide nothing now."""
    decided = {before.rules[route.rule - 1] for route in old if route.rule}
    deciding = {route.rule for route in new}
    known = set(before.rules)
    for position, rule in enumerate(after.rules, start=1):
        is_of_note = rule in decided or rule not in known
        if position not in deciding and is_of_note and not rule.suspended:
            yield position


def _hiders(book: RuleBook, position: int, posts: list[Facts], routes: list[Route]) -> list[int]:
    """The rules that decide the posts this one matches; where it matches none, its shadow."""
    predicate = book.rules[position - 1].predicate
    taken = {route.rule for facts, route in zip(posts, routes, strict=True) if predicate(facts)}
    return sorted(rule for rule in taken or {book.shadowed_by(position)} if rule)
