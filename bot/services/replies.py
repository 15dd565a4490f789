"""Answering the customer: written, previewed, held for *Undo*, and decided when it is held.

Nothing here sends: `bot.services.sending` does, and only what stands here as ready.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.errors import (
    EmptyReply,
    NotYours,
    OutgoingIsOff,
    ReplyIsUnderWay,
    ReplyTooLong,
    SaidAlready,
    SubmittedAlready,
)
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import Post
from bot.domain.reply import OPEN_STATES, REWRITABLE, Outgoing, Reply, ReplyState
from bot.domain.reply_form import Draft, Preview
from bot.domain.timeline import What
from bot.services import answering
from bot.services.casework import claim
from bot.services.kernel import Kernel, Work
from bot.store.posts import author_key

LONGEST = 2850  # characters a form of Slack takes; a network may allow less
BEGUN = "begun"  # in the timeline: the form was opened, with what the customer had written by then


class Replies:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def draft(self, number: CaseId, *, by: MemberId) -> Draft:
        """Opens the answer and claims the case: who writes, has it."""
        with self._kernel.work() as work:
            _may_answer(work, work.case(number), by)
            case = claim(work, number, by)
            _remember_look(work, case, by)
            return _draft(work, case)

    def rewrite(self, key: str, *, by: MemberId) -> Draft:
        """A held or refused reply's words, to be changed; it is dropped when those are sent."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            reply.must_be_rewritable()
            case = work.case(reply.case)
            _remember_look(work, case, by)
            return replace(_draft(work, case), text=reply.text)

    def preview(self, number: CaseId, text: str, *, by: MemberId) -> Preview:
        with self._kernel.look() as work:
            case = work.case(number)
            _may_answer(work, case, by)
            _check(work, case, text)
            draft = _draft(work, case)
            return Preview(draft, text, self._kernel.undo, work.setup.outgoing, draft.warnings)

    def submit(self, number: CaseId, text: str, *, by: MemberId, once: str) -> Reply:
        """Ready to be sent when *Undo* has run out; `once` names the form, sent a single time."""
        with self._kernel.work() as work:
            if not work.tx.seen.first(f"reply:{once}", work.at):
                raise SubmittedAlready()
            case = work.case(number)
            _may_answer(work, case, by)
            _check(work, case, text)
            _drop_replaced(work, case, by)
            case = claim(work, number, by)
            reply = work.tx.replies.add(self._reply(work, case, text, by))
            answering.tell(work, case, reply, by)
            unseen = answering.unseen_word(work, case, since=_last_look(work, case, by))
            return answering.failed(work, reply.hold(unseen), by) if unseen else reply

    def undo(self, key: str, *, by: MemberId) -> Reply:
        """In time, by anybody of the department: it was never public."""
        with self._kernel.work() as work:
            reply = work.tx.replies.get(key)
            work.member_of(work.case(reply.case), by)
            return answering.keep(work, reply.undo(), by)

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
            return answering.delivered(work, reply.found(work.at, url or None), by)

    def send_again(self, key: str, *, by: MemberId) -> Reply:
        """Somebody looked, and takes the risk of a second copy."""
        with self._kernel.work() as work:
            reply = _to_decide(work, key, by)
            return _send_as_seen(work, reply.send_again(work.at), by)

    def _reply(self, work: Work, case: Case, text: str, by: MemberId) -> Reply:
        post = _newest(work, case)
        return Reply(
            key=self._kernel.new_key(),
            case=case.id,
            post=post.key,
            author=by,
            text=text,
            visibility=post.visibility,
            account=post.account,
            created_at=work.at,
            send_at=work.at + self._kernel.undo,
        )


def _may_answer(work: Work, case: Case, by: MemberId) -> None:
    work.standing(by).must_publish_for(work.department_of(case))
    case.must_be_answerable_by(by)


def _to_decide(work: Work, key: str, by: MemberId) -> Reply:
    """For its author; once they have given the case away, for whoever has it."""
    reply = work.tx.replies.get(key)
    case = work.case(reply.case)
    work.standing(by).must_publish_for(work.department_of(case))
    owner = case.assignee or reply.author
    if by != owner:
        raise NotYours(owner)
    return reply


def _send_as_seen(work: Work, reply: Reply, by: MemberId) -> Reply:
    """What the customer wrote meanwhile has been seen with this decision; the switch must be on."""
    if work.setup.outgoing is not Outgoing.ON:
        raise OutgoingIsOff(work.setup.outgoing)
    return answering.keep(work, replace(reply, created_at=work.at), by)


def _check(work: Work, case: Case, text: str) -> None:
    if not text.strip():
        raise EmptyReply()
    if len(text) > LONGEST:
        raise ReplyTooLong(len(text), LONGEST)
    if work.setup.outgoing is Outgoing.OFF:
        raise OutgoingIsOff(Outgoing.OFF)
    for reply in work.tx.replies.of_case(case.id):
        if reply.state in OPEN_STATES and reply.state is not ReplyState.HELD:
            raise ReplyIsUnderWay(reply.state)
        same = " ".join(reply.text.split()) == " ".join(text.split())
        if same and reply.state is ReplyState.SENT and _is_recent(work, reply):
            raise SaidAlready(reply.author)


def _is_recent(work: Work, reply: Reply) -> bool:
    return reply.sent_at is not None and work.at - reply.sent_at < timedelta(days=1)


def _remember_look(work: Work, case: Case, by: MemberId) -> None:
    """What the customer writes after this moment, the author has not seen."""
    work.record(case.id, What.REPLY, by, state=BEGUN)


def _last_look(work: Work, case: Case, by: MemberId) -> datetime:
    """When the author's form was opened; an answer without a form was written just now."""
    begun = [
        event.at
        for event in work.tx.timeline.of_case(case.id)
        if event.what is What.REPLY and event.by == by and event.data.get("state") == BEGUN
    ]
    return begun[-1] if begun else work.at


def _drop_replaced(work: Work, case: Case, by: MemberId) -> None:
    """New words take the place of those that are held or were refused."""
    for reply in work.tx.replies.of_case(case.id):
        if reply.state in REWRITABLE:
            work.tx.replies.save(reply.drop())
            work.record(case.id, What.REPLY, by, reply=reply.key, state=ReplyState.DROPPED)


def _draft(work: Work, case: Case) -> Draft:
    post = _newest(work, case)
    return Draft(case, post, post.account, post.visibility, warnings=_warnings(work, case, post))


def _warnings(work: Work, case: Case, post: Post) -> tuple[str, ...]:
    """What somebody should know before they write."""
    others = {
        other.assignee
        for other in work.tx.cases.of_author(author_key(post))
        if other.is_open and other.assignee not in (None, case.assignee)
    }
    met = [f"<@{one}> has another case of this customer." for one in sorted(filter(None, others))]
    epoch = work.tx.epochs.newest()
    if epoch and case.opened_at <= epoch.backup_at:
        met.append(f"Look on the network first, {epoch.why}: what was answered since is not here.")
    return tuple(met)


def _newest(work: Work, case: Case) -> Post:
    """The customer's newest word that still stands is what is answered."""
    posts = [stored for stored in work.tx.posts.of_case(case.id) if not stored.deleted_at]
    return (posts[-1] if posts else work.first_post(case)).post
