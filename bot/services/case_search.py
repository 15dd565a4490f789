"""Finding cases by what they say and how they are."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from time import monotonic

from bot.domain.boards import FoundBoard
from bot.domain.case import Case
from bot.domain.conditions import Facts, Predicate, compile_query
from bot.domain.ids import CaseId, MemberId
from bot.domain.lexemes import Sought, sought
from bot.domain.ports import Steady
from bot.domain.reply import ReplyState
from bot.domain.search import Query
from bot.services.case_lines import lines_of
from bot.services.kernel import Work
from bot.store.posts import StoredPost
from bot.store.within import PAGE, Within

MOST_COUNTED = 1000  # that are found beside those that are shown
MOST_LOOKED_AT = 20_000  # newest first
READ_TOGETHER = 50  # cases: their customers may have written a lot
LONGEST = 1.5  # seconds: Slack's three allow it with room to spare


class CaseSearch:
    """Page by page from the newest, in the departments the asker works in."""

    def __init__(
        self,
        work: Work,
        query: Query,
        by: MemberId,
        *,
        open_only: bool = False,
        steady: Steady = monotonic,
    ):
        self._work, self._query, self._by = work, query, by
        self._steady, self._began = steady, steady()
        self._open_only = open_only or any(
            term.key == "is" and not term.negated and _OF_OPEN_CASES.issuperset(term.values)
            for term in query.terms
        )
        asked = {value.lower() for term in query.terms for value in term.values}
        self._states = {name: holds for name, holds in _STATES.items() if name in asked}
        self._looked_at = 0

    def cases(self) -> Iterator[Case]:
        fits = compile_query(self._query)
        departments = self._work.standing(self._by).works_in
        within, wanted = Within(sorted(departments), self._open_only), sought(self._query)
        for page in self._worded(within, wanted) if wanted else self._newest(within):
            for start in range(0, len(page), READ_TOGETHER):
                if self._is_too_late():
                    return
                yield from self._fitting(page[start : start + READ_TOGETHER], fits)

    def _fitting(self, cases: Sequence[Case], fits: Predicate) -> Iterator[Case]:
        first = self._work.tx.posts.among([case.post for case in cases])
        posts = self._work.tx.posts.of_cases([case.id for case in cases])
        for case in cases:
            later = [one for one in posts[case.id] if one.post.key != case.post]
            if not self._is_too_late() and fits(self._facts(case, [first[case.post], *later])):
                yield case

    def _newest(self, within: Within) -> Iterator[list[Case]]:
        below: CaseId | None = None
        while not self._has_given_up and (
            page := self._work.tx.cases.page(below=below, within=within)
        ):
            yield page
            self._looked_at += len(page)
            below = page[-1].id

    def _worded(self, within: Within, wanted: Sought) -> Iterator[list[Case]]:
        """Only those in which the words are, by the index; whether they fit is decided as ever."""
        found = self._work.tx.words.find(wanted, limit=MOST_LOOKED_AT)
        for start in range(0, len(found), PAGE):
            yield self._work.tx.cases.pick(found[start : start + PAGE], within=within)
        self._looked_at = len(found)

    def board(self, found: Iterator[Case], limit: int) -> FoundBoard:
        """The first ones, and how many there are beside them, as far as that is counted."""
        cases = list(islice(found, MOST_COUNTED + 1))
        is_open_ended = len(cases) > MOST_COUNTED or self._has_given_up
        lines = lines_of(self._work, cases[:limit])
        more = min(len(cases), MOST_COUNTED) - len(lines)
        return FoundBoard(str(self._query), lines, more, self._work.at, at_least=is_open_ended)

    @property
    def _has_given_up(self) -> bool:
        return self._looked_at >= MOST_LOOKED_AT

    def _is_too_late(self) -> bool:
        """A case may be read for a second: what was found by now is told, and that it is some."""
        if self._steady() - self._began < LONGEST:
            return False
        self._looked_at = MOST_LOOKED_AT
        return True

    def fits_each_open_word(self, case: Case) -> bool:
        """Whether everything the customer wrote since our last answer is what is searched for."""
        fits, since = compile_query(self._query), _answered_at(self._work, case)
        posts = self._work.tx.posts.of_case(case.id)
        return all(
            fits(self._facts(case, [one]))
            for one in posts
            if not one.deleted_at and max(one.stored_at, one.edited_at or one.stored_at) > since
        )

    def _facts(self, case: Case, posts: Sequence[StoredPost]) -> Facts:
        """Of all the customer's posts in this case, with the first of them in front."""
        states = {name for name, holds in self._states.items() if holds(self._work, case, self._by)}
        first, later = posts[0], tuple(one.post for one in posts[1:])
        return Facts(
            first.post, first.language, case.priority, case.is_open, frozenset(states), later
        )


_OF_OPEN_CASES = frozenset({"open", "claimed", "unclaimed"})


_STATES: dict[str, Callable[[Work, Case, MemberId], bool]] = {
    "claimed": lambda _work, case, _by: case.is_open and case.assignee is not None,
    "unclaimed": lambda _work, case, _by: case.is_open and case.assignee is None,
    "mine": lambda _work, case, by: case.assignee == by,
    "snoozed": lambda _work, case, _by: case.snoozed_until is not None,
    "waiting": lambda _work, case, _by: case.waiting_since is not None,
    "breached": lambda work, case, _by: any(
        run.breached_at for run in work.tx.promises.of_case(case.id)
    ),
    "held": lambda work, case, _by: any(
        reply.state is ReplyState.HELD for reply in work.tx.replies.of_case(case.id)
    ),
}


def _answered_at(work: Work, case: Case) -> datetime:
    """When our last answer to the customer went out; the beginning of time where there is none."""
    sent = (reply.sent_at for reply in work.tx.replies.of_case(case.id) if reply.sent_at)
    return max(sent, default=datetime.min.replace(tzinfo=UTC))
