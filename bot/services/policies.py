"""Rules and promises as admins change them: previewed by what the last days would have been."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Literal

from bot.domain.boards import RouteTest, RoutingBoard, RuleChange, SlaChange
from bot.domain.case import Case
from bot.domain.conditions import Facts
from bot.domain.department import Department
from bot.domain.durations import Duration, must_be_within_a_year
from bot.domain.errors import NoTimeToKeep
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.ports import LanguageFinder
from bot.domain.post import Author, Post, Priority
from bot.domain.promises import PromiseRun
from bot.domain.routing import Moves, Rule, RuleBook, diff
from bot.domain.setup import policy_document, policy_from, routing_document, routing_from
from bot.domain.sla import EVERY, Policy, Promise, Terms
from bot.services.kernel import Kernel, Work
from bot.services.setup import facts_of
from bot.services.taking_effect import take_effect
from bot.store.posts import StoredPost

LOOK_BACK = timedelta(days=7)
MOST_TEXT = 500_000  # characters, for the same reason
MOST_POSTS = 1000  # newest first; more would take longer than a person waits for an answer


@dataclass(frozen=True)
class SlaOrder:
    """One promise as it should be from now on; None leaves the hours as they are."""

    department: DepartmentKey | Literal["*"]
    promise: Promise
    duration: Duration
    priority: Priority | None = None
    business: bool | None = None

    def __str__(self) -> str:
        whom = f"{self.department}, {self.priority}" if self.priority else self.department
        hours = {None: "", True: ", in business hours", False: ", round the clock"}[self.business]
        return f"{self.promise.replace('_', ' ')} for {whom}: {self.duration}{hours}"


class Policies:
    def __init__(self, kernel: Kernel, languages: LanguageFinder):
        self._kernel = kernel
        self._languages = languages

    # Routing

    def rules(self, *, by: MemberId) -> RoutingBoard:
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            return RoutingBoard(work.setup.book, tuple(work.setup.departments.values()))

    def preview_rule(self, rule: Rule, *, by: MemberId) -> RuleChange:
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            after = _checked(work, _added(work, rule))
            return _rule_change(work, work.setup.book, after, _says(rule), None)

    def add_rule(self, rule: Rule, *, by: MemberId) -> RuleChange:
        return self._put(lambda work: _added(work, rule), _says(rule), by)

    def remove_rule(self, position: int, *, by: MemberId) -> RuleChange:
        what = f"removed rule {position}"
        return self._put(lambda work: work.setup.book.remove(position), what, by)

    def move_rule(self, position: int, to: int, *, by: MemberId) -> RuleChange:
        what = f"moved rule {position} to {to}"
        return self._put(lambda work: work.setup.book.move(position, to), what, by)

    def set_default(self, department: DepartmentKey, *, by: MemberId) -> RuleChange:
        what = f"posts that no rule matches go to {department}"
        return self._put(lambda work: _with_default(work, department), what, by)

    def test_rule(self, text: str, *, by: MemberId) -> RouteTest:
        """What would become of these words, and what every rule says about them."""
        language = self._languages.language(text)
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            post = Post("webhook", "test", text, Author("@somebody"))
            facts = Facts(post, language, Priority.NORMAL, True, frozenset({"unclaimed"}))
            route = work.setup.book.route(facts)
            verdicts = tuple(work.setup.book.explain(facts))
            return RouteTest(work.setup.owner(route.department), route.reason, verdicts)

    # Promises

    def policy(self, *, by: MemberId) -> tuple[Policy, tuple[Department, ...]]:
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return work.setup.policy, tuple(work.setup.queues.values())

    def preview_promise(self, order: SlaOrder, *, by: MemberId) -> SlaChange:
        with self._kernel.look() as work:
            work.standing(by).must_be_admin()
            before, after = work.setup.policy, _ordered(work, order)
            return _sla_change(work, before, after, str(order), None)

    def set_promise(self, order: SlaOrder, *, by: MemberId) -> SlaChange:
        return self._put_policy(lambda work: _ordered(work, order), str(order), by)

    def set_warning(self, percent: int, *, by: MemberId) -> SlaChange:
        what = f"warn at {percent}% of the time"
        return self._put_policy(lambda work: work.setup.policy.warn(percent), what, by)

    def _put(self, change: Callable[[Work], RuleBook], what: str, by: MemberId) -> RuleChange:
        """Kept first; how the last days would have gone is worked out while nobody waits for it."""
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            before, after = work.setup.book, _checked(work, change(work))
            number = work.change("routing", routing_document(after), by, what)
        with self._kernel.look() as work:
            return _rule_change(work, before, after, what, number)

    def _put_policy(self, change: Callable[[Work], Policy], what: str, by: MemberId) -> SlaChange:
        """It holds for the promises that are open too, each from its own start."""
        with self._kernel.work() as work:
            work.standing(by).must_be_admin()
            before, after = work.setup.policy, change(work)
            number = work.change("sla", policy_document(after), by, what)
            take_effect(self._kernel, work, by)
        with self._kernel.look() as work:
            return _sla_change(work, before, after, what, number)


def _says(rule: Rule) -> str:
    return f"added a rule: {rule.query or 'every post'} goes to {rule.department}"


def _checked(work: Work, book: RuleBook) -> RuleBook:
    """Documents may be stricter than values: what could not be read again is never kept."""
    acting = replace(book, rules=tuple(rule for rule in book.rules if not rule.suspended))
    known = tuple(work.setup.departments.values())
    routing_from(routing_document(acting), known, tuple(work.setup.former))
    return book


def _added(work: Work, rule: Rule) -> RuleBook:
    for key in (rule.department, *rule.also):
        work.setup.queue(key)
    return work.setup.book.add(rule)


def _with_default(work: Work, department: DepartmentKey) -> RuleBook:
    return replace(work.setup.book, default=work.setup.queue(department).key)


def _rule_change(
    work: Work, before: RuleBook, after: RuleBook, what: str, number: int | None
) -> RuleChange:
    posts = list(_readable(work.tx.posts.addressed_since(work.at - LOOK_BACK, limit=MOST_POSTS)))
    moves = diff(before, after, [_as_new(facts_of(stored)) for stored in posts])
    return RuleChange(what, number, len(posts), moves, _warning(after, moves))


def _readable(posts: Iterable[StoredPost]) -> Iterator[StoredPost]:
    """The newest ones, as much of them as can be read while somebody waits."""
    read = 0
    for stored in posts:
        read += len(stored.post.text)
        if read > MOST_TEXT:
            return
        yield stored


def _as_new(facts: Facts) -> Facts:
    return replace(facts, is_open=True, states=frozenset({"unclaimed"}))


def _warning(book: RuleBook, moves: Moves) -> str:
    hidden = moves.hidden_by or _shadows(book)
    return "; ".join(hidden)


def _shadows(book: RuleBook) -> list[str]:
    pairs = ((n, book.shadowed_by(n)) for n in range(1, len(book.rules) + 1))
    return [f"rule {by} hides rule {n}" for n, by in pairs if by]


def _ordered(work: Work, order: SlaOrder) -> Policy:
    if order.duration == Duration():
        raise NoTimeToKeep()
    must_be_within_a_year(order.duration)
    if order.department != EVERY:
        work.setup.queue(order.department)
    policy = work.setup.policy.set(
        order.department, order.promise, order.duration,
        priority=order.priority, business=order.business,
    )  # fmt: skip
    known, gone = tuple(work.setup.departments.values()), tuple(work.setup.former)
    return policy_from(policy_document(policy), known, gone)


def _sla_change(
    work: Work, before: Policy, after: Policy, what: str, number: int | None
) -> SlaChange:
    runs = work.tx.promises.started_since(work.at - LOOK_BACK, limit=MOST_POSTS)
    cases = work.tx.cases.among({run.case for run in runs})
    return SlaChange(
        what,
        number,
        len(cases),
        late_before=_late(work, runs, cases, before),
        late_after=_late(work, runs, cases, after),
    )


def _late(
    work: Work, runs: Iterable[PromiseRun], cases: Mapping[CaseId, Case], policy: Policy
) -> int:
    terms = cache(policy.target_for)  # as many as there are departments and priorities
    return sum(_is_late(work, run, terms(run.department, cases[run.case].priority)) for run in runs)


def _is_late(work: Work, run: PromiseRun, terms: Terms) -> bool:
    calendar = work.setup.shown(run.department).calendar
    until = run.stopped_at or work.at
    under = run.under(terms, run.department)
    # A pause that is still open ends here, or it would hide what was late before it began.
    due = under.resume(until).deadline(calendar, until) if under else None
    return due is not None and due.is_breached(until)
