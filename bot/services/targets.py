"""Whom an answer is for: chosen once among the customer's own posts, checked before it leaves.

A case has one customer, the author of the post that opened it. Words of others may be in it too,
from before cases were kept apart; none of them is ever answered as if it were the customer's.
"""

from bot.domain.accounts import folded
from bot.domain.case import Case
from bot.domain.draft import ReplyTarget
from bot.domain.ids import PostKey
from bot.domain.post import Post
from bot.domain.reply import Reply, ReplyState
from bot.services import customers
from bot.services.kernel import Work
from bot.store.posts import StoredPost


def own_posts(work: Work, case: Case) -> list[StoredPost]:
    """What the case's customer wrote in it, in the order they said it, without its texts."""
    return [one for one in customers.outline(work, case) if one.author == case.customer]


def fresh_target(work: Work, case: Case) -> ReplyTarget:
    """The customer's newest unanswered post that still stands; else their newest."""
    return target_of(work, case, _to_answer(work, case).post)


def target_of(work: Work, case: Case, post: Post) -> ReplyTarget:
    """From the account that was written to, for those who could read the post and nobody else."""
    return ReplyTarget(post.key, _account(work, case, post), post.visibility)


def accounts_to_choose(work: Work, post: Post, target: ReplyTarget) -> tuple[str, ...]:
    """Where the source has named several accounts and none fits, the writer chooses."""
    return () if target.account is not None else tuple(work.tx.posts.accounts(post.source))


def post_of(work: Work, target: ReplyTarget) -> StoredPost:
    stored = work.tx.posts.get(target.post)
    assert stored is not None  # a post is never forgotten
    return stored


def misaddressed(work: Work, case: Case, reply: Reply) -> str:
    """Why a reply must not leave as it is, whoever wrote it; "" where nothing is wrong."""
    stored = work.tx.posts.get(reply.post)
    if stored is None or stored.case != case.id or stored.author != case.customer:
        return "the post it answers is not this customer's. Rewrite it"
    given, own = stored.post.visibility, reply.visibility
    if own.is_wider_than(given):
        return f"it is {own.in_words}, and the post it answers is {given.in_words}"
    if stored.post.account and folded(stored.post.account) != folded(reply.account or ""):
        return "it would leave from another account than the one that was written to"
    return ""


def _to_answer(work: Work, case: Case) -> StoredPost:
    own = own_posts(work, case) or [work.first_post(case)]
    answered = {
        reply.post for reply in work.tx.replies.of_case(case.id) if reply.state is ReplyState.SENT
    }
    unanswered = _after_the_last(own, answered)
    for among in (unanswered, own):
        standing = [stored for stored in among if not stored.deleted_at]
        if standing:
            return standing[-1]
    return own[-1]


def _after_the_last(own: list[StoredPost], answered: set[PostKey]) -> list[StoredPost]:
    """An answer to one post answers those before it as well."""
    last = max((n for n, one in enumerate(own, 1) if one.post.key in answered), default=0)
    return own[last:]


def _account(work: Work, case: Case, post: Post) -> str | None:
    """The post's, else the case's, else its door's, else the only one its source has ever named."""
    if post.account:
        return post.account
    named = [one.post.account for one in own_posts(work, case) if one.post.account]
    found = named[-1] if named else work.accounts.account_of_door(post.door)
    if found:
        return found
    known = work.tx.posts.accounts(post.source)
    return known[0] if len(known) == 1 else None
