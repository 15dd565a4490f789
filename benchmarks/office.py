"""A Slack full of people in a process of its own: they press what stands there, and it is noted."""

import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.ash_cloud import DEPARTMENTS
from bot.views.ids import Action
from handlers.manifest import manifest
from slack_sandbox import Message, Person, Sandbox

PEOPLE = 200
EVERY = 10.0  # seconds between two clicks of one of them
AT_ONCE = 32  # clicks that wait for their answer
LOOK_BACK = 40  # messages: people work at what they see
PRESSED = {Action.CLAIM: 0.9, Action.NO_REPLY: 0.05, Action.MORE: 0.05}
NOTED = "office.json"


class Office:
    """Opens with the first card, for so many seconds; at the end everything is written down."""

    def __init__(self, note: Path, seconds: float):
        self._note = note
        self._seconds = seconds
        self._dice = random.Random(1)
        self._acks: list[float] = []
        self._lost = 0
        self._stopping = threading.Event()
        self.slack = Sandbox.start(manifest=manifest(""), rate_limits=True)
        # As each was when it came: who looks at an old picture presses what is there no more.
        self._seen: defaultdict[str, dict[str, Message]] = defaultdict(dict)
        self._channels = {name: f"care-{name}" for name in DEPARTMENTS}
        self._people = [self._hire(number) for number in range(PEOPLE)]
        self.slack.channel("rapid-response", members=[self.slack.person("on.call")])
        self._thread = threading.Thread(target=self._click, name="clicks")
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._note.write_text(json.dumps(self._noted()))
        self.slack.stop()

    def _hire(self, number: int) -> tuple[Person, str]:
        department = list(DEPARTMENTS)[number % len(DEPARTMENTS)]
        person = self.slack.person(f"agent-{number}")
        self.slack.channel(self._channels[department], members=[person])
        return person, self._channels[department]

    def _click(self) -> None:
        """At even distances, whatever became of the click before."""
        while not (self._stopping.wait(0.1) or self._is_open()):
            pass
        begun, apart = time.monotonic(), EVERY / PEOPLE
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for click in range(round(self._seconds / apart)):
                if self._stopping.wait(max(0.0, begun + click * apart - time.monotonic())):
                    return
                pool.submit(self._act, *self._people[click % PEOPLE])

    def _is_open(self) -> bool:
        return any(self.slack.messages(channel) for channel in self._channels.values())

    def _act(self, person: Person, channel: str) -> None:
        action = self._dice.choices(list(PRESSED), list(PRESSED.values()))[0]
        for card in self.slack.messages(channel)[-LOOK_BACK:]:
            self._seen[channel].setdefault(card.ts, card)
        cards = list(self._seen[channel].values())[-LOOK_BACK:]
        if cards:
            self._press(person, self._dice.choice(cards), action)

    def _press(self, person: Person, card: Message, action: Action) -> None:
        pressed = person.press(card, action)
        if pressed.acked:
            self._acks.append(pressed.seconds)
        else:
            self._lost += 1
        if person.view:
            person.close_view(everything=True)

    def _noted(self) -> dict[str, object]:
        with self.slack.workspace.lock:
            said = [
                one for place in self.slack.workspace.channels.values() for one in place.history
            ]
        refused = [one.method for one in self.slack.calls if one.status == 429]
        return {
            "acks": self._acks,
            "lost": self._lost,
            "said": [[_key(one), float(one.ts)] for one in said if one.is_bot],
            "refused": refused,
        }


def serve_office(seconds: float, place: Path) -> tuple[str, Callable[[], None]]:
    office = Office(place / NOTED, seconds)
    return office.slack.api_url, office.close


def _key(message: Message) -> str:
    payload = (message.metadata or {}).get("event_payload", {})
    return str(payload.get("key", ""))
