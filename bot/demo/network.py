"""The sample networks: what customers and the brand say there is public here and nowhere else."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.domain.outbox import Delivered, NetworkAnswer
from bot.domain.ports import LastLook, Now, no_last_look
from bot.domain.post import Post, PostKind
from bot.domain.reply import Reply
from bot.services.intake import Receipt


@dataclass(frozen=True)
class Said:
    """One public post or answer, as everybody sees it."""

    id: str
    source: str
    handle: str
    text: str
    at: datetime
    in_reply_to: str | None = None
    by_brand: bool = False
    is_edited: bool = False
    is_deleted: bool = False


class SampleNetwork:
    """Implements the port `Network`, for every source; customers publish here too."""

    def __init__(self, receive: Callable[[Post], Receipt], now: Now):
        self._receive = receive
        self._now = now
        self._lock = threading.Lock()
        self._said: dict[tuple[str, str], Said] = {}
        self._replies: dict[str, Delivered] = {}
        self._numbers = count(1)
        self.answered: list[Post] = []  # the posts, in the order of their answers
        self.changed: Callable[[], None] = lambda: None  # who shows it, looks again

    def publish(self, post: Post) -> Receipt:
        """A customer writes, edits or deletes; the desk hears of it."""
        with self._lock:
            key = (post.source, post.id)
            self._said[key] = _after(self._said.get(key), post, self._now())
        receipt = self._receive(post)
        self.changed()
        return receipt

    def send(self, reply: Reply, post: Post, _last_look: LastLook = no_last_look) -> NetworkAnswer:
        """The same key again is the same reply, as a good network has it."""
        with self._lock:
            if known := self._replies.get(reply.key):
                return known
            id = f"reply-{next(self._numbers)}"
            account = reply.account or "the brand"
            said = Said(id, post.source, account, reply.text, self._now(), post.id, by_brand=True)
            self._said[post.source, id] = said
            self.answered.append(post)
            answer = self._replies[reply.key] = Delivered(id)
        self.changed()
        return answer

    def find(self, source: str, id: str) -> Said | None:
        return self._said.get((source, id))

    def feed(self, source: str, handle: str) -> list[Said]:
        """What this customer wrote and what the brand answered them, the oldest first."""
        with self._lock:
            said = list(self._said.values())
        own = {one.id for one in said if (one.source, one.handle) == (source, handle)}
        return [
            one
            for one in said
            if one.source == source and (one.id in own or one.in_reply_to in own)
        ]


def _after(known: Said | None, post: Post, now: datetime) -> Said:
    if known is None:
        return Said(post.id, post.source, post.author.handle, post.text, now, post.in_reply_to)
    if post.kind is PostKind.DELETE:
        return replace(known, text="", is_deleted=True)
    return replace(known, text=post.text, is_edited=True)
