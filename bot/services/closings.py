"""How a case ends, and how an end is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ask import Ask
from bot.domain.blank import is_blank, must_say
from bot.domain.case import Case, Closing, Outcome
from bot.domain.errors import (
    BotError,
    CaseIsOpen,
    CaseIsSolved,
    NotAssignee,
    NothingToChange,
    ReplyIsUnderWay,
    StillUnanswered,
    WroteMeanwhile,
)
from bot.domain.history import UNDO_WITHIN
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.mute import Mute
from bot.domain.promises import PromiseRun
from bot.domain.reply import OPEN_STATES
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import alerts, clocks, customers
from bot.services.deadlines import RESPONSES
from bot.services.kernel import Kernel, Work
from bot.services.placing import placed
from bot.services.telling import tell

MUTED_FOR = timedelta(days=1)
_WORDS = (What.POSTED, What.EDITED, What.DELETED)


@dataclass(frozen=True)
class Solved:
    """The closed case, and the asks of other departments that are still open: a warning."""

    case: Case
    open_asks: tuple[Ask, ...]
    names: Mapping[DepartmentKey, str]  # of those that are asked


class Closings:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def mute(self, number: CaseId, reason: str, *, by: MemberId) -> Mute:
        """For a day the author's posts ask nobody for an answer; they are kept all the same."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            must_say(reason)
            post, until = work.first_post(case).post, work.at + MUTED_FOR
            work.tx.seen.mute(case.customer, until, by=by, reason=reason)
            work.record(case.id, What.NOTE, by, muted=reason, until=until.isoformat())
            close(work, case, Closing(Outcome.NO_REPLY, by, work.at, reason), by)
            return Mute(case.customer, post.author.handle, until, by, reason, number)

    def mutes(self, *, by: MemberId) -> tuple[Mute, ...]:
        """Whose posts ask nobody for an answer now; for anybody of the desk."""
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return tuple(work.tx.seen.mutes(work.at))

    def unmute(self, number: CaseId, *, by: MemberId) -> Mute:
        """The author of this case is heard again at once."""
        with self._kernel.work() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            author = work.case(number).customer
            mutes = (one for one in work.tx.seen.mutes(work.at) if one.author == author)
            return _unmuted(work, next(mutes, None), by)

    def unmute_author(self, network: str, handle: str, *, by: MemberId) -> Mute:
        """The same for who types whom they mean."""
        with self._kernel.work() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            mutes = (one for one in work.tx.seen.mutes(work.at) if one.is_of(network, handle))
            return _unmuted(work, next(mutes, None), by)

    def solve(
        self, number: CaseId, note: str, *, by: MemberId, seen_at: datetime | None = None
    ) -> Solved:
        """With a reason; only a case whose customer was answered may go without one."""
        with self._kernel.work() as work:
            case = work.case(number)
            _mine_or_free(work, case, by)
            _is_as_seen(work, case, seen_at)
            nothing_on_its_way(work, case)
            if case.is_our_turn and is_blank(note):
                raise StillUnanswered(case.id)
            case = close(work, case, Closing(Outcome.SOLVED, by, work.at, note), by)
            asks = tuple(ask for ask in work.asks(case) if ask.is_open)
            return Solved(case, asks, work.setup.names_of(*(ask.department for ask in asks)))

    def no_reply(self, number: CaseId, *, by: MemberId, seen_at: datetime | None = None) -> Case:
        """One press: nothing is owed, the clocks stop, and it can be undone."""
        with self._kernel.work() as work:
            case = work.case(number)
            _mine_or_free(work, case, by)
            _is_as_seen(work, case, seen_at)
            return close(work, case, Closing(Outcome.NO_REPLY, by, work.at), by)

    def no_reply_to(
        self, numbers: Sequence[CaseId], *, by: MemberId, seen_at: datetime | None = None
    ) -> tuple[list[CaseId], dict[CaseId, BotError]]:
        """The same for many, each for itself: those closed, and why the others were not."""
        closed: list[CaseId] = []
        refused: dict[CaseId, BotError] = {}
        for number in numbers:
            try:
                self.no_reply(number, by=by, seen_at=seen_at)
                closed.append(number)
            except BotError as error:
                refused[number] = error
        return closed, refused

    def reopen(self, number: CaseId, *, by: MemberId) -> Case:
        """Within the hour as if it had never been closed; later with new promises."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            if case.closing is None:
                raise CaseIsOpen()
            if case.closing.into:
                raise CaseIsSolved(case.closing.by, case.closing.outcome, case.closing.into)
            if work.at - case.closing.at <= UNDO_WITHIN:
                return _taken_back(work, case, case.closing, by)
            case = work.keep(placed(work, case.reopen(by, work.at)), What.REOPENED, by)
            clocks.start(work, case, Promise.NEXT_RESPONSE, Promise.RESOLUTION)
            clocks.hang(work, case)
            return case


def _unmuted(work: Work, mute: Mute | None, by: MemberId) -> Mute:
    if mute is None:
        raise NothingToChange("that author is not muted")
    work.tx.seen.unmute(mute.author)
    if mute.case:
        work.record(mute.case, What.NOTE, by, unmuted=True)
    return mute


def _mute_of(work: Work, case: Case, closing: Closing) -> Mute | None:
    """The mute that closed this case, which ends with it where that is taken back."""
    author = case.customer
    until = closing.at + MUTED_FOR
    mutes = (one for one in work.tx.seen.mutes(work.at) if one.author == author)
    return next((one for one in mutes if (one.by, one.until) == (closing.by, until)), None)


def _taken_back(work: Work, case: Case, closing: Closing, by: MemberId) -> Case:
    """Nothing has happened: who had it has it again, every deadline is where it was."""
    runs = clocks.stopped_by(work, case.id, closing.at)
    waiting_since = word_given(work, case, runs)
    reopened = case.reopen(_who_had_it(work, case, by), work.at, waiting_since=waiting_since)
    case = work.keep(placed(work, reopened), What.REOPENED, by)
    clocks.resumed(work, case, runs, closing.at)
    if mute := _mute_of(work, case, closing):
        _unmuted(work, mute, by)
    alerts.await_somebody(work, case)
    if case.assignee and case.assignee != by:
        tell(work, case, "assigned", [case.assignee], by=by)
    return case


def word_given(work: Work, case: Case, runs: list[PromiseRun]) -> datetime | None:
    """Since when the customer had the word, of a case that was closed with these clocks."""
    if paused := next((run.paused_at for run in runs if run.paused_at), None):
        return paused
    is_owed = any(run.promise in RESPONSES for run in runs)
    if is_owed or case.outside is None or customers.has_spoken(work, case, since=case.outside.at):
        return None
    return case.outside.at


def _who_had_it(work: Work, case: Case, by: MemberId) -> MemberId | None:
    """Its assignee, while they work there still; who takes a solution back answers for it."""
    if case.closing and case.closing.outcome is Outcome.SOLVED:
        return by
    had = case.assignee
    return had if had and case.department in work.standing(had).works_in else None


def close(work: Work, case: Case, closing: Closing, by: MemberId) -> Case:
    nothing_on_its_way(work, case)
    closed = case.close(closing)
    work.tx.drafts.drop_all(case.id)
    clocks.closed(work, case)
    return work.keep(closed, What.CLOSED, by, outcome=closing.outcome, into=closing.into)


def nothing_on_its_way(work: Work, case: Case) -> None:
    """A reply that waits, is held or has an unknown outcome is decided first."""
    reply = work.tx.replies.latest(case.id)
    if reply and reply.state in OPEN_STATES:
        raise ReplyIsUnderWay(reply.state)


def _is_as_seen(work: Work, case: Case, seen_at: datetime | None) -> None:
    """Whoever decides by a form or a list has read all that the customer said."""
    if seen_at is None:  # a press on the card, which shows them all
        return
    words = work.tx.timeline.of_cases([case.id], _WORDS).get(case.id, [])
    if any(event.at > seen_at for event in words):
        raise WroteMeanwhile(case.id)


def _mine_or_free(work: Work, case: Case, by: MemberId) -> None:
    work.may_finish(case, by)
    if case.assignee and case.assignee != by:
        raise NotAssignee(case.assignee)
