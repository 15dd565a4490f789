"""Senders repeat a message until they hear that it was kept: is this the same, or another?"""

from bot.domain.accounts import WEBHOOK
from bot.domain.ids import PostKey
from bot.domain.post import Delivery, Post
from bot.domain.post_json import BadPost, FieldFault
from bot.services.kernel import Work

REUSED = "came before with another body; give every message an id of its own"


def came_before(work: Work, post: Post, delivery: Delivery) -> PostKey | None:
    """What came by this very message. Raises BadPost where its id came with another body.

    Whoever is told that it is known forgets the message, and it would be lost.
    """
    key = f"delivery:{post.door or WEBHOOK} {delivery.id}"
    if work.tx.seen.first(key, work.at, post.key, delivery.body):
        return None
    kept, body = work.tx.seen.delivered(key)
    # Of one that came before the desk kept bodies, the post alone is known.
    is_another = body != delivery.body if body else kept != post.key
    if kept and is_another:
        raise BadPost([FieldFault("webhook-id", REUSED)])
    return kept or post.key
