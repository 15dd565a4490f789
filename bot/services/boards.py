"""What people ask to see: read in one moment, for somebody who may see it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from bot.domain.boards import (
    CaseBoard,
    DeadLetter,
    FoundBoard,
    Line,
    MineBoard,
    QueueBoard,
    ReceiptBoard,
    Voice,
)
from bot.domain.case import Case
from bot.domain.conditions import Facts, compile_query
from bot.domain.department import Department
from bot.domain.effects import SHARED
from bot.domain.errors import ManyCasesHere, NoCaseHere
from bot.domain.ids import CaseId, ChannelId, DepartmentKey, MemberId
from bot.domain.incident import CRISIS
from bot.domain.lexemes import Sought, sought
from bot.domain.promises import PromiseRun
from bot.domain.queue_order import Place, in_queue
from bot.domain.receipt import Receipt, receipt
from bot.domain.reply import ReplyState
from bot.domain.reply_form import Escalation, HandOffChoice
from bot.domain.search import Query, parse
from bot.services import customers
from bot.services.contents import card_facts
from bot.services.dead_letters import dead_letters_for
from bot.services.incident_contents import banner_of
from bot.services.incident_people import called_for
from bot.services.kernel import Kernel, Work
from bot.services.late_board import calls_for
from bot.services.links import card_link
from bot.store.posts import StoredPost
from bot.store.within import PAGE, Within

LONGEST_LIST = 40
MOST_COUNTED = 1000  # that are found beside those that are shown
MOST_AT_ONCE = 200  # cases that one `/case close` may close
MOST_LOOKED_AT = 20_000  # newest first: as many as Slack's three seconds allow with room to spare


class Boards:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def mine(self, *, by: MemberId) -> MineBoard:
        with self._kernel.look() as work:
            held = work.tx.cases.of_member(by, limit=LONGEST_LIST)
            offered = work.tx.cases.offered_to(by)
            total = work.tx.cases.count_of_member(by)
            return MineBoard(
                lines_of(work, held), in_order(lines_of(work, offered)), total, work.at
            )

    def queue(self, department: DepartmentKey, *, by: MemberId) -> QueueBoard:
        with self._kernel.look() as work:
            found = work.setup.department(department)
            rights = work.standing(by)
            rights.must_work_in(found)
            cases = work.tx.cases.queue(department, limit=LONGEST_LIST)
            total, free, asleep = work.tx.cases.open_count(department)
            called = sum(one.case.department not in rights.works_in for one in calls_for(work, by))
            return QueueBoard(found, lines_of(work, cases), total, free, work.at, asleep, called)

    def departments_of(self, by: MemberId) -> tuple[Department, ...]:
        """Where a person works and cases queue."""
        with self._kernel.look() as work:
            works_in = work.standing(by).works_in
            return tuple(one for key, one in work.setup.queues.items() if key in works_in)

    def find(self, text: str, *, by: MemberId) -> FoundBoard:
        """The newest that fit, in the departments the asker works in; raises BadQuery."""
        with self._kernel.look() as work:
            search = _Search(work, parse(text), by)
            return search.board(search.cases(), LONGEST_LIST)

    def closable(self, text: str, *, by: MemberId) -> FoundBoard:
        """The open cases that `/case close SEARCH` would close, to be looked at first."""
        with self._kernel.look() as work:
            search = _Search(work, parse(text), by, open_only=True)
            free = (case for case in search.cases() if case.assignee in (None, by))
            found = list(islice(free, MOST_COUNTED + 1))
            fitting = [case for case in found if search.fits_each_open_word(case)]
            board = search.board(iter(fitting), MOST_AT_ONCE)
            at_least = board.at_least or len(found) > MOST_COUNTED
            return replace(board, others=len(found) - len(fitting), at_least=at_least)

    def linkable(self, text: str, *, by: MemberId) -> FoundBoard:
        """The open cases that an incident declared with this search would be about."""
        with self._kernel.look() as work:
            search = _Search(work, parse(text), by, open_only=True)
            free = (case for case in search.cases() if banner_of(work, case.id) is None)
            return search.board(free, MOST_AT_ONCE)

    def case(
        self, number: CaseId, *, by: MemberId, shown_in: DepartmentKey | None = None
    ) -> CaseBoard:
        """As its owner sees it, unless it is asked for in another department's channel."""
        with self._kernel.look() as work:
            case = _around(work, number, by)
            said = customers.words(work, case)
            return CaseBoard(
                card=card_facts(work, case, shown_in or case.department),
                posts=tuple(stored.post for stored in said),
                replies=tuple(work.tx.replies.of_case(number)),
                questions=tuple(work.tx.asks.questions(number)),
                events=tuple(work.tx.timeline.of_case(number)),
                voices=_voices(work, case),
            )

    def glance(self, number: CaseId, *, by: MemberId) -> Case:
        """The case alone, as a form about it needs it."""
        with self._kernel.look() as work:
            return _around(work, number, by)

    def receipt(self, number: CaseId, *, by: MemberId) -> ReceiptBoard:
        """Every stretch of every clock that counted or did not, and why."""
        with self._kernel.look() as work:
            case = _around(work, number, by)
            runs = work.tx.promises.of_case(number)
            kept = (one for one in runs if one.is_running and one.department != case.department)
            return ReceiptBoard(
                number, tuple((run, _receipt(work, run)) for run in runs), work.at,
                frozenset(one.name for one in kept),
            )  # fmt: skip

    def escalation(self, number: CaseId, *, by: MemberId) -> Escalation:
        """Whom each choice of *Escalate* disturbs."""
        with self._kernel.look() as work:
            case = _around(work, number, by)
            department = work.department_of(case)
            return Escalation(
                case, work.lead_for(department, by), work.called_for(by),
                called_for(work, CRISIS), leads=by in work.leads_of(department),
            )  # fmt: skip

    def hand_off_choice(self, number: CaseId, *, by: MemberId) -> HandOffChoice:
        with self._kernel.look() as work:
            case = work.case(number)
            work.member_of(case, by)
            others = [one for key, one in work.setup.queues.items() if key != case.department]
            return HandOffChoice(case, tuple(others), work.at)

    def case_at(self, channel: ChannelId, ts: str) -> CaseId:
        """The case whose message or thread that is."""
        with self._kernel.look() as work:
            message = work.tx.outbox.at_message(channel, ts)
        if message and message.kind in SHARED:
            raise ManyCasesHere()
        if message is None or message.case is None:
            raise NoCaseHere()
        return message.case

    def dead_letters(self, *, by: MemberId) -> tuple[DeadLetter, ...]:
        """What could not be said, or whose outcome nobody knows; replies of one's departments."""
        with self._kernel.look() as work:
            rights = work.standing(by)
            rights.must_belong_somewhere(work.setup)
            return dead_letters_for(work, rights)


def _voices(work: Work, case: Case) -> tuple[Voice, ...]:
    found = customers.voices(work, case, limit=LONGEST_LIST)
    return tuple(Voice(one.post, one.heard_as, one.case) for one in found)


def _around(work: Work, number: CaseId, by: MemberId) -> Case:
    case = work.case(number)
    work.around(case, by)
    return case


class _Search:
    """Page by page from the newest, in the departments the asker works in."""

    def __init__(self, work: Work, query: Query, by: MemberId, *, open_only: bool = False):
        self._work, self._query, self._by = work, query, by
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
            first = self._work.tx.posts.among([case.post for case in page])
            posts = self._work.tx.posts.of_cases([case.id for case in page])
            for case in page:
                later = [one for one in posts[case.id] if one.post.key != case.post]
                if fits(self._facts(case, [first[case.post], *later])):
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


def lines_of(work: Work, cases: list[Case]) -> tuple[Line, ...]:
    return tuple(_line(work, case) for case in cases)


def in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The queue's order."""
    return tuple(sorted(lines, key=_place))


def _place(one: Line) -> Place:
    return in_queue(one.case, one.due.due_at if one.due else None)


def _line(work: Work, case: Case) -> Line:
    due, link = work.tx.promises.next_due(case.id), card_link(work, case)
    first, newest = work.first_post(case).post, work.tx.posts.newest(case.id)
    latest = newest.post if newest and newest.post.key != first.key else None
    return Line(case, first, due, link, latest)


def _answered_at(work: Work, case: Case) -> datetime:
    """When our last answer to the customer went out; the beginning of time where there is none."""
    sent = (reply.sent_at for reply in work.tx.replies.of_case(case.id) if reply.sent_at)
    return max(sent, default=datetime.min.replace(tzinfo=UTC))


def _receipt(work: Work, run: PromiseRun) -> Receipt:
    calendar = work.setup.shown(run.department).calendar
    return receipt(run.clock(calendar), work.at, run.stopped_at)
