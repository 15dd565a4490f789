"""What people ask to see: read in one moment, for somebody who may see it."""

from dataclasses import replace
from itertools import islice

from bot.domain.boards import (
    CaseBoard,
    DeadLetter,
    FoundBoard,
    MineBoard,
    QueueBoard,
    ReceiptBoard,
    Voice,
)
from bot.domain.case import Case
from bot.domain.department import Department
from bot.domain.effects import SHARED
from bot.domain.errors import ManyCasesHere, NoCaseHere
from bot.domain.ids import CaseId, ChannelId, DepartmentKey, MemberId
from bot.domain.incident import CRISIS
from bot.domain.promises import PromiseRun
from bot.domain.receipt import Receipt, receipt
from bot.domain.reply_form import Escalation, HandOffChoice
from bot.domain.search import parse
from bot.domain.timeline import Event, What
from bot.services import customers
from bot.services.case_lines import asked_of, in_order, lines_of
from bot.services.case_search import MOST_COUNTED, CaseSearch
from bot.services.contents import card_facts
from bot.services.dead_letters import dead_letters_for
from bot.services.incident_contents import banner_of
from bot.services.incident_people import called_for
from bot.services.kernel import Kernel, Work
from bot.services.late_board import calls_for

LONGEST_LIST = 40
SHOWN = 20  # posts of a case that are read, the newest
MOST_AT_ONCE = 200  # cases that one `/case close` may close
_DEPARTMENTS = ("department", "to", "was")  # what an event of the timeline calls one


class Boards:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def mine(self, *, by: MemberId) -> MineBoard:
        with self._kernel.look() as work:
            held = work.tx.cases.of_member(by, limit=LONGEST_LIST)
            offered = work.tx.cases.offered_to(by)
            total = work.tx.cases.count_of_member(by)
            return MineBoard(
                lines_of(work, held), in_order(lines_of(work, offered)), total, work.at,
                asked_of(work, work.standing(by).works_in),
            )  # fmt: skip

    def queue(self, department: DepartmentKey, *, by: MemberId) -> QueueBoard:
        with self._kernel.look() as work:
            found = work.setup.department(department)
            rights = work.standing(by)
            rights.must_work_in(found)
            cases = work.tx.cases.queue(department, limit=LONGEST_LIST)
            total, free, asleep = work.tx.cases.open_count(department)
            called = sum(one.case.department not in rights.works_in for one in calls_for(work, by))
            lines, asked = lines_of(work, cases), asked_of(work, [department])
            return QueueBoard(found, lines, total, free, work.at, asleep, called, asked)

    def departments_of(self, by: MemberId) -> tuple[Department, ...]:
        """Where a person works and cases queue."""
        with self._kernel.look() as work:
            works_in = work.standing(by).works_in
            return tuple(one for key, one in work.setup.queues.items() if key in works_in)

    def find(self, text: str, *, by: MemberId) -> FoundBoard:
        """The newest that fit, in the departments the asker works in; raises BadQuery."""
        with self._kernel.look() as work:
            search = self._search(work, text, by)
            return search.board(search.cases(), LONGEST_LIST)

    def _search(
        self, work: Work, text: str, by: MemberId, *, open_only: bool = False
    ) -> CaseSearch:
        return CaseSearch(work, parse(text), by, open_only=open_only, steady=self._kernel.steady)

    def closable(self, text: str, *, by: MemberId) -> FoundBoard:
        """The open cases that `/case close SEARCH` would close, to be looked at first."""
        with self._kernel.look() as work:
            search = self._search(work, text, by, open_only=True)
            free = (case for case in search.cases() if case.assignee in (None, by))
            found = list(islice(free, MOST_COUNTED + 1))
            fitting = [case for case in found if search.fits_each_open_word(case)]
            board = search.board(iter(fitting), MOST_AT_ONCE)
            at_least = board.at_least or len(found) > MOST_COUNTED
            return replace(board, others=len(found) - len(fitting), at_least=at_least)

    def rest_of_conversation(self, number: CaseId, *, by: MemberId) -> FoundBoard:
        """The open cases that others have where this one stands, free or the asker's own."""
        with self._kernel.look() as work:
            others = customers.open_beside(work, _around(work, number, by))
            works_in = work.standing(by).works_in
            free = [one for one in others if one.department in works_in and one.is_one_of_many(by)]
            lines = lines_of(work, free[:MOST_AT_ONCE])
            more, kept = len(free) - len(lines), len(others) - len(free)
            return FoundBoard(f"#{number}", lines, more, work.at, others=kept)

    def linkable(self, text: str, *, by: MemberId) -> FoundBoard:
        """The open cases that an incident declared with this search would be about."""
        with self._kernel.look() as work:
            search = self._search(work, text, by, open_only=True)
            free = (case for case in search.cases() if banner_of(work, case.id) is None)
            return search.board(free, MOST_AT_ONCE)

    def case(
        self, number: CaseId, *, by: MemberId, shown_in: DepartmentKey | None = None
    ) -> CaseBoard:
        """As its owner sees it, unless it is asked for in another department's channel."""
        with self._kernel.look() as work:
            case = _around(work, number, by)
            said = customers.outline(work, case)
            said[-SHOWN:] = customers.with_texts(work, said[-SHOWN:])
            return CaseBoard(
                card=card_facts(work, case, shown_in or _seen_from(work, case, by)),
                posts=tuple(stored.post for stored in said),
                replies=tuple(work.tx.replies.of_case(number)),
                questions=tuple(work.tx.asks.questions(number)),
                events=tuple(_named(work, one) for one in work.tx.timeline.of_case(number)),
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


def _seen_from(work: Work, case: Case, by: MemberId) -> DepartmentKey:
    """The owner's side, or that of a department that follows where somebody works only there."""
    works_in = work.standing(by).works_in
    following = [ask.department for ask in work.asks(case) if ask.department in works_in]
    return following[0] if following and case.department not in works_in else case.department


def _receipt(work: Work, run: PromiseRun) -> Receipt:
    calendar = work.setup.shown(run.department).calendar
    return receipt(run.clock(calendar), work.at, run.stopped_at)


def _named(work: Work, event: Event) -> Event:
    """Departments are kept by their keys, and read by their names."""
    if event.what is What.PRIORITY:  # a department may be called as one of those
        return event
    known = {**work.setup.former, **work.setup.departments}
    said = {key: known.get(DepartmentKey(str(event.data.get(key)))) for key in _DEPARTMENTS}
    names = {key: department.name for key, department in said.items() if department}
    return replace(event, data={**event.data, **names})
