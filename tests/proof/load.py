"""All that a busy day does to a desk at once: posts, presses, answers, acknowledgements.

Whatever is not acknowledged is tried again, as senders and people do; nothing here knows of kills.
"""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from standardwebhooks import Webhook

from slack_sandbox import Message, Person, Sandbox, View
from slack_sandbox.errors import SlackError
from tests.proof import late_lines

PAUSE = 0.2  # seconds before something is tried again
LOOK_BACK = 40  # messages: people work at what they see


class Load:
    """Runs each part in a thread of its own until it is told to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self, step: Callable[[], object], *, every: float) -> None:
        thread = threading.Thread(target=self._run, args=(step, every), daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _run(self, step: Callable[[], object], every: float) -> None:
        while not self.stopping.wait(every):
            try:
                step()
            except (LookupError, AssertionError, SlackError, OSError):
                # No such button any more, no form in time: people shrug and go on.
                continue


class Sender:
    """A network that delivers each post until it is told that it was kept, some of them twice."""

    def __init__(self, port: int, secret: str, dice: random.Random, load: Load):
        self._url = f"http://127.0.0.1:{port}/intake/webhook"
        self._webhook, self._dice, self._load = Webhook(secret), dice, load
        self._numbers = count(1)
        self.kept: list[str] = []

    def post(self) -> None:
        number = next(self._numbers)
        body = json.dumps(
            {"id": f"p{number}", "source": "x", "text": f"Question {number}: when do you open?",
             "author": {"handle": f"@c{number}"}, "account": "@northwind"}
        ).encode()  # fmt: skip
        for _ in range(self._dice.choice((1, 1, 1, 2))):
            self._deliver(f"x:p{number}", f"d{number}", body)

    def _deliver(self, key: str, delivery: str, body: bytes) -> None:
        while not self._load.stopping.is_set():
            if self._is_taken(delivery, body):
                self.kept.append(key)
                return
            time.sleep(PAUSE)

    def _is_taken(self, delivery: str, body: bytes) -> bool:
        now = datetime.now(UTC)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(delivery, now, body.decode()),
        }
        request = urllib.request.Request(self._url, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status in (200, 202))
        except (urllib.error.URLError, OSError):
            return False


class Agent:
    """Claims what is new and answers it; sends a form again where nobody acknowledged it."""

    def __init__(self, slack: Sandbox, person: Person, channel: str, dice: random.Random):
        self._slack, self._person, self._channel, self._dice = slack, person, channel, dice
        self._numbers = count(1)
        self.approved: list[str] = []  # texts whose *Send* was acknowledged
        self.presses = 0

    def work(self) -> None:
        card = self._some_card()
        self.presses += 1
        if self._dice.random() < 0.4:
            self._person.press(card, "claim")
        else:
            self._answer(card)

    def _some_card(self) -> Message:
        cards = [m for m in self._slack.messages(self._channel) if m.blocks][-LOOK_BACK:]
        return self._dice.choice(cards)

    def _answer(self, card: Message) -> None:
        if not self._person.press(card, "reply").acked:
            return
        try:
            form = self._person.wait_view("reply", timeout=2)
            text = f"Answer {next(self._numbers)} of {self._person.name}"
            self._person.submit({"text": text}, form)
            self._send(self._person.wait_view("reply_preview", timeout=2), text)
        finally:
            while self._person.view:
                self._person.close_view(everything=True)

    def _send(self, preview: View, text: str) -> None:
        for _ in range(30):
            sent = self._person.submit({}, preview)
            if sent.acked:
                self.approved += [] if sent.response else [text]
                return
            time.sleep(PAUSE)


class OnCall:
    """Takes a ping now and then."""

    def __init__(self, slack: Sandbox, person: Person, channel: str, dice: random.Random):
        self._slack, self._person, self._channel, self._dice = slack, person, channel, dice

    def work(self) -> None:
        lists = self._slack.messages(self._channel)[-LOOK_BACK:]
        lines = [(one, line) for one in lists for line in late_lines.waiting(one)]
        if lines:
            late_lines.acknowledge(self._person, *self._dice.choice(lines))
