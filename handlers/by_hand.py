"""What a colleague saw elsewhere, as a post."""

from bot.domain.post import Author, Post
from bot.domain.web_address import is_web_address
from bot.services.intake import Receipt
from bot.views.drawn import Drawn
from bot.views.phrases import number
from handlers.answers import say

SOURCE = "by-hand"
UNKNOWN = "somebody"


def post_by_hand(text: str, *, author: str, once: str) -> Post:
    """`once` is its id: the same form or command sent again makes no second case."""
    url = text if is_web_address(text) else None
    return Post(SOURCE, once, text, Author(author.strip() or UNKNOWN), url=url)


def made(receipt: Receipt) -> Drawn:
    """Which case it became."""
    if receipt.case is None:
        return say("This is kept, and asks nobody for an answer.")
    return say(f"{number(receipt.case)} {'is that already' if receipt.duplicate else 'is made'}.")
