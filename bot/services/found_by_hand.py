"""A post of which a colleague has made a case before its own network brought it in."""

from collections.abc import Iterator

from bot.domain.case import Case
from bot.domain.ids import DESK, PostKey
from bot.domain.post import BY_HAND, Post
from bot.domain.post_links import link_key
from bot.services import customers, merging
from bot.services.kernel import Work


def linked(work: Work, case: Case, post: Post) -> Case:
    """Both cases name each other: this one can be answered, in the other somebody has begun."""
    for stored in work.tx.posts.among(list(_names(post))).values():
        other = customers.final(work, stored.case) if stored.case else case
        if other.id != case.id:
            merging.link(work, case.id, other.id, DESK)
            return work.case(case.id)
    return case


def _names(post: Post) -> Iterator[PostKey]:
    """What a find of this post is called, by its link and by its network's id."""
    yield PostKey(f"{BY_HAND}:{post.key}")
    if link := link_key(post.url):
        yield PostKey(f"{BY_HAND}:{link}")
