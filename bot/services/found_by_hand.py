"""A post of which a colleague has made a case before its own network brought it in."""

from collections.abc import Iterator

from bot.domain.case import Case
from bot.domain.conversation import Heard
from bot.domain.ids import CUSTOMER, PostKey
from bot.domain.post import BY_HAND, Post
from bot.domain.post_links import link_key
from bot.domain.timeline import What
from bot.services import urgency
from bot.services.kernel import Work
from bot.store.posts import StoredPost


def adopted(work: Work, stored: StoredPost, root: PostKey | None) -> Case | None:
    """Its case goes on with the post itself, which can be answered; None: nobody has found it."""
    found = work.tx.posts.among(list(_names(stored.post))).values()
    find = next((one for one in found if one.case), None)
    if find is None or find.case is None:
        return None
    case, post = work.case(find.case), stored.post
    # Words that a colleague wrote behind the link stay to be read.
    is_more = len(find.post.text.split()) > 1
    work.tx.posts.belong(find.post.key, root if is_more else None, _LEFT[is_more])
    work.tx.posts.belong(post.key, root, Heard.WORD, case.id)
    if case.post == find.post.key:
        case = case.found(post.key, stored.author)
    case = work.keep(case, What.POSTED, CUSTOMER, post=post.key, owed=False)
    work.refresh_neighbours(case)
    return urgency.raised(work, case, post) if case.is_open else case


_LEFT = {True: Heard.VOICE, False: Heard.STUB}


def _names(post: Post) -> Iterator[PostKey]:
    """What a find of this post is called, by its link and by its network's id."""
    yield PostKey(f"{BY_HAND}:{post.key}")
    if link := link_key(post.url):
        yield PostKey(f"{BY_HAND}:{link}")
