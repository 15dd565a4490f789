"""What every step of a reply leaves behind: its state, the timeline, the card, the clocks."""

from bot.domain.case import Case
from bot.domain.ids import DESK, MemberId
from bot.domain.reply import Reply, ReplyState
from bot.domain.timeline import What
from bot.services import clocks, customers, telling
from bot.services.kernel import Work
from bot.services.targets import own_posts

AT_ONCE = 20  # replies whose authors are told in the transaction that moves the switch
HELD = "held"  # the timer of a reply that was held with many others


def keep(work: Work, reply: Reply, by: MemberId) -> Reply:
    """The reply's new state, shown on the card."""
    work.tx.replies.save(reply)
    tell(work, work.case(reply.case), reply, by)
    return reply


def tell(work: Work, case: Case, reply: Reply, by: MemberId) -> None:
    work.keep(
        case.touched(), What.REPLY, by,
        reply=reply.key, state=reply.state, why=reply.reason,
    )  # fmt: skip


def delivered(work: Work, reply: Reply, by: MemberId) -> Reply:
    """It is public: the response was given, and the word is the customer's."""
    work.tx.replies.save(reply)
    _lead_to(work, reply)
    case = work.case(reply.case)
    if case.is_open and not _spoke_since(work, case, reply):
        clocks.answered(work, case)
        case = case.answered(work.at)
    tell(work, case, reply, by)
    work.note(case, f"reply:{reply.key}:{reply.attempts}", say="reply_delivered", reply=reply.key)
    return reply


def _lead_to(work: Work, reply: Reply) -> None:
    """Whoever answers it goes on with the conversation."""
    post = work.tx.posts.get(reply.post)
    if reply.remote_id and post and post.root:
        work.tx.conversations.lead(f"{post.post.source}:{reply.remote_id}", post.root)


def failed(work: Work, reply: Reply, by: MemberId) -> Reply:
    """Refused, held or of unknown outcome: its author hears of it at once, and who decides now."""
    keep(work, reply, by)
    say = {
        ReplyState.REJECTED: "reply_failed",
        ReplyState.UNKNOWN: "reply_unknown",
        ReplyState.HELD: "reply_held",
    }[reply.state]
    case = work.case(reply.case)
    telling.tell(work, case, say, _who_decides(work, case, reply), reply=reply.key)
    return reply


def _who_decides(work: Work, case: Case, reply: Reply) -> list[MemberId | None]:
    """Its author, while they can look at it, and who has the case; else somebody has to know."""
    there = case.department in work.standing(reply.author).works_in
    known = [reply.author if there else None, case.assignee]
    return known if any(known) else [work.lead_of(work.department_of(case))]


def hold_waiting(work: Work, reason: str, by: MemberId) -> None:
    """What waits with *Undo* when the switch is moved goes nowhere without a second look.

    All are held at once; of very many the last are told of as the clock comes to them.
    """
    waiting = work.tx.replies.in_state(ReplyState.UNDO, limit=AT_ONCE)
    for reply in waiting:
        failed(work, reply.hold(reason), by)
    if len(waiting) == AT_ONCE:
        work.tx.timers.set_for_waiting_replies(f"{HELD}:", work.at)
        work.tx.replies.hold_waiting(reason)


def was_held(work: Work, key: str) -> None:
    """One of very many: its author hears of it now."""
    reply = work.tx.replies.get(key)
    if reply.state is ReplyState.HELD:
        failed(work, reply, DESK)


def _spoke_since(work: Work, case: Case, reply: Reply) -> bool:
    """The customer wrote while it was on its way, or other words: that is not answered yet."""
    since = reply.started_at or reply.created_at
    edited = {
        event.data.get("post")
        for event in work.tx.timeline.of_case(case.id)
        if event.at > since and event.what is What.EDITED and event.data.get("words")
    }
    has_edited = any(stored.post.key in edited for stored in own_posts(work, case))
    return has_edited or customers.has_spoken(work, case, since=since)
