"""What a colleague saw elsewhere, as a post."""

from bot.domain.post import BY_HAND, Author, Post
from bot.domain.web_address import is_web_address
from bot.services.intake import Receipt
from bot.views.drawn import Drawn
from bot.views.phrases import number
from handlers.answers import say

UNKNOWN = "somebody"


def post_by_hand(text: str, *, author: str, once: str) -> Post:
    """`once` is its id: the same form or command sent again makes no second case."""
    url = text if is_web_address(text) else None
    # Two finds without an author are not by one person, so the post's own id stands for theirs.
    by = Author(author.strip()) if author.strip() else Author(UNKNOWN, id=once)
    return Post(BY_HAND, once, text, by, url=url)


def made(receipt: Receipt) -> Drawn:
    """Which case it became."""
    if receipt.case is None:
        return say("This is kept, and asks nobody for an answer.")
    return say(f"{number(receipt.case)} {'is that already' if receipt.duplicate else 'is made'}.")
