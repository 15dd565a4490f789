"""Honest people at a running desk: posts that come in, presses, and how long each of them waits."""

import json
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from standardwebhooks import Webhook

from benchmarks.desks import INTAKE_SECRET
from slack_sandbox import Interaction, Person, Sandbox
from tests.proof.processes import ROOT, Process, environment, is_ready, until

CHANNEL = "care-service"
LONGEST_BODY = 64 * 1024 - 1500  # bytes of a text, so that its post is taken
POSTS_A_SECOND, PRESSES_A_SECOND = 8, 3
_NUMBERS = count(1)


@dataclass
class Waits:
    """Seconds from asking to the answer, and what was refused."""

    posts: list[float] = field(default_factory=list)
    presses: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max([*self.posts, *self.presses], default=0.0)

    def __str__(self) -> str:
        return (
            f"posts {_told(self.posts)}; presses {_told(self.presses)}; {len(self.refused)} refused"
        )


def _told(waits: list[float]) -> str:
    if not waits:
        return "none"
    half, most = (1000 * one for one in (median(waits), max(waits)))
    return f"{len(waits)}, median {half:.0f} ms, longest {most:.0f} ms"


class Honest:
    """A network that posts and an agent who presses, each at even distances."""

    def __init__(self, slack: Sandbox, person: Person, port: int):
        self._slack, self._person, self._port = slack, person, port
        self._webhook = Webhook(INTAKE_SECRET)

    @contextmanager
    def at_work(self) -> Iterator[Waits]:
        """Until the end of the block."""
        waits, done = Waits(), threading.Event()
        threads = [
            _every(1 / POSTS_A_SECOND, done, lambda: self._send(waits)),
            _every(1 / PRESSES_A_SECOND, done, lambda: self._press(waits)),
        ]
        try:
            yield waits
        finally:
            done.set()
            for thread in threads:
                thread.join(timeout=60)

    def post(self, text: str, **facts: object) -> tuple[int, float]:
        """Signed, through the door: the status, and the seconds until it came."""
        number = next(_NUMBERS)
        post = {"id": f"h{number}", "source": "x", "text": text,
                "author": {"handle": f"@h{number}"}, **facts}  # fmt: skip
        body = json.dumps(post, ensure_ascii=False).encode()
        now = datetime.now(UTC)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": f"h{number}",
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(f"h{number}", now, body.decode()),
        }
        url = f"http://127.0.0.1:{self._port}/intake/webhook"
        request = urllib.request.Request(url, body, headers, method="POST")
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, time.perf_counter() - began
        except urllib.error.HTTPError as refused:
            return refused.code, time.perf_counter() - began

    def command(self, text: str) -> Interaction:
        verb, _, words = text.partition(" ")
        return self._person.command(verb, words, CHANNEL)

    def _send(self, waits: Waits) -> None:
        status, took = self.post("When do you open tomorrow?")
        waits.posts.append(took)
        if status != 202:
            waits.refused.append(f"a post: {status}")

    def _press(self, waits: Waits) -> None:
        """*More* on the first card, and the queue, in turn."""
        if len(waits.presses) % 2:
            done = self.command("/case queue")
        else:
            card = next(one for one in self._slack.messages(CHANNEL) if one.blocks)
            done = self._person.press(card, "more")
        waits.presses.append(done.seconds)
        if not done.acked:
            waits.refused.append(f"a press: {done.error}")
        while self._person.view:
            self._person.close_view(everything=True)


def _every(seconds: float, done: threading.Event, act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        while not done.wait(seconds):
            act()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@contextmanager
def desk_at_work(folder: Path, url: str, port: int) -> Iterator[Honest]:
    """`run` in a process of its own, and its Slack in this one."""
    with Sandbox.start() as slack:
        ann = slack.person("ann", admin=True)
        slack.channel(CHANNEL, members=[ann], private=True)
        slack.channel("rapid-response", members=[ann], private=True)
        env = environment(
            slack, folder, port, CONFIG_DIR=str(config_in(folder)), DATABASE_URL=url,
            INTAKE_SECRET=INTAKE_SECRET, SLACK_PACE="1", DESK_ADMINS="ann@example.com",
        )  # fmt: skip
        desk = Process(env, folder / "run.log", "run").start()
        until(lambda: is_ready(port), "the desk is ready")
        honest = Honest(slack, ann, port)
        for _ in range(3):
            honest.post("Good morning")
        until(lambda: any(one.blocks for one in slack.messages(CHANNEL)), "a card stands")
        try:
            yield honest
        finally:
            desk.stop()


def config_in(folder: Path) -> Path:
    """As shipped; what no rule matches goes where the people are."""
    config = folder / "config"
    if not config.exists():
        shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__*"))
        (config / "routing.toml").write_text('default = "service"\n')
    return config
