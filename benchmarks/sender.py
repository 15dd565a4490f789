"""Who sends posts to the intake: signed before the clock runs, over one kept connection."""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from standardwebhooks import Webhook

from benchmarks.desks import INTAKE_SECRET, a_post
from benchmarks.measure import Round, timed
from bot.domain.post import Post
from bot.wiring import machine_time


@dataclass(frozen=True)
class Letter:
    """One request, ready to go."""

    id: str
    body: bytes
    headers: Mapping[str, str]


AGAIN_AFTER = 1.0  # seconds


class Sender:
    """One client with one connection."""

    def __init__(self, url: str):
        address = urlsplit(url)
        self._connection = HTTPConnection(address.hostname or "", address.port)

    def send_all(self, posts: Iterable[Letter]) -> Round:
        """Raises where one of them is not newly kept."""
        self._connection.connect()
        found = timed(self._send, posts)
        self._connection.close()
        return found

    def deliver(self, post: Letter) -> int:
        """As networks do: again after a moment, until it is kept; how often it was not."""
        refused = 0
        while (answer := self._ask(post))[0] == 503:
            refused += 1
            time.sleep(AGAIN_AFTER)
        assert answer[0] in (200, 202), answer
        return refused

    def _send(self, post: Letter) -> None:
        status, words = self._ask(post)
        assert status == 202, words

    def _ask(self, post: Letter) -> tuple[int, bytes]:
        self._connection.request("POST", "/intake/webhook", post.body, dict(post.headers))
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def letters(numbers: Iterable[int]) -> list[Letter]:
    return [letter(a_post(number)) for number in numbers]


def letter(post: Post) -> Letter:
    body = json.dumps(
        {
            "id": post.id, "source": post.source, "text": post.text, "account": post.account,
            "author": {"id": post.author.id, "handle": post.author.handle,
                       "name": post.author.name, "followers": post.author.followers},
        }
    )  # fmt: skip
    moment, name = machine_time(), f"msg_{post.id}"
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(INTAKE_SECRET).sign(name, moment, body),
    }
    return Letter(name, body.encode(), headers)
