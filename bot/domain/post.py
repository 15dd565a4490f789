"""One public message of a customer, as it came in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import PostKey

BY_HAND = "by-hand"  # the source of what a colleague saw elsewhere


class Visibility(StrEnum):
    """Who can read it, the widest first."""

    PUBLIC = "public"
    UNLISTED = "unlisted"  # everyone, but in no feed and no search
    FOLLOWERS = "followers"
    PRIVATE = "private"

    @property
    def in_words(self) -> str:
        return "followers-only" if self is Visibility.FOLLOWERS else self.value

    @property
    def is_closed(self) -> bool:
        """Not everyone can read it."""
        return self in (Visibility.FOLLOWERS, Visibility.PRIVATE)

    def is_wider_than(self, other: "Visibility") -> bool:
        steps = list(Visibility)
        return steps.index(self) < steps.index(other)

    def or_narrower(self, other: "Visibility") -> "Visibility":
        return other if self.is_wider_than(other) else self


class PostKind(StrEnum):
    POST = "post"
    EDIT = "edit"
    DELETE = "delete"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 for low to 3 for urgent."""
        return list(Priority).index(self)


@dataclass(frozen=True)
class Author:
    handle: str
    id: str | None = None
    name: str | None = None
    followers: int | None = None

    @property
    def identity(self) -> str:
        """What stays the same when a handle is renamed, where the network tells it."""
        return self.id or f"@{self.handle.removeprefix('@').casefold()}"


@dataclass(frozen=True)
class Delivery:
    """The message a post came in: the sender repeats it as it is until it is acknowledged."""

    id: str
    body: str  # a digest of the bytes that were signed


@dataclass(frozen=True)
class Post:
    """A post of one network; `(source, id)` names it for good."""

    source: str
    id: str
    text: str
    author: Author
    created_at: datetime | None = None
    account: str | None = None  # the brand's account that was written to
    visibility: Visibility = Visibility.PUBLIC
    kind: PostKind = PostKind.POST
    addressed: bool = True  # False: overheard, not written to us
    priority: Priority | None = None
    url: str | None = None
    in_reply_to: str | None = None
    conversation: str | None = None
    language: str | None = None
    location: str | None = None
    media: tuple[str, ...] = field(default=())
    door: str | None = None  # of the intake, where it came in by one; never said by the sender

    @property
    def key(self) -> PostKey:
        return PostKey(f"{self.source}:{self.id}")
