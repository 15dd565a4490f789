"""Two cases of one matter: merged where one customer wrote both, else linked; and taken apart."""

from dataclasses import replace
from datetime import datetime

from bot.domain.case import Case, Closing, Outcome
from bot.domain.errors import NothingToChange
from bot.domain.ids import CaseId, MemberId
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.domain.together import Together
from bot.services import alerts, clocks, customers, joined_clocks, late_list
from bot.services.closings import close, nothing_on_its_way, word_given
from bot.services.deadlines import set_anew
from bot.services.kernel import Kernel, Work
from bot.services.placing import placed
from bot.services.telling import tell
from bot.store.merges import Merge

SHOWN = 10  # words of a merged case that are told in the other's thread


class Merging:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def merge(self, number: CaseId, into: CaseId, *, by: MemberId) -> Together:
        """One customer's cases become one: the earlier deadline and the higher priority go on."""
        with self._kernel.work() as work:
            case, target = work.case(number), work.case(into)
            work.member_of(case, by)
            work.around(target, by)
            if number == into or not target.is_open:
                raise NothingToChange("a case is merged into another open one")
            if case.customer != target.customer:
                link(work, number, into, by)
                return Together(number, into, is_linked=True)
            case.must_be_open()
            nothing_on_its_way(work, case)
            merge(work, case, target, by)
            return Together(number, into)

    def split(self, number: CaseId, *, by: MemberId) -> Together:
        """A merged case is one of its own again, with its words and its own clock."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            merge = work.tx.merges.of(number)
            if case.closing is None or case.closing.into is None:
                raise NothingToChange(f"#{number} is not merged into another case")
            if merge is None:
                raise NothingToChange("it was merged before merging could be undone")
            target = customers.final(work, number)
            nothing_on_its_way(work, target)
            _split(work, case, target, merge, by)
            return Together(number, target.id)

    def link(self, number: CaseId, other: CaseId, *, by: MemberId) -> None:
        """Each names the other; nothing else changes."""
        with self._kernel.work() as work:
            _may_link(work, number, other, by)
            link(work, number, other, by)

    def unlink(self, number: CaseId, other: CaseId, *, by: MemberId) -> None:
        with self._kernel.work() as work:
            _may_link(work, number, other, by)
            if not work.tx.case_links.remove(number, other):
                raise NothingToChange(f"#{number} and #{other} are not linked")
            for case, to in ((number, other), (other, number)):
                work.keep(work.case(case).touched(), What.CASE_UNLINKED, by, other=to)


def link(work: Work, number: CaseId, other: CaseId, by: MemberId) -> None:
    """Raises NothingToChange where they are linked already."""
    if not work.tx.case_links.add(number, other, by=by, at=work.at):
        raise NothingToChange(f"#{number} and #{other} are linked already")
    for case, to in ((number, other), (other, number)):
        work.keep(work.case(case).touched(), What.CASE_LINKED, by, other=to)


def merge(work: Work, case: Case, target: Case, by: MemberId) -> None:
    words = customers.outline(work, case)
    calls = joined_clocks.join(work, case, target)
    work.tx.merges.keep(Merge(case.id, target.id, work.at, target.priority, target.escalated))
    work.tx.posts.move(case.id, target.id)
    work.tx.drafts.move(case.id, target.id)
    _carry_asks(work, case, target)
    close(work, case, Closing(Outcome.MERGED, by, work.at, into=target.id), by)
    merged = work.keep(target.absorb(case), What.MERGED, by, merged=case.id, owed=case.is_our_turn)
    set_anew(work, merged, has_moved=True)
    if merged.priority is not target.priority:
        alerts.await_somebody(work, merged)
    late_list.call(work, calls)
    tell(work, merged, "merged", [case.assignee, target.assignee], by=by, merged=case.id)
    for stored in words[-SHOWN:]:
        key = f"merged:{case.id}:{stored.post.key}"
        work.note(merged, key, say="merged_word", merged=case.id, post=stored.post.key)


def _carry_asks(work: Work, case: Case, target: Case) -> None:
    """What another department is asked and has not done is asked of the other case."""
    asked = {target.department, *(ask.department for ask in work.tx.asks.of_case(target.id))}
    for ask in work.asks(case):
        if ask.is_open and ask.department not in asked:
            work.tx.asks.put(replace(ask, case=target.id))


def _give_asks_back(work: Work, case: Case, target: Case) -> None:
    """Those that came along, as they are asked of `case` still."""
    own = {(ask.department, ask.ask) for ask in work.tx.asks.of_case(case.id)}
    for ask in work.tx.asks.of_case(target.id):
        if ask.is_open and (ask.department, ask.ask) in own:
            work.tx.asks.drop(target.id, ask.department)


def _split(work: Work, case: Case, target: Case, merge: Merge, by: MemberId) -> None:
    work.tx.merges.take_back(merge)
    _give_asks_back(work, case, target)
    answered_at = _answered_since(work, target, merge.at)
    _reopen(work, case, merge.at, answered_at, by)
    if target.is_open and not answered_at:
        joined_clocks.part(work, case, target, merge.at)
    parted = target.give_up(case, merge.priority, merge.escalated) if target.is_open else target
    parted = work.keep(parted.touched(), What.SPLIT, by, split=case.id)
    if parted.is_open:
        set_anew(work, parted)
    tell(work, parted, "split", [case.assignee, target.assignee], by=by, split=case.id)


def _reopen(
    work: Work, case: Case, merged_at: datetime, answered_at: datetime | None, by: MemberId
) -> None:
    """As it was before; what was answered in between was answered for both."""
    runs = clocks.stopped_by(work, case.id, merged_at)
    waiting_since = answered_at or word_given(work, case, runs)
    had = case.assignee
    is_there = bool(had) and case.department in work.standing(had or by).works_in
    reopened = case.reopen(had if is_there else None, work.at, waiting_since=waiting_since)
    case = work.keep(placed(work, reopened), What.REOPENED, by)
    if answered_at:
        solution = [run for run in runs if run.promise is Promise.RESOLUTION]
        runs = [run.pause(answered_at) for run in solution]
    clocks.resumed(work, case, runs, merged_at)
    alerts.await_somebody(work, case)


def _answered_since(work: Work, target: Case, since: datetime) -> datetime | None:
    sent = [
        reply.sent_at
        for reply in work.tx.replies.of_case(target.id)
        if reply.state is ReplyState.SENT and reply.sent_at and reply.sent_at > since
    ]
    outside = target.outside.at if target.outside and target.outside.at > since else None
    return max(filter(None, [*sent, outside]), default=None)


def _may_link(work: Work, number: CaseId, other: CaseId, by: MemberId) -> None:
    if number == other:
        raise NothingToChange("a case is linked to another one")
    work.around(work.case(number), by)
    work.around(work.case(other), by)
