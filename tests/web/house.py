"""A desk behind real doors: it keeps posts in memory, and its clock stands still."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from flask.testing import FlaskClient
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from bot.domain.desk_page import DeskPage
from bot.domain.ids import PostKey
from bot.domain.post import Delivery, Post
from bot.web.app import create_app
from bot.web.doors import Doors
from bot.web.quota import Quota

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
SMALLEST = {"id": "1", "text": "where is my bag?", "author": {"handle": "@jane"}}


@dataclass(frozen=True)
class Kept:
    key: PostKey
    duplicate: bool


@dataclass
class House:
    """What the doors lead to; `fault` is raised instead of keeping a post."""

    now: datetime = NOW
    posts: dict[PostKey, Post] = field(default_factory=dict)
    deliveries: list[Delivery | None] = field(default_factory=list)
    fault: Exception | None = None
    faults: dict[str, str | None] = field(default_factory=dict)
    waits: str | None = None
    page: DeskPage = field(default_factory=lambda: DeskPage(NOW))
    slack_calls: list[tuple[bytes, Mapping[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._keys = count(0x7F3A0001)
        self.doors = Doors(
            receive=self.receive,
            intakes={"webhook": SECRET, "mastodon": SECRET},
            quota=Quota(None),
            ready=lambda: self.faults,
            waits=lambda: self.waits,
            metrics=lambda: b"posts_total 1.0\n",
            desk_page=lambda _page: self.page,
            desk_token="open sesame",
            slack=self.slack,
            slack_signing_secret=SLACK_SECRET,
            now=lambda: self.now,
            wall=lambda: self.now,
            new_key=lambda: f"{next(self._keys):x}",
        )

    def receive(self, post: Post, delivery: Delivery | None) -> Kept:
        if self.fault:
            raise self.fault
        known = post.key in self.posts or (delivery in self.deliveries)
        self.posts.setdefault(post.key, post)
        self.deliveries.append(delivery)
        return Kept(post.key, known)

    def slack(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
        self.slack_calls.append((body, headers))
        return 200, {"Content-Type": "text/plain"}, "ok"

    def client(self, **changes: object) -> FlaskClient:
        return create_app(replace(self.doors, **changes)).test_client()  # type: ignore[arg-type]


def signed(body: bytes, *, id: str = "msg_1", at: datetime = NOW) -> dict[str, str]:
    """The headers of a sender who holds the secret, by the library senders use."""
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(id, at, body.decode()),
    }


def deliver(
    client: FlaskClient, post: object = SMALLEST, *, door: str = "webhook", **how: object
) -> TestResponse:
    body = json.dumps(post).encode()
    return client.post(f"/intake/{door}", data=body, headers=signed(body, **how))  # type: ignore[arg-type]


def later(**how_much: int) -> datetime:
    return NOW + timedelta(**how_much)
