"""The customer of a case: which words are theirs, which is the newest, what they did meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.case import Case
from bot.domain.conversation import MOST_STEPS, WORDS, Heard, in_order
from bot.domain.ids import CaseId, PostKey
from bot.domain.post import Post
from bot.services.kernel import Work
from bot.store.posts import StoredPost


def words(work: Work, case: Case) -> list[StoredPost]:
    """The customer's, and those of cases merged into this one, in the order they were said."""
    return _in_order(work.tx.posts.of_case(case.id))


def outline(work: Work, case: Case) -> list[StoredPost]:
    """The same without their texts, for all that only asks who said something, when and where."""
    return _in_order(work.tx.posts.outline(case.id))


def with_texts(work: Work, said: Sequence[StoredPost]) -> list[StoredPost]:
    """These few of an outline as they are."""
    whole = work.tx.posts.among([one.post.key for one in said])
    return [whole[one.post.key] for one in said]


def _in_order(came_in: Sequence[StoredPost]) -> list[StoredPost]:
    # Whose reply was here before, by whatever way, is never the newest.
    late_first = sorted(came_in, key=lambda stored: stored.heard_as is not Heard.LATE)
    return in_order(late_first, lambda stored: stored.post)


def surroundings(case: Case, said: Sequence[StoredPost]) -> tuple[set[str], set[str]]:
    """Which conversations these words of a case stand in, and who is the customer there."""
    roots = {str(stored.root) for stored in said if stored.root}
    return roots, {case.customer, *(stored.author for stored in said)}


def voices(work: Work, case: Case, *, limit: int) -> list[StoredPost]:
    """What others said around the customer's words, and what was only overheard of the customer.

    The newest last; our own words from the network's app are among them.
    """
    said = work.tx.posts.outline(case.id) or [work.first_post(case)]
    roots, authors = surroundings(case, said)
    beside = work.tx.conversations.voices(roots, authors, limit=limit) if roots else []
    own = work.tx.conversations.overheard_of(case.customer, since=case.opened_at, limit=limit)
    return sorted([*beside, *own], key=lambda one: (one.stored_at, one.post.key))[-limit:]


def open_beside(work: Work, case: Case) -> list[Case]:
    """Open cases of others in the conversations that this one is part of, the oldest first."""
    roots, _ = surroundings(case, work.tx.posts.outline(case.id))
    numbers = [one for one in work.tx.conversations.open_cases(roots) if one != case.id]
    cases = work.tx.cases.among(numbers)
    return [cases[number] for number in numbers]


def newer_word(work: Work, case: Case, *, since: datetime) -> str:
    """What an answer written at `since` does not know of; "" if there is nothing.

    A word of this customer anywhere, one that they changed or deleted, and an answer of ours that
    was given outside the desk.
    """
    if news := work.tx.conversations.news_of(case.customer, since=since):
        return _told(news, case, since)
    if case.outside and case.outside.at > since:
        return "somebody answered outside the desk"
    return ""


def _told(news: list[StoredPost], case: Case, since: datetime) -> str:
    newest = next((one for one in news if one.stored_at > since), news[0])
    where = f" in #{newest.case}" if newest.case not in (None, case.id) else ""
    if newest.stored_at > since:
        return f"the customer wrote again{where}"
    is_gone = newest.deleted_at is not None and newest.deleted_at > since
    return f"the customer {'deleted' if is_gone else 'changed'} a post{where}"


def has_spoken(work: Work, case: Case, *, since: datetime) -> bool:
    """Whether they wrote in this case since then; what was answered before it came is no news."""
    return any(
        stored.stored_at > since
        and stored.heard_as is Heard.WORD
        and stored.author == case.customer
        for stored in work.tx.posts.outline(case.id)
    )


def continued(cases: Sequence[Case]) -> Case | None:
    """Which of one customer's cases goes on: the newest open one, else what was closed last."""
    is_open = [case for case in cases if case.is_open]
    if is_open:
        return max(is_open, key=lambda case: case.id)
    closed = [(case.closing.at, case.id, case) for case in cases if case.closing]
    return max(closed)[-1] if closed else None


def answering(work: Work, cases: Sequence[Case], key: PostKey, root: PostKey) -> Case | None:
    """The case in which this post has been answered by a word, at once or through others."""
    below: dict[str, list[tuple[PostKey, CaseId | None]]] = {}
    for answer, answered, of in work.tx.conversations.answers_in(root) if cases else ():
        below.setdefault(answered, []).append((answer, of))
    found: set[CaseId | None] = set()
    reached, layer = {key}, [key]
    for _ in range(MOST_STEPS):
        answers = [one for at in layer for one in below.get(at, ()) if one[0] not in reached]
        found.update(of for _, of in answers)
        layer = list(dict.fromkeys(answer for answer, _ in answers))
        reached.update(layer)
    return next((case for case in cases if case.id in found), None)


def final(work: Work, number: CaseId) -> Case:
    """A merged case leads to the other."""
    case = work.case(number)
    while case.closing and case.closing.into:
        case = work.case(case.closing.into)
    return case


def is_word(stored: StoredPost) -> bool:
    return stored.case is not None and stored.heard_as in WORDS


def parent(work: Work, post: Post) -> StoredPost | None:
    """What this post answers, where it is known."""
    if not post.in_reply_to:
        return None
    return work.tx.posts.get(PostKey(f"{post.source}:{post.in_reply_to}"))
