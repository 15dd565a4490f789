"""An ash cloud: three hundred people write within a minute, each in words drawn from parts."""

import random
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import count

from bot.demo.customers import ACCOUNTS, Customer, read_lines
from bot.demo.play import Cue, Play
from bot.domain.post import Post

CLOUD = "cloud"
POSTS = 300
LASTS = 60.0  # seconds
URGENT = 0.06  # of all posts
_PARTS = "cloud.jsonl"


class Cloud:
    """Comes as often as somebody lets it, each time with other people."""

    def __init__(self, publish: Callable[[Post], object]):
        self._publish = publish
        self._numbers = count(1)
        self._play: Play | None = None
        self.passed: Callable[[], None] = lambda: None  # who shows it, looks again

    @property
    def is_here(self) -> bool:
        return self._play is not None and not self._play.is_over

    def come(self) -> None:
        """Once more is harmless while it is here."""
        if not self.is_here:
            cues = draw_cloud(next(self._numbers))
            self._play = Play(cues, self._publish, speed=1, end=lambda: self.passed())
            self._play.start()

    def pass_by(self) -> None:
        """Whoever has not written yet, does not."""
        if self._play is not None:
            self._play.stop()


def draw_cloud(number: int) -> list[Cue]:
    """The same number is the same cloud."""
    draw = random.Random(number)
    return [Cue(LASTS / POSTS, _post(f"c{number}-{at}", draw)) for at in range(1, POSTS + 1)]


def _post(id: str, draw: random.Random) -> Post:
    parts = _parts()
    sentence = draw.choice(parts["urgent" if draw.random() < URGENT else "normal"])
    text = sentence.format(
        who=draw.choice(parts["who"]), where=draw.choice(parts["where"]),
        wish=draw.choice(parts["wish"]), flight=f"NW {draw.randint(100, 999)}",
        gate=f"{draw.choice('ABCD')}{draw.randint(1, 40)}",
    )  # fmt: skip
    return _author(id, draw).post(id, text[:1].upper() + text[1:])


def _author(key: str, draw: random.Random) -> Customer:
    name, year = draw.choice(_parts()["name"]), draw.randint(1950, 2008)
    followers = int(draw.lognormvariate(5, 1.5))
    return Customer(key, draw.choice(list(ACCOUNTS)), f"@{name.lower()}{year}", name, followers)


@cache
def _parts() -> dict[str, list[str]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for line in read_lines(_PARTS):
        parts[str(line["part"])].append(str(line["words"]))
    return parts
