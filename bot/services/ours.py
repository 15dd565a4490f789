"""Our own words, when a network brings them back to us: they are never a customer's.

What the desk has sent changes nothing. What somebody said in the network's own app answers the post
it stands under, or nobody's: an announcement.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.case import Case, Closing, Outcome, OutsideAnswer
from bot.domain.conversation import MOST_STEPS, Heard
from bot.domain.ids import DESK, MemberId, PostKey
from bot.domain.outbox import Delivered
from bot.domain.post import BY_HAND, Post
from bot.domain.reply import OPEN_STATES, Reply, ReplyState
from bot.services import answering, customers
from bot.services.closings import close
from bot.services.kernel import Work
from bot.services.outside import answered_outside, take_back
from bot.store.conversations import Place
from bot.store.posts import StoredPost

ELSEWHERE = "somebody answered outside the desk"
COMES_BACK_WITHIN = timedelta(days=1)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def are_heard(work: Work, stored: StoredPost, place: Place) -> bool:
    """False where they are a customer's; else all that follows from them is done."""
    post = stored.post
    if post.source == BY_HAND:
        return False
    is_receipt = place.is_named and work.tx.replies.by_receipt(post.source, post.id) is not None
    reply = None if is_receipt else _reply_of(work, stored, place)
    if not (is_receipt or reply or work.accounts.own(post)):
        return False
    work.tx.posts.belong(post.key, place.root, Heard.OURS)
    if reply:
        _came_back(work, reply, post)
    elif not is_receipt and not stored.deleted_at and (answered := _answered(work, post, place)):
        seen_outside(work, *answered, stored)
    return True


def answered_before(work: Work, case: Case, stored: StoredPost, place: Place) -> None:
    """Our answer to this post has come in before it."""
    if place.is_named and (
        ours := work.tx.conversations.ours_answering(place.root, stored.post.id)
    ):
        seen_outside(work, case, stored, ours)


def seen_outside(work: Work, case: Case, answered: StoredPost, ours: StoredPost) -> None:
    """Somebody answered this post of the case in the network's own app."""
    answer = OutsideAnswer(work.at, DESK, ours.post.key, ours.post.url)
    is_last_word = not _has_said_more(work, case, answered, ours)
    answered_outside(work, case, answer, is_last_word=is_last_word)
    hold_waiting(work, case, DESK)


def hold_waiting(work: Work, case: Case, by: MemberId) -> None:
    """What waits with *Undo* for the same customer gets a second look."""
    for reply in work.tx.replies.of_case(case.id):
        if reply.state is ReplyState.UNDO:
            answering.failed(work, reply.hold(ELSEWHERE), by)


def receipt_came(work: Work, reply: Reply) -> None:
    """The network has named an answer; what it calls so may have come in as a post before."""
    if not reply.remote_id:
        return
    post = work.tx.posts.get(reply.post)
    stored = work.tx.posts.get(PostKey(f"{post.post.source}:{reply.remote_id}")) if post else None
    if stored is None or stored.heard_as is Heard.STUB:
        return
    if stored.heard_as is Heard.OURS:
        case = work.case(reply.case)
        if case.outside and case.outside.post == stored.post.key:
            take_back(work, case, by=DESK)
    elif _same(stored.post.text, reply.text) and stored.case:
        _was_none(work, stored)


def late_receipt(work: Work, reply: Reply, answer: object) -> None:
    """Its own words have come back first; the network may know them by this name too."""
    post = work.tx.posts.get(reply.post)
    if isinstance(answer, Delivered) and reply.state is ReplyState.SENT and post and post.root:
        work.tx.conversations.lead(f"{post.post.source}:{answer.id}", post.root)


def _came_back(work: Work, reply: Reply, post: Post) -> None:
    """It is its receipt, where there was none yet; nobody sends it again."""
    if reply.state in (ReplyState.SENDING, ReplyState.UNKNOWN):
        answering.delivered(work, reply.seen(work.at, post.id, post.url), DESK)
    elif not reply.remote_id:
        work.tx.replies.save(replace(reply, remote_id=post.id, url=reply.url or post.url))


def _reply_of(work: Work, stored: StoredPost, place: Place) -> Reply | None:
    """The answer of the desk that says the same under the same post."""
    if not place.is_known:
        return None
    is_own = work.accounts.own(stored.post)
    for reply in _left_for(work, stored.post, place, is_own=is_own):
        is_it = _same(reply.text, stored.post.text) and not _is_long_out(work, reply)
        if is_it and (is_own or _is_nameless(work, stored, reply)):
            return reply
    return None


def _left_for(work: Work, post: Post, place: Place, *, is_own: bool) -> list[Reply]:
    """Answers under the same post; where ours names none, in the same conversation."""
    if post.in_reply_to:
        return work.tx.replies.out_to(PostKey(f"{post.source}:{post.in_reply_to}"))
    return work.tx.replies.out_in(place.root) if is_own else []


def _is_long_out(work: Work, reply: Reply) -> bool:
    """It was known by its name long ago: the same words again are said again."""
    out = reply.sent_at if reply.state is ReplyState.SENT and reply.remote_id else None
    return out is not None and work.at - out > COMES_BACK_WITHIN


def _is_nameless(work: Work, stored: StoredPost, reply: Reply) -> bool:
    """Somebody who has never been heard says what is being sent right now: so we are called."""
    if reply.state is not ReplyState.SENDING:
        return False
    return not work.tx.posts.of_author(stored.post, since=_EVER, limit=1)


def _answered(work: Work, post: Post, place: Place) -> tuple[Case, StoredPost] | None:
    """The case that this answers, and the post of it; None: nobody's, or nobody knows whose."""
    if post.in_reply_to:
        return _above(work, post)
    customer = work.tx.conversations.only_customer(place.root)
    cases = work.tx.cases.in_conversation(customer, place.root) if customer else []
    case = customers.continued(cases)
    if case is None:
        return None
    said = [one for one in customers.outline(work, case) if not _is_after(one, post)]
    return (case, said[-1]) if said else None


def _above(work: Work, post: Post) -> tuple[Case, StoredPost] | None:
    """Up through our own words, to the customer's."""
    at: Post | None = post
    for _ in range(MOST_STEPS):
        stored = customers.parent(work, at) if at else None
        if stored is None and at and at.in_reply_to:
            reply = work.tx.replies.by_receipt(at.source, at.in_reply_to)
            stored = work.tx.posts.get(reply.post) if reply else None
        if stored is None:
            return None
        if customers.is_word(stored) and stored.case:
            return customers.final(work, stored.case), stored
        at = stored.post if stored.heard_as is Heard.OURS else None
    return None


def _has_said_more(work: Work, case: Case, answered: StoredPost, ours: StoredPost) -> bool:
    """What the customer said after the post that is answered, and our answer cannot have meant."""
    said = customers.outline(work, case)
    keys = [stored.post.key for stored in said]
    start = keys.index(answered.post.key) + 1 if answered.post.key in keys else len(said)
    if ours.post.in_reply_to is None:
        return any(_is_after(one, ours.post) for one in said[start:])
    return not all(_is_after(ours, one.post) for one in said[start:])


def _is_after(stored: StoredPost, post: Post) -> bool:
    """As both are dated; undated, it came in before and may have been meant."""
    dates = stored.post.created_at, post.created_at
    return bool(dates[0] and dates[1] and dates[0] > dates[1])


def _was_none(work: Work, stored: StoredPost) -> None:
    """A case that was opened by our own words, before anybody could know them as such."""
    assert stored.case is not None
    case = work.case(stored.case)
    if case.post != stored.post.key:
        return
    under_way = work.tx.replies.latest(case.id)
    if under_way and under_way.state in OPEN_STATES:  # whoever writes there decides
        return
    work.tx.posts.belong(stored.post.key, stored.root, Heard.OURS)
    if case.is_open:
        why = "our own answer, which came back before its receipt"
        close(work, case, Closing(Outcome.NO_REPLY, DESK, work.at, why), DESK)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
