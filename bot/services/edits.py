"""A customer's edit: one that changes words is a new word, like a post of its own.

What changes only signs, spaces, case or pictures is shown and asks nobody for an answer.
"""

from dataclasses import replace

from bot.domain.case import Case
from bot.domain.folding import folded
from bot.domain.ids import CUSTOMER
from bot.domain.post import Post, Priority
from bot.domain.safety import urgency as how_urgent
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import alerts, clocks, urgency
from bot.services.kernel import Work
from bot.services.placing import placed
from bot.services.thanking import is_thanked
from bot.store.posts import StoredPost


def changes(before: Post, after: Post) -> bool:
    """Anything that is kept of it; the same again is a duplicate."""
    is_same = (before.text, before.media) == (after.text, after.media)
    says_more = after.priority not in (None, before.priority)
    return not is_same or says_more or before.visibility.is_wider_than(after.visibility)


def heard(work: Work, case: Case, known: StoredPost, after: Post) -> Case:
    """After an answer the clock runs again; what is closed reopens, unless it is only thanks.

    It has no other case to go to, so it reopens its own however long ago that was closed.
    """
    before = known.post
    has_other_words = folded(before.text) != folded(after.text)
    is_urgent_now = after.priority is Priority.URGENT is not before.priority
    says_more = is_urgent_now or (has_other_words and not is_thanked(work, case, after))
    case = _shown(work, case, after, says_more=says_more)
    reopens = (
        not case.is_open and says_more and not urgency.is_covered(work, replace(known, post=after))
    )
    if reopens:
        case = reopened(work, case, after)
    if case.is_open:
        return urgency.raised(work, case, after, before=before, reopened=reopens)
    return case


def _shown(work: Work, case: Case, after: Post, *, says_more: bool) -> Case:
    """On the card and in its thread; the timeline keeps whether it asks for an answer."""
    if says_more and case.is_open:
        clocks.heard(work, case)
        case = case.heard()
    case = work.keep(case.touched(), What.EDITED, CUSTOMER, post=after.key, words=says_more)
    moment = int(work.at.timestamp() * 1000)
    work.note(case, f"edited:{after.key}:{moment}", say="edited", post=after.key)
    return case


def deleted(work: Work, known: StoredPost) -> None:
    """The case shows that its customer took words back."""
    if known.case is None:
        return
    key = known.post.key
    case = work.keep(work.case(known.case).touched(), What.DELETED, CUSTOMER, post=key)
    moment = int(work.at.timestamp() * 1000)
    work.note(case, f"deleted:{key}:{moment}", say="deleted", post=key)


def heard_late(work: Work, case: Case, post: Post) -> Case:
    """What its writer went on from before it came in asks for nothing, unless it is urgent."""
    if how_urgent(post) is not Priority.URGENT:
        return case
    if not case.is_open:
        return urgency.raised(work, reopened(work, case, post), post)
    clocks.heard(work, case)
    case = work.tx.cases.save(case.heard())
    work.refresh(case)
    return urgency.raised(work, case, post)


def reopened(work: Work, case: Case, post: Post) -> Case:
    """To its solver if there, with promises that begin now."""
    assert case.closing is not None
    solver = work.if_there(case.closing.by, case.department)
    reopened = placed(work, case.reopen(solver, work.at))
    case = work.keep(reopened, What.REOPENED, CUSTOMER, post=post.key)
    clocks.start(work, case, Promise.NEXT_RESPONSE, Promise.RESOLUTION)
    clocks.hang(work, case)
    alerts.arrived(work, case)
    return case
