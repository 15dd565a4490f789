"""Who sends posts to the intake: signed before the clock runs, over one kept connection."""

import json
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


class Sender:
    """One client; it raises where a post is not newly kept."""

    def __init__(self, url: str):
        address = urlsplit(url)
        self._connection = HTTPConnection(address.hostname or "", address.port)

    def send_all(self, posts: Iterable[Letter]) -> Round:
        self._connection.connect()
        found = timed(self._send, posts)
        self._connection.close()
        return found

    def _send(self, post: Letter) -> None:
        self._connection.request("POST", "/intake/webhook", post.body, dict(post.headers))
        answer = self._connection.getresponse()
        words = answer.read()
        assert answer.status == 202, words


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
