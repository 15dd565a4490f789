"""The customers of the demo: who they are, and on which sample network they write."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.post import Author, Post

FOLDER = Path(__file__).parent

# The brand's account on each network.
ACCOUNTS = {
    "x": "@northwind",
    "bluesky": "@northwind.example",
    "mastodon": "@northwind@social.example",
    "facebook": "Northwind",
}


@dataclass(frozen=True)
class Customer:
    key: str
    source: str
    handle: str
    name: str
    followers: int

    @classmethod
    def who_wrote(cls, post: Post) -> "Customer":
        """Somebody of whom nothing is known but a post."""
        key, author = f"{post.source}:{post.author.handle}", post.author
        return cls(
            key, post.source, author.handle, author.name or author.handle, author.followers or 0
        )

    def post(self, id: str, text: str, *, in_reply_to: str | None = None) -> Post:
        """What they write to the brand, in public."""
        author = Author(self.handle, name=self.name, followers=self.followers)
        account = ACCOUNTS[self.source]
        return Post(self.source, id, text, author, account=account, in_reply_to=in_reply_to)


def read_lines(name: str) -> Iterator[Mapping[str, object]]:
    """The objects of one of the demo's own files, one a line."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def read_customers() -> dict[str, Customer]:
    customers = [Customer(**line) for line in read_lines("customers.jsonl")]  # type: ignore[arg-type]
    return {customer.key: customer for customer in customers}
