"""A sample network: replies become public here and nowhere else."""

import threading
from dataclasses import dataclass

from bot.domain.outbox import Delivered, NetworkAnswer
from bot.domain.post import Post
from bot.domain.reply import Reply


@dataclass(frozen=True)
class PublicReply:
    id: str
    post: Post
    text: str


class SampleNetwork:
    """Implements the port `Network`; keeps what was said, for whoever wants to look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._replies: dict[str, PublicReply] = {}

    def send(self, reply: Reply, post: Post) -> NetworkAnswer:
        """The same key again is the same reply, as a good network has it."""
        with self._lock:
            number = len(self._replies) + 1
            said = PublicReply(f"reply-{number}", post, reply.text)
            known = self._replies.setdefault(reply.key, said)
        return Delivered(known.id)

    @property
    def replies(self) -> list[PublicReply]:
        return list(self._replies.values())
