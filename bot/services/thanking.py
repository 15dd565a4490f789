"""Whether a customer only thanks, and so is owed nothing: their words, and nothing beside them."""

from collections.abc import Iterator

from bot.domain.case import Case
from bot.domain.post import Post, Priority
from bot.domain.thanks import is_only_thanks
from bot.services.kernel import Work


def is_thanked(work: Work, case: Case, post: Post) -> bool:
    """A picture may say anything, and so may what its sender calls urgent.

    A name is known where its bearer answered this customer.
    """
    says_more = bool(post.media) or post.priority is Priority.URGENT
    return not says_more and is_only_thanks(post.text, list(_names(work, case, post)))


def _names(work: Work, case: Case, post: Post) -> Iterator[str]:
    answered = {reply.author for reply in work.tx.replies.of_case(case.id)}
    for member in answered | ({case.assignee} if case.assignee else set()):
        if person := work.tx.people.get(member):
            yield person.name
    if post.account:
        yield post.account
