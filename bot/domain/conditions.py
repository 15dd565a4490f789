"""What each key of a search means: one function per key, from which validation and help follow.

A parsed query becomes a predicate here; routing and case search ask it about the facts of a post.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.domain.errors import BadQuery
from bot.domain.folding import folded, phrase
from bot.domain.post import Post, Priority, Visibility
from bot.domain.ranges import count, within
from bot.domain.search import Query, Term

NOT_YET = ("sentiment", "stage", "list", "topic")  # read, and refused until triage finds them
STATES = (
    "open", "solved", "claimed", "unclaimed", "snoozed", "waiting", "breached", "mine", "held",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """All a condition may ask about a post; `states` are its case's, as the asker sees them."""

    post: Post
    language: str | None = None
    priority: Priority = Priority.NORMAL
    is_open: bool | None = None  # None: no case yet
    states: frozenset[str] = frozenset()
    later: tuple[Post, ...] = ()  # what the same customer wrote in the same case since

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        return (self.post, *self.later)

    @cached_property
    def words(self) -> str:
        """Of all of them; two spaces stand between two posts, so that no phrase spans them."""
        return "".join(folded(post.text) for post in self.posts)

    @cached_property
    def tongue(self) -> str:
        """The language without its region."""
        return re.split("[-_]", self.language or "")[0].lower()

    @cached_property
    def place(self) -> str:
        return folded(self.post.location or "")

    @cached_property
    def all_states(self) -> frozenset[str]:
        if self.is_open is None:
            return self.states
        return self.states | {"open" if self.is_open else "solved"}


Test = Callable[[Facts], bool]
Build = Callable[[tuple[str, ...]], Test]


@dataclass(frozen=True)
class Condition:
    key: str
    help: str
    example: str
    build: Build


CONDITIONS: dict[str, Condition] = {}


@dataclass(frozen=True)
class Check:
    """One term and the test it became."""

    term: Term
    test: Test

    def __call__(self, facts: Facts) -> bool:
        return self.test(facts) != self.term.negated

    def why(self, facts: Facts) -> str:
        """The term in words, with those of its values that hold."""
        key, values = self.term.key, self.term.values
        if self.term.negated:
            return f"not {key} {', '.join(values)}"
        build = CONDITIONS[key].build
        return f"{key} {', '.join(value for value in values if build((value,))(facts))}"


@dataclass(frozen=True)
class Predicate:
    """A query that can be asked about facts; all its checks must hold."""

    checks: tuple[Check, ...]

    def __call__(self, facts: Facts) -> bool:
        for check in self.checks:  # noqa: SIM110 - twice as fast as all(), and run rules x posts times
            if check.test(facts) is check.term.negated:
                return False
        return True

    def why(self, facts: Facts) -> str:
        """What matched, as in `words refund · lang nl`, or else which terms do not hold."""
        missed = [str(check.term) for check in self.checks if not check(facts)]
        if missed:
            return f"fails {' '.join(missed)}"
        return " · ".join(check.why(facts) for check in self.checks) or "every post"


def compile_query(query: Query) -> Predicate:
    """The query as a predicate, or a `BadQuery` for a key or value that means nothing here."""
    return Predicate(tuple(_check(term) for term in query.terms))


def _check(term: Term) -> Check:
    if term.key in NOT_YET:
        raise BadQuery(f"{term.key}: this desk cannot find it yet", f"leave {term.key}: out")
    if term.key not in CONDITIONS:
        hint = f"{_nearest(term.key, (*CONDITIONS, *NOT_YET))}; a text with a colon needs quotes"
        raise BadQuery(f"{term.key}: no such condition", hint)
    condition = CONDITIONS[term.key]
    try:
        return Check(term, condition.build(term.values))
    except BadQuery as fault:
        hint = fault.hint or f"for example {condition.example}"
        raise BadQuery(f"{term.key}:{fault.reason}", hint) from fault


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}"


# The conditions


def condition(key: str, *, help: str, example: str) -> Callable[[Build], Build]:
    """Makes the function below it the meaning of `key`."""

    def register(build: Build) -> Build:
        CONDITIONS[key] = Condition(key, help, example, build)
        return build

    return register


@condition(
    "words",
    help='any of these words or "phrases in quotes"; a * at the end stands for any ending',
    example='words:refund*,"lost bag"',
)
def words(values: tuple[str, ...]) -> Test:
    needles = [phrase(value) for value in values]
    return lambda facts: any(needle in facts.words for needle in needles)


@condition("lang", help="two-letter code, e.g. de", example="lang:nl")
def lang(values: tuple[str, ...]) -> Test:
    codes = _each_like("[a-z]{2,3}", values, "a language is a code of two or three letters")
    return lambda facts: facts.tongue in codes


@condition("network", help="where the post was written", example="network:bluesky")
def network(values: tuple[str, ...]) -> Test:
    labels = _each_like("[a-z0-9_-]{1,32}", values, "not the label of a network")
    return lambda facts: facts.post.source in labels


@condition("author", help="who wrote it, by handle", example="author:@jane")
def author(values: tuple[str, ...]) -> Test:
    handles = _handles(values)
    return lambda facts: _handle(facts.post.author.handle) in handles


@condition("account", help="our account that was written to", example="account:@northwind")
def account(values: tuple[str, ...]) -> Test:
    handles = _handles(values)
    return lambda facts: any(_handle(post.account or "") in handles for post in facts.posts)


@condition(
    "followers",
    help="how many follow the author: 500, >10k, <=1.5m, 1k..5k",
    example="followers:>10k",
)
def followers(values: tuple[str, ...]) -> Test:
    if any(re.fullmatch("[0-9]{3}", value) for value in values[1:]):
        raise BadQuery(f"{','.join(values)}: a comma means or", "write 10000 or 10k, not 10,000")
    ranges = [within(value, count) for value in values]

    def reaches(facts: Facts) -> bool:
        number = facts.post.author.followers
        return number is not None and any(holds(number) for holds in ranges)

    return reaches


@condition(
    "visibility", help="public, unlisted, followers or private", example="visibility:private"
)
def visibility(values: tuple[str, ...]) -> Test:
    wanted = {_one_of(Visibility, value) for value in values}
    return lambda facts: any(post.visibility in wanted for post in facts.posts)


@condition("location", help="the place the author names", example='location:"New York"')
def location(values: tuple[str, ...]) -> Test:
    needles = [phrase(value) for value in values]
    return lambda facts: any(needle in facts.place for needle in needles)


@condition("priority", help="low, normal, high or urgent; >=high too", example="priority:>=high")
def priority(values: tuple[str, ...]) -> Test:
    ranges = [within(value, _rank) for value in values]
    return lambda facts: any(holds(facts.priority.rank) for holds in ranges)


@condition("is", help=f"state of the case: {', '.join(STATES)}", example="is:unclaimed")
def state(values: tuple[str, ...]) -> Test:
    wanted = {_one_of(STATES, value) for value in values}
    return lambda facts: not wanted.isdisjoint(facts.all_states)


def _each_like(pattern: str, values: tuple[str, ...], otherwise: str) -> set[str]:
    labels = {value.lower() for value in values}
    for label in labels:
        if not re.fullmatch(pattern, label):
            raise BadQuery(f"{label}: {otherwise}")
    return labels


def _handles(values: tuple[str, ...]) -> set[str]:
    handles = {_handle(value) for value in values}
    if "" in handles:
        raise BadQuery("@: a handle is missing")
    return handles


def _handle(text: str) -> str:
    return text.strip().lstrip("@").casefold()


def _one_of(known: Iterable[str], value: str) -> str:
    name = value.lower()
    if name not in list(known):
        raise BadQuery(f"{value}: unknown", _nearest(name, known))
    return name


def _rank(text: str) -> int:
    return Priority(_one_of(Priority, text)).rank
