"""What a colleague saw elsewhere, as a post."""

from bot.domain.blank import is_blank
from bot.domain.pasted import as_pasted
from bot.domain.post import BY_HAND, Author, Post
from bot.domain.post_links import is_post, link_key
from bot.domain.web_address import is_web_address
from bot.services.intake import Receipt
from bot.views.drawn import Drawn
from bot.views.phrases import number
from handlers.answers import say

UNKNOWN = "somebody"


def post_by_hand(text: str, *, author: str, once: str) -> Post:
    """A link is its id, else `once`: the same sent again, by whomever, makes no second case."""
    url = _link(text)
    id = link_key(url) or once
    # Two finds without an author are not by one person, so the post's own id stands for theirs.
    handle = as_pasted(author).strip()
    by = Author(UNKNOWN, id=id) if is_blank(handle) else Author(handle)
    return Post(BY_HAND, id, text, by, url=url)


def _link(text: str) -> str | None:
    """What is nothing but a link; with words behind it, a link that can only mean that post."""
    link = text.split()[0] if text.strip() else ""
    return link if is_web_address(link) and (link == text.strip() or is_post(link)) else None


def made(receipt: Receipt) -> Drawn:
    """Which case it became."""
    if receipt.case is None:
        return say("This is kept, and asks nobody for an answer.")
    if not receipt.duplicate:
        return say(f"{number(receipt.case)} is made.")
    there = f"{number(receipt.case)} is this post already: `/case {receipt.case}` shows it."
    return say(f"{there} There is no second case.")
