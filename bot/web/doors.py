"""What the doors need of the rest of the desk; wiring hands it in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.clock_report import ClockReport
from bot.domain.desk_page import DeskPage
from bot.domain.ids import PostKey
from bot.domain.ports import NewKey, Now
from bot.domain.post import Delivery, Post
from bot.web.quota import Quota

SlackAnswer = tuple[int, Mapping[str, str], str]


class Receipt(Protocol):
    """The post is stored for good, now or before."""

    @property
    def duplicate(self) -> bool: ...

    @property
    def key(self) -> PostKey: ...


@dataclass(frozen=True)
class Doors:
    receive: Callable[[Post, Delivery | None], Receipt]
    intakes: Mapping[str, str | None]  # the doors for posts, each with its secret
    quota: Quota
    ready: Callable[[], Mapping[str, str | None]]  # each part, with its fault or None
    metrics: Callable[[], bytes]
    desk_page: Callable[[int], DeskPage]  # counted from 1
    desk_token: str | None
    slack: Callable[[bytes, Mapping[str, str]], SlackAnswer] | None  # None: over Socket Mode
    slack_signing_secret: str | None
    now: Now  # the desk's time
    wall: Now  # what this machine's clock shows: what senders have signed is compared with it
    new_key: NewKey  # names an unexpected fault, in the answer and in the log
    waits: Callable[[], str | None] = lambda: None  # why public replies wait for an admin, or None
    clocks: Callable[[], ClockReport] = ClockReport  # how far the clocks are off
    is_keeping: Callable[[], bool] = lambda: False  # whether something was kept a moment ago
    set_aside: Callable[[], Sequence[str]] = tuple  # what failed when due and is tried again
