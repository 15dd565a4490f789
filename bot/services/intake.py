"""The door of posts: each is stored once, and becomes or joins exactly one case."""

from dataclasses import dataclass, replace

from bot.domain.ask import Ask
from bot.domain.case import REOPEN_WITHIN, Case, Closing, Outcome
from bot.domain.ids import (
    CLOCK,
    CUSTOMER,
    DESK,
    CaseId,
    DepartmentKey,
    MemberId,
    PostKey,
)  # fmt: skip
from bot.domain.ports import LanguageFinder
from bot.domain.post import Post, PostKind
from bot.domain.routing import Route
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import clocks, edits, urgency
from bot.services.kernel import Kernel, Work
from bot.services.neighbours import tell_the_one_before
from bot.services.placing import remember_origin, why_gone
from bot.services.setup import facts_of
from bot.services.thanking import is_thanked
from bot.store.posts import StoredPost, author_key


@dataclass(frozen=True)
class Receipt:
    """What the sender is told; a duplicate has changed nothing."""

    key: PostKey
    duplicate: bool
    case: CaseId | None = None


class Intake:
    def __init__(self, kernel: Kernel, languages: LanguageFinder):
        self._kernel = kernel
        self._languages = languages

    def receive(self, post: Post, delivery: str | None = None) -> Receipt:
        """Stored for good when it returns; raises StoreUnavailable with nothing kept."""
        # Found before the transaction: it takes longer than all the writing.
        language = post.language or self._languages.language(post.text)
        with self._kernel.work() as work:
            if delivery and not work.tx.seen.first(f"delivery:{delivery}", work.at, post.key):
                return self._delivered_before(work, f"delivery:{delivery}", post.key)
            if post.kind is PostKind.EDIT:
                return self._edit(work, post, language)
            if post.kind is PostKind.DELETE:
                return self._delete(work, post)
            return self._new(work, post, language)

    def open_by_hand(self, post: Post, *, by: MemberId) -> Receipt:
        """What a colleague saw elsewhere becomes a case of its own."""
        language = self._languages.language(post.text)
        with self._kernel.work() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            return self._new(work, post, language)

    def _delivered_before(self, work: Work, delivery: str, given: PostKey) -> Receipt:
        """The post that came with it then, whatever was sent with it now."""
        key = work.tx.seen.post_of(delivery) or given
        known = work.tx.posts.get(key)
        return Receipt(key, duplicate=True, case=known.case if known else None)

    def _new(self, work: Work, post: Post, language: str | None) -> Receipt:
        if not work.tx.posts.add(post, at=work.at, language=language):
            return self._known(work, post, language)
        return self._stored(work, post)

    def _stored(self, work: Work, post: Post) -> Receipt:
        case = _take_in(work, post).id if post.addressed else None
        return Receipt(post.key, duplicate=False, case=case)

    def _known(self, work: Work, post: Post, language: str | None) -> Receipt:
        """The same again changes nothing, unless all we had of it was its deletion."""
        known = work.tx.posts.get(post.key)
        assert known is not None  # its key has just clashed
        if not _is_stub(known):
            return Receipt(post.key, duplicate=True, case=known.case)
        post = replace(post, text=known.post.text or post.text)
        work.tx.posts.complete(post, at=work.at, language=language)
        return self._stored(work, post)

    def _edit(self, work: Work, post: Post, language: str | None) -> Receipt:
        known = work.tx.posts.get(post.key)
        if known is None:
            receipt = self._new(work, replace(post, kind=PostKind.POST), language)
            work.tx.posts.revise(post, work.at)
            return receipt
        if not edits.changes(known.post, post):
            return Receipt(post.key, duplicate=True, case=known.case)
        work.tx.posts.revise(post, work.at)
        if known.case:
            edits.heard(work, work.case(known.case), known.post, post)
        return Receipt(post.key, duplicate=False, case=known.case)

    def _delete(self, work: Work, post: Post) -> Receipt:
        known = work.tx.posts.get(post.key)
        if known is None:
            work.tx.posts.add(replace(post, text=""), at=work.at, language=None)
        elif known.deleted_at:
            return Receipt(post.key, duplicate=True, case=known.case)
        work.tx.posts.mark_deleted(post.key, work.at)
        if known:
            _mark_deleted(work, known)
        return Receipt(post.key, duplicate=False, case=known.case if known else None)


def _is_stub(known: StoredPost) -> bool:
    """All that came in of it was its deletion; whatever else is addressed to us has a case."""
    return known.case is None and known.post.addressed


def _mark_deleted(work: Work, known: StoredPost) -> None:
    """The case shows that its customer took words back."""
    if known.case is None:
        return
    key = known.post.key
    case = work.keep(work.case(known.case).touched(), What.DELETED, CUSTOMER, post=key)
    moment = int(work.at.timestamp() * 1000)
    work.note(case, f"deleted:{key}:{moment}", say="deleted", post=key)


def _take_in(work: Work, post: Post) -> Case:
    """Joins the conversation's case, or opens one."""
    keys = _conversation_keys(post)
    earlier = _case_of(work, post, keys)
    if earlier is None:
        return _open(work, post, keys)
    if earlier.is_open:
        return _follow_up(work, earlier, post, keys)
    return _after_the_end(work, earlier, post, keys)


def _conversation_keys(post: Post) -> list[str]:
    """Its own key, what it answers, and its network's thread: any of them may be known."""
    keys = [str(post.key)]
    if post.in_reply_to:
        keys.append(f"{post.source}:{post.in_reply_to}")
    if post.conversation:
        keys.append(f"{post.source}:conversation:{post.conversation}")
    return keys


def _case_of(work: Work, post: Post, keys: list[str]) -> Case | None:
    """The open case of the conversation, else its newest; a merged one leads to the other."""
    numbers = work.tx.posts.conversation(keys)
    if post.in_reply_to and (ours := work.tx.replies.by_remote(post.source, post.in_reply_to)):
        numbers.append(ours)
    cases = {_final(work, work.case(number)) for number in numbers}
    return max(cases, key=lambda case: (case.is_open, case.id), default=None)


def _final(work: Work, case: Case) -> Case:
    while case.closing and case.closing.into:
        case = work.case(case.closing.into)
    return case


def _follow_up(work: Work, case: Case, post: Post, keys: list[str]) -> Case:
    _attach(work, case, post, keys)
    if case.waiting_since and is_thanked(work, case, post):
        return _thanked(work, case, post)
    clocks.heard(work, case)
    case = work.keep(case.heard(), What.POSTED, CUSTOMER, post=post.key)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return urgency.raised(work, case, post)


def _after_the_end(work: Work, case: Case, post: Post, keys: list[str]) -> Case:
    """Thanks reopen nothing; a question within a week does; later it is a new, linked case."""
    assert case.closing is not None
    if is_thanked(work, case, post) or urgency.is_covered(work, post):
        _attach(work, case, post, keys)
        return _thanked(work, case, post)
    if work.at - case.closing.at > REOPEN_WITHIN:
        return _open(work, post, keys, earlier=case.id)
    _attach(work, case, post, keys)
    case = edits.reopened(work, case, post)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return urgency.raised(work, case, post, reopened=True)


def _thanked(work: Work, case: Case, post: Post) -> Case:
    """Kept and shown; after an answer it asks for none, so no clock hears of it."""
    work.record(case.id, What.POSTED, CUSTOMER, post=post.key)
    work.refresh(case)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return case


def _attach(work: Work, case: Case, post: Post, keys: list[str]) -> None:
    work.tx.posts.belong_to(case.id, [post.key])
    work.tx.posts.lead(keys, case.id)


def _open(work: Work, post: Post, keys: list[str], earlier: CaseId | None = None) -> Case:
    stored = work.tx.posts.get(post.key)
    assert stored is not None  # it has just been added
    wanted = work.setup.book.route(facts_of(stored))
    route = _staffed(work, wanted)
    priority, why = urgency.ruled(work, stored), urgency.opening_reason(work, post, route)
    case = work.tx.cases.add(
        Case(
            work.tx.cases.next_id(), post.key, route.department, priority, work.at, why,
            earlier=earlier,
        )
    )  # fmt: skip
    if why_gone(work, wanted.department):
        remember_origin(work, case, wanted.department)
    _attach(work, case, post, keys)
    for department in _followers(work, case, route):
        work.tx.asks.put(department)
    work.record(case.id, What.OPENED, DESK, department=case.department, why=why,
                priority=priority, post=post.key)  # fmt: skip
    if urgency.is_covered(work, post):
        closing = Closing(Outcome.NO_REPLY, CLOCK, work.at, "the author is muted")
        return work.keep(case.close(closing), What.CLOSED, CLOCK, outcome=closing.outcome)
    clocks.start(work, case, Promise.FIRST_RESPONSE, Promise.RESOLUTION)
    clocks.hang(work, case)
    work.refresh(case)
    tell_the_one_before(work, case, author_key(post))
    return case


def _followers(work: Work, case: Case, route: Route) -> list[Ask]:
    """The departments that the rule names beside, and the cover of one that is closed."""
    known = [key for key in route.also if key in work.setup.queues]
    asks = [Ask(case.id, key, "") for key in known if key != case.department]
    cover = work.setup.cover_of(route.department, work.at)
    if cover and cover.key not in (case.department, *route.also):
        name = work.setup.shown(route.department).name
        asks.append(Ask(case.id, cover.key, f"{name} is closed: take it over if it cannot wait"))
    return asks


def _staffed(work: Work, route: Route) -> Route:
    """A department that is gone, or that nobody is in, sends its cards to triage, and says so."""
    why = why_gone(work, route.department) or _why_empty(work, route.department)
    if not why or route.department == work.setup.fallback:
        return route
    return replace(route, department=work.setup.fallback, reason=f"{route.reason}, but {why}")


def _why_empty(work: Work, key: DepartmentKey) -> str:
    known = work.tx.people.channel_at(f"department:{key}")
    if known is None or known.channel is None:
        return ""
    if work.tx.people.members(known.channel) or work.setup.named_in(key):
        return ""
    return f"{work.setup.shown(key).name} has no members"
