"""The door of posts: each is stored once, and becomes or joins exactly one case."""

from dataclasses import dataclass, replace

from bot.domain.ask import Ask
from bot.domain.case import REOPEN_WITHIN, Case, Closing, Outcome
from bot.domain.conversation import Heard
from bot.domain.ids import CLOCK, CUSTOMER, DESK, CaseId, DepartmentKey, MemberId, PostKey
from bot.domain.ports import LanguageFinder
from bot.domain.post import Delivery, Post, PostKind
from bot.domain.routing import Route
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import alerts, clocks, customers, edits, found_by_hand, ours, urgency
from bot.services.deliveries import came_before
from bot.services.kernel import Kernel, Work
from bot.services.placing import remember_origin, why_gone
from bot.services.read_ahead import read_ahead
from bot.services.setup import facts_of
from bot.services.staff import is_staffed, people_in
from bot.services.thanking import is_thanked
from bot.store.conversations import Place
from bot.store.posts import StoredPost


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

    def receive(self, post: Post, delivery: Delivery | None = None) -> Receipt:
        """Stored for good when it returns; raises StoreUnavailable with nothing kept."""
        post = replace(post, location=post.location or self._kernel.accounts.location_of(post))
        language = read_ahead(self._kernel, self._languages, post)
        with self._kernel.work() as work:
            if delivery and (before := came_before(work, post, delivery)):
                known = work.tx.posts.get(before)
                return Receipt(before, duplicate=True, case=known.case if known else None)
            if post.kind is PostKind.EDIT:
                return self._edit(work, post, language)
            if post.kind is PostKind.DELETE:
                return self._delete(work, post)
            return self._new(work, post, language)

    def open_by_hand(self, post: Post, *, by: MemberId) -> Receipt:
        """What a colleague saw elsewhere becomes a case of its own, or is one already."""
        language = read_ahead(self._kernel, self._languages, post)
        with self._kernel.work() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            known = work.tx.posts.behind(post.url) if post.url else None
            if known:  # one that was overheard is to be answered now
                return self._known(work, replace(known.post, addressed=True), known.language)
            return self._new(work, post, language)

    def _new(self, work: Work, post: Post, language: str | None) -> Receipt:
        stored = work.tx.posts.add(post, at=work.at, language=language)
        if stored is None:
            return self._known(work, post, language)
        return Receipt(post.key, duplicate=False, case=_heard(work, stored))

    def _known(self, work: Work, post: Post, language: str | None) -> Receipt:
        """The same again changes nothing, unless there is something of it that we did not have."""
        known = work.tx.posts.get(post.key)
        assert known is not None  # its key has just clashed
        if not (known.heard_as is Heard.STUB or _is_meant_for_us_now(known, post)):
            return Receipt(post.key, duplicate=True, case=known.case)
        post = _no_wider(known, post)
        if known.edited_at or known.heard_as is Heard.STUB:
            post = replace(post, text=known.post.text or post.text)
        stored = work.tx.posts.complete(post, at=work.at, language=language)
        stored = replace(stored, deleted_at=known.deleted_at)
        return Receipt(post.key, duplicate=False, case=_heard(work, stored))

    def _edit(self, work: Work, post: Post, language: str | None) -> Receipt:
        known = work.tx.posts.get(post.key)
        post = _no_wider(known, post) if known else post
        if known is None or _is_meant_for_us_now(known, post):
            receipt = self._new(work, replace(post, kind=PostKind.POST), language)
            work.tx.posts.revise(post, work.at)
            return receipt
        if not edits.changes(known.post, post):
            return Receipt(post.key, duplicate=True, case=known.case)
        work.tx.posts.revise(post, work.at)
        if known.case:
            edits.heard(work, work.case(known.case), known, post)
        return Receipt(post.key, duplicate=False, case=known.case)

    def _delete(self, work: Work, post: Post) -> Receipt:
        known = work.tx.posts.get(post.key)
        if known is None:
            work.tx.posts.add(replace(post, text=""), at=work.at, language=None)
            work.tx.posts.belong(post.key, None, Heard.STUB)
        elif known.deleted_at:
            return Receipt(post.key, duplicate=True, case=known.case)
        work.tx.posts.mark_deleted(post.key, work.at)
        if known:
            edits.deleted(work, known)
        return Receipt(post.key, duplicate=False, case=known.case if known else None)


def _is_meant_for_us_now(known: StoredPost, post: Post) -> bool:
    """It was only overheard before, and this time it is addressed to us."""
    return known.heard_as is Heard.VOICE and post.addressed and not known.post.addressed


def _no_wider(known: StoredPost, post: Post) -> Post:
    """Who could once not read it gets no answer to read; an account is not forgotten."""
    visibility = known.post.visibility.or_narrower(post.visibility)
    return replace(post, visibility=visibility, account=post.account or known.post.account)


def _heard(work: Work, stored: StoredPost) -> CaseId | None:
    """Ours, overheard, or a customer's: only the last has a case."""
    place = work.tx.conversations.place(stored.post)
    if ours.are_heard(work, stored, place):
        return None
    if found := found_by_hand.adopted(work, stored, place.root):
        return found.id
    if not stored.post.addressed:
        _overheard(work, stored, place)
        return None
    case = _take_in(work, stored, place)
    ours.answered_before(work, case, stored, place)
    return case.id


def _overheard(work: Work, stored: StoredPost, place: Place) -> None:
    """Nobody owes it an answer; the case whose conversation it stands in shows it."""
    work.tx.posts.belong(stored.post.key, place.root, Heard.VOICE)
    _tell_the_first(work, place)


def _tell_the_first(work: Work, place: Place) -> None:
    """The card of the first case there tells who else writes."""
    first = work.tx.conversations.first_case(place.root) if place.is_known else None
    case = customers.final(work, first) if first else None
    if case and case.is_open:
        work.refresh(case)


def _take_in(work: Work, stored: StoredPost, place: Place) -> Case:
    """Joins its author's own case in the conversation, or opens one."""
    customer = stored.author
    mine = work.tx.cases.in_conversation(customer, place.root) if place.is_known else []
    if place.is_named and (late := customers.answering(work, mine, stored.post.key, place.root)):
        return _earlier_word(work, late, stored, place)
    case = customers.continued(mine)
    if case is None:
        return _open(work, stored, place)
    if case.is_open:
        return _follow_up(work, case, stored, place)
    return _after_the_end(work, case, stored, place)


def _earlier_word(work: Work, case: Case, stored: StoredPost, place: Place) -> Case:
    """What answers it was here before: it is shown, and asks for nothing more."""
    post = stored.post
    work.tx.posts.belong(post.key, place.root, Heard.LATE, case.id)
    work.record(case.id, What.POSTED, CUSTOMER, post=post.key, owed=False)
    work.refresh(case)
    work.note(case, f"post:{post.key}", say="earlier_word", post=post.key)
    return edits.heard_late(work, case, post)


def _follow_up(work: Work, case: Case, stored: StoredPost, place: Place) -> Case:
    post = stored.post
    _attach(work, case, stored, place)
    if case.waiting_since and is_thanked(work, case, post):
        return _thanked(work, case, post)
    clocks.heard(work, case)
    case = work.keep(case.heard(), What.POSTED, CUSTOMER, post=post.key)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return urgency.raised(work, case, post)


def _after_the_end(work: Work, case: Case, stored: StoredPost, place: Place) -> Case:
    """Thanks reopen nothing; a question within a week does; later it is a new, linked case."""
    assert case.closing is not None
    post = stored.post
    if is_thanked(work, case, post) or urgency.is_covered(work, stored):
        _attach(work, case, stored, place)
        return _thanked(work, case, post)
    if work.at - case.closing.at > REOPEN_WITHIN:
        return _open(work, stored, place, earlier=case.id)
    _attach(work, case, stored, place)
    case = edits.reopened(work, case, post)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return urgency.raised(work, case, post, reopened=True)


def _thanked(work: Work, case: Case, post: Post) -> Case:
    """Kept and shown; after an answer it asks for none, so no clock hears of it."""
    work.record(case.id, What.POSTED, CUSTOMER, post=post.key, owed=False)
    work.refresh(case)
    work.note(case, f"post:{post.key}", say="follow_up", post=post.key)
    return case


def _attach(work: Work, case: Case, stored: StoredPost, place: Place) -> None:
    work.tx.posts.belong(stored.post.key, place.root, Heard.WORD, case.id)


def _open(work: Work, stored: StoredPost, place: Place, earlier: CaseId | None = None) -> Case:
    post = stored.post
    wanted = work.setup.book.route(facts_of(stored))
    route = _staffed(work, wanted)
    priority, why = urgency.ruled(work, stored), urgency.opening_reason(work, stored, route)
    case = work.tx.cases.add(
        Case(
            work.tx.cases.next_id(), post.key, route.department, priority, work.at, why,
            earlier=earlier, customer=stored.author, beside=_first_of_another(work, stored, place),
        )
    )  # fmt: skip
    if why_gone(work, wanted.department):
        remember_origin(work, case, wanted.department)
    _attach(work, case, stored, place)
    for department in _followers(work, case, route):
        work.tx.asks.put(department)
    work.record(case.id, What.OPENED, DESK, department=case.department, why=why,
                priority=priority, post=post.key)  # fmt: skip
    if urgency.is_covered(work, stored):
        closing = Closing(Outcome.NO_REPLY, CLOCK, work.at, "the author is muted")
        return work.keep(case.close(closing), What.CLOSED, CLOCK, outcome=closing.outcome)
    clocks.start(work, case, Promise.FIRST_RESPONSE, Promise.RESOLUTION)
    clocks.hang(work, case)
    work.refresh(case)
    if case.priority in alerts.UNTAKEN:
        alerts.arrived(work, case)
    work.refresh_neighbours(case)
    if case.beside:
        _tell_the_first(work, place)
    return case


def _first_of_another(work: Work, stored: StoredPost, place: Place) -> CaseId | None:
    """The case in whose conversation it stands, where that is not its author's own."""
    first = work.tx.conversations.first_case(place.root) if place.is_known else None
    if first is None:
        return None
    case = customers.final(work, first)
    return case.id if case.customer != stored.author else None


def _followers(work: Work, case: Case, route: Route) -> list[Ask]:
    """The departments that the rule names beside, and the cover of one that is closed."""
    known = [key for key in route.also if key in work.setup.queues]
    said = dict(route.asks)
    asks = [
        Ask(case.id, key, said.get(key, ""), asked_at=work.at)
        for key in known
        if key != case.department
    ]
    cover = work.setup.cover_of(route.department, work.at)
    if cover and cover.key not in (case.department, *route.also):
        name = work.setup.shown(route.department).name
        why = f"{name} is closed: take it over if it cannot wait"
        asks.append(Ask(case.id, cover.key, why, asked_at=work.at, is_cover=True))
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
    if is_staffed(work, key):
        return ""
    name = work.setup.shown(key).name
    return f"nobody in {name} may act" if people_in(work, key) else f"{name} has no members"
