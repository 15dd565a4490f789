"""Answering the customer: written, previewed, held for *Undo*, and decided when it is held.

Nothing here sends: `bot.services.sending` does, and only what stands here as ready.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain.blank import is_blank
from bot.domain.case import Case
from bot.domain.draft import Carried, Draft, ReplyTarget, mark_of
from bot.domain.errors import (
    DraftIsGone,
    EmptyReply,
    NoAccountChosen,
    NotYours,
    NoWayOut,
    OutgoingIsOff,
    ReplyIsUnderWay,
    ReplyTooLong,
    SaidAlready,
    SubmittedAlready,
    Tampered,
)
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import BY_HAND
from bot.domain.reply import OPEN_STATES, REWRITABLE, Outgoing, Reply, ReplyState
from bot.domain.reply_form import Preview, ReplyForm
from bot.domain.timeline import What
from bot.services import answering, customers, drafts, ours, targets
from bot.services.casework import claim
from bot.services.kernel import Kernel, Work

LONGEST = 3000  # characters a form of Slack takes; a network may allow less


class Replies:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def draft(self, number: CaseId, *, by: MemberId, words: str = "") -> ReplyForm:
        """Opens the answer and claims the case: who writes, has it. `words` are to begin with."""
        with self._kernel.work() as work:
            _may_answer(work, work.case(number), by)
            has_claimed = work.case(number).assignee is None
            case = claim(work, number, by)
            before = work.tx.drafts.get(number, by)
            draft = drafts.opened(work, case, by, has_claimed=has_claimed, words=words)
            return drafts.widened(before, drafts.form_of(work, case, draft))

    def rewrite(self, key: str, *, by: MemberId) -> ReplyForm:
        """A held or refused reply's words, to be changed; it is dropped when those are sent."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            reply.must_be_rewritable()
            case = work.case(reply.case)
            case.must_be_open()
            draft = drafts.taken_from(work, case, reply, by)
            return drafts.widened(drafts.of_reply(reply), drafts.form_of(work, case, draft))

    def choose(self, carried: Carried, post: str, text: str, *, by: MemberId) -> ReplyForm:
        """Another of the customer's own posts is to be answered; the words stay."""
        with self._kernel.work() as work:
            case = work.case(carried.case)
            _may_answer(work, case, by)
            draft = drafts.shown(work, case, carried, by)
            before = draft.keep(text, work.at)
            draft = drafts.aimed(work, case, before, post)
            return drafts.widened(before, drafts.form_of(work, case, draft))

    def start_over(self, carried: Carried, *, by: MemberId) -> ReplyForm:
        """An empty form, for the customer's newest post."""
        with self._kernel.work() as work:
            case = work.case(carried.case)
            _may_answer(work, case, by)
            draft = drafts.shown(work, case, carried, by)
            work.tx.drafts.drop(case.id, by)
            draft = drafts.opened(work, case, by, has_claimed=draft.has_claimed)
            return drafts.form_of(work, case, draft)

    def typed(self, carried: Carried, text: str, *, by: MemberId) -> ReplyForm | None:
        """Kept every few seconds while somebody types; None where it was not time yet."""
        if not self._is_time_to_keep(carried, by):
            return None
        with self._kernel.work() as work:
            case = work.case(carried.case)
            draft = drafts.keep(work, case, text, by, carried)
            is_theirs = case.department in work.standing(by).publishes_in
            return drafts.form_of(work, case, draft) if draft and is_theirs else None

    def put_away(self, carried: Carried, *, by: MemberId) -> None:
        """The form was closed without sending: what was written stays, for who wrote it."""
        with self._kernel.work() as work:
            drafts.put_away(work, work.case(carried.case), by)

    def preview(
        self,
        number: CaseId,
        text: str,
        *,
        by: MemberId,
        carried: Carried | None = None,
        account: str = "",
    ) -> Preview:
        """The second look; whatever is refused here, the words are kept first."""
        self._keep(number, text, by, carried)
        with self._kernel.work() as work:
            case = work.case(number)
            _may_answer(work, case, by)
            draft = drafts.of_form(work, case, carried, by)
            draft = _from_account(work, draft, account)
            _check(work, case, text)
            draft = work.tx.drafts.save(draft.look_twice(text, work.at))
            return Preview(drafts.form_of(work, case, draft), text, self._kernel.undo)

    def send(self, carried: Carried, *, by: MemberId, once: str) -> Reply:
        """What the preview has shown, to whom it said; `once` names it, sent a single time."""
        with self._kernel.work() as work:
            _only_once(work, once)
            case = work.case(carried.case)
            _may_answer(work, case, by)
            draft = drafts.shown(work, case, carried, by)
            return self._queue(work, case, draft, drafts.must_be_previewed(draft, carried))

    def submit(self, number: CaseId, text: str, *, by: MemberId, once: str) -> Reply:
        """Ready to be sent when *Undo* has run out; without a form it was written just now."""
        with self._kernel.work() as work:
            _only_once(work, once)
            case = work.case(number)
            _may_answer(work, case, by)
            return self._queue(work, case, drafts.of_form(work, case, None, by), text)

    def undo(self, key: str, *, by: MemberId) -> Reply:
        """In time, by anybody of the department: it was never public. Its words stay a draft."""
        with self._kernel.work() as work:
            reply = work.tx.replies.get(key)
            case = work.case(reply.case)
            work.may_finish(case, by)
            undone = answering.keep(work, reply.undo(), by)
            drafts.taken_back(work, case, reply)
            return undone

    def send_held(self, key: str, *, by: MemberId) -> Reply:
        """Its author has looked again and says: now. The switch must be on."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            return _send_as_seen(work, reply.release(work.at), by)

    def drop(self, key: str, *, by: MemberId) -> Reply:
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            return answering.keep(work, reply.drop(), by)

    def found(self, key: str, url: str, *, by: MemberId) -> Reply:
        """Somebody looked: the reply of unknown outcome is public, there."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            found = reply.found(work.at, url or None)
            ours.receipt_came(work, found)
            return answering.delivered(work, found, by)

    def send_again(self, key: str, *, by: MemberId) -> Reply:
        """Somebody looked, and takes the risk of a second copy."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            return _send_as_seen(work, reply.send_again(work.at), by)

    def _keep(self, number: CaseId, text: str, by: MemberId, carried: Carried | None) -> None:
        """In a transaction of its own, so that no refusal takes the words back."""
        with self._kernel.work() as work:
            case = work.case(number)
            is_there = work.tx.drafts.get(number, by) is not None
            drafts.keep(work, case, text, by, carried)
        if carried and not is_there:
            raise DraftIsGone(number)

    def _is_time_to_keep(self, carried: Carried, by: MemberId) -> bool:
        with self._kernel.look() as work:
            draft = work.tx.drafts.get(carried.case, by)
            return draft is not None and drafts.is_time_to_keep(draft, work.at)

    def _queue(self, work: Work, case: Case, draft: Draft, text: str) -> Reply:
        _check(work, case, text)
        if work.setup.outgoing is Outgoing.OFF:
            raise OutgoingIsOff(Outgoing.OFF)
        _drop_replaced(work, case, draft.member)
        case = claim(work, case.id, draft.member)
        reply = work.tx.replies.add(self._reply(work, draft, text))
        drafts.sent(work, draft)
        answering.tell(work, case, reply, draft.member)
        newer = customers.newer_word(work, case, since=draft.opened_at)
        return answering.failed(work, reply.hold(newer), draft.member) if newer else reply

    def _reply(self, work: Work, draft: Draft, text: str) -> Reply:
        return Reply(
            key=self._kernel.new_key(),
            case=draft.case,
            post=draft.target.post,
            author=draft.member,
            text=text,
            visibility=draft.target.visibility,
            account=draft.target.account,
            created_at=work.at,
            send_at=work.at + self._kernel.undo,
        )


def _only_once(work: Work, once: str) -> None:
    if not work.tx.seen.first(f"reply:{once}", work.at):
        raise SubmittedAlready()


def _from_account(work: Work, draft: Draft, chosen: str) -> Draft:
    """The writer's choice, where neither the post nor the case nor the door says whose it is."""
    post = targets.post_of(work, draft.target).post
    offered = targets.accounts_to_choose(work, post, draft.target)
    if not offered:
        return draft
    if not chosen:
        raise NoAccountChosen()
    account = next((one for one in offered if mark_of(one) == chosen), None)
    if account is None:
        raise Tampered("account")
    target = ReplyTarget(draft.target.post, account, draft.target.visibility)
    return replace(draft, target=target)


def _may_answer(work: Work, case: Case, by: MemberId) -> None:
    work.may_publish(case, by)
    case.must_be_answerable_by(by)
    if work.first_post(case).post.source == BY_HAND:
        raise NoWayOut(case.id)


def _to_decide(work: Work, key: str, by: MemberId) -> Reply:
    """For its author; once they have given the case away, for whoever has it."""
    reply = work.tx.replies.get(key)
    case = work.case(reply.case)
    work.may_publish(case, by)
    owner = case.assignee or reply.author
    if by != owner:
        raise NotYours(owner)
    return reply


def _send_as_seen(work: Work, reply: Reply, by: MemberId) -> Reply:
    """What the customer wrote meanwhile has been seen with this decision; the switch must be on.

    Whoever decides it answers for it: its writer may work elsewhere by now.
    """
    if work.setup.outgoing is not Outgoing.ON:
        raise OutgoingIsOff(work.setup.outgoing)
    return answering.keep(work, replace(reply, created_at=work.at, author=by), by)


def _check(work: Work, case: Case, text: str) -> None:
    if is_blank(text):
        raise EmptyReply()
    if len(text) > LONGEST:
        raise ReplyTooLong(len(text), LONGEST)
    for reply in work.tx.replies.of_case(case.id):
        if reply.state in OPEN_STATES and reply.state is not ReplyState.HELD:
            raise ReplyIsUnderWay(reply.state)
        same = " ".join(reply.text.split()) == " ".join(text.split())
        if same and reply.state is ReplyState.SENT and _is_recent(work, reply):
            raise SaidAlready(reply.author)


def _is_recent(work: Work, reply: Reply) -> bool:
    return reply.sent_at is not None and work.at - reply.sent_at < timedelta(days=1)


def _drop_replaced(work: Work, case: Case, by: MemberId) -> None:
    """New words take the place of those that are held or were refused."""
    for reply in work.tx.replies.of_case(case.id):
        if reply.state in REWRITABLE:
            work.tx.replies.save(reply.drop())
            work.record(case.id, What.REPLY, by, reply=reply.key, state=ReplyState.DROPPED)
