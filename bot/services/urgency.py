"""What makes a case urgent whoever wrote it, and what a mute therefore never covers.

Words only raise: no rule, no list and no mute makes less of what a customer or a person said.
"""

from bot.domain.case import Case
from bot.domain.ids import CUSTOMER
from bot.domain.post import Post, Priority
from bot.domain.routing import Route
from bot.domain.safety import safety_words, urgency
from bot.domain.timeline import What
from bot.services import alerts
from bot.services.deadlines import set_anew
from bot.services.kernel import Work
from bot.services.setup import facts_of
from bot.store.posts import StoredPost


def ruled(work: Work, stored: StoredPost) -> Priority:
    """The priority of a post under the rules in force."""
    return urgency(stored.post, ruled=work.setup.book.route(facts_of(stored)).priority)


def is_muted(work: Work, author: str) -> bool:
    """For a while this author's posts ask nobody for an answer; they are kept all the same."""
    until = work.tx.seen.muted_until(author)
    return until is not None and until > work.at


def is_covered(work: Work, stored: StoredPost) -> bool:
    """Whether a mute keeps this post from asking for an answer."""
    if not is_muted(work, stored.author):
        return False
    return ruled(work, stored) is not Priority.URGENT


def opening_reason(work: Work, stored: StoredPost, route: Route) -> str:
    """Why the case is where it is, and why it asks for an answer although its author is muted."""
    if is_muted(work, stored.author):
        return f"{route.reason}; the author is muted, but this is urgent"
    return route.reason


def raised(
    work: Work, case: Case, post: Post, *, before: Post | None = None, reopened: bool = False
) -> Case:
    """More urgent where newer words are about a life, or say so themselves; never less.

    What stood there `before` was judged then: a person may have decided otherwise since.
    """
    known = safety_words(before.text) if before else []
    new = [word for word in safety_words(post.text) if word not in known]
    lifts_mute = reopened and is_muted(work, case.customer)
    is_said = post.priority is not None and (before is None or post.priority != before.priority)
    says = post.priority if is_said and post.priority else Priority.LOW
    wanted = Priority.URGENT if new or lifts_mute else says
    if wanted.rank <= case.priority.rank:
        return case
    case = work.keep(
        case.prioritise(wanted), What.PRIORITY, CUSTOMER,
        to=wanted, was=case.priority, why=new[0] if new else "",
    )  # fmt: skip
    set_anew(work, case)
    alerts.arrived(work, case)
    return case
