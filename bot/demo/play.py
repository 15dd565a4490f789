"""The scripted day: posts of the scenario, each at its time, through the same networks."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.demo.customers import Customer, read_lines
from bot.domain.post import Post, PostKind

SCENARIOS = {"day": "scenario_day.jsonl"}
SPEEDS = {"still": 0.0, "calm": 1.0, "lively": 4.0, "busy": 20.0}
WAIT = 30.0  # seconds after the post before, where a line says nothing else

Customers = Mapping[str, Customer]


@dataclass(frozen=True)
class Cue:
    """A post, so many seconds after the one before it."""

    wait: float
    post: Post


def read_scenario(name: str, customers: Customers) -> list[Cue]:
    return [
        Cue(float(str(line.get("wait", WAIT))), _post(f"d{number}", line, customers))
        for number, line in enumerate(read_lines(name), start=1)
    ]


def _post(id: str, line: Mapping[str, object], customers: Customers) -> Post:
    """`by` writes `text`; or edits, deletes, or replies to the post that the line names."""
    words = {name: str(value) for name, value in line.items()}
    customer, text = customers[words["by"]], words.get("text", "")
    if "edit" in words:
        return replace(customer.post(words["edit"], text), kind=PostKind.EDIT)
    if "delete" in words:
        return replace(customer.post(words["delete"], ""), kind=PostKind.DELETE)
    return customer.post(words.get("id", id), text, in_reply_to=words.get("reply"))


class Play:
    """Publishes the cues in a thread of its own; its speed may change meanwhile."""

    def __init__(
        self,
        cues: list[Cue],
        publish: Callable[[Post], object],
        *,
        speed: float,
        end: Callable[[], object] = lambda: None,
    ):
        self._cues = cues
        self._publish = publish
        self._speed = speed
        self._end = end
        self.is_over = False
        self._woken = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="customers", daemon=True)

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        """So many seconds of the scenario in one; 0 keeps everybody silent."""
        with self._woken:
            self._speed = speed
            self._woken.notify_all()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._woken:
            self._is_stopping = True
            self._woken.notify_all()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        for cue in self._cues:
            if not self._wait(cue.wait):
                break
            self._publish(cue.post)
        self.is_over = True
        self._end()

    def _wait(self, seconds: float) -> bool:
        """False when it ends; a change of speed begins the wait anew, at that speed."""
        with self._woken:
            while not self._is_stopping:
                speed = self._speed
                if not self._woken.wait(seconds / speed if speed else None):
                    return True
        return False
