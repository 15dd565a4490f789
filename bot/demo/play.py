"""The customers of the demo: posts of the scenario, each at its time, through the same intake."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from bot.domain.post import Post
from bot.domain.post_json import parse_post
from bot.services.intake import Intake

SCENARIOS = {"day": Path(__file__).parent / "scenario.jsonl"}


@dataclass(frozen=True)
class Cue:
    """A post, so many seconds after the beginning."""

    after: float
    post: Post


def read_scenario(path: Path) -> list[Cue]:
    cues = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        cues.append(Cue(raw.pop("after"), parse_post(raw, door="demo")))
    return sorted(cues, key=lambda cue: cue.after)


class Play:
    """Feeds the cues in a thread of its own until it is stopped."""

    def __init__(self, cues: list[Cue], intake: Intake, *, speed: float):
        self._cues = cues
        self._intake = intake
        self._speed = speed
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="customers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        played = 0.0
        for cue in self._cues:
            if self._stopping.wait((cue.after - played) / self._speed):
                return
            played = cue.after
            self._intake.receive(cue.post)
