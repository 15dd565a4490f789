"""The machine's clock is set wrong and right again under a running desk: how late is what waits?

    python -m tests.proof.clock_steps [--step=-30s] [--step=-3h] [--step=+3h]

One `run` with all its parts, over Socket Mode, under libfaketime; Slack, the network and whoever
measures stay outside of it. For each step: a reply that waits with *Undo* and a promise that runs
when the clock is set; a post that comes in meanwhile; a post, its card and its promise after the
clock was put right; a promise that runs while the desk is killed and started again under the wrong
clock. `/readyz` and the refusal of a signature are read meanwhile.
"""

import json
import random
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import click
from standardwebhooks import Webhook

from slack_sandbox import Message, Sandbox
from tests.proof.company import SECRET
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.kills import POSTGRES, SQLITE, kept
from tests.proof.left_alone import calls_of
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.public import Public
from tests.proof.rules import configured
from tests.proof.wrong_clock import WrongClock, faketime

PORT = 18497
PROMISE, UNDO = 8.0, 5.0  # seconds
LATE = 2.0  # seconds that each may be late
EARLY = 0.3  # seconds: a post is kept before its sender hears of it
STEPS = ("-30s", "-3h", "+3h")
STARTS = 2.0  # seconds: a desk that has just started finds its people and rooms first
TOLERATED = 300  # seconds: by so much a signature may be off
Came = Callable[[], float | None]  # when something was there, or None
SECONDS = {"s": 1, "m": 60, "h": 3600}


@click.command()
@click.option("--step", "steps", multiple=True, default=STEPS, show_default=True)
@click.option("--short", is_flag=True, help="Nothing comes in meanwhile, and nothing afterwards.")
@click.option("--engine", type=click.Choice([SQLITE, POSTGRES]), default=SQLITE, show_default=True)
def main(steps: tuple[str, ...], short: bool, engine: str) -> None:
    """Exit 0 only if nothing was more than two seconds late, and the skew was told."""
    library = faketime()
    if library is None:
        raise click.ClickException("libfaketime is missing: apt-get install faketime")
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name, kept(engine, name) as at:
        street = Street(slack, Path(name), at[0], WrongClock(Path(name), library))
        street.open()
        live = street.live_under if short else street.live_through
        faults = [fault for step in steps for fault in live(step)]
        street.close()
    click.echo(f"{len(faults)} faults")
    raise SystemExit(1 if faults else 0)


class Heard(Public):
    """A network that takes everything, by the signature and by a clock that is right."""

    def __init__(self) -> None:
        super().__init__(random.Random(1))
        self.at: dict[str, float] = {}

    def take(self, key: str, text: str) -> tuple[int, dict[str, str]]:
        self.at.setdefault(text, time.time())
        return 200, {"id": f"r-{key}"}


@dataclass
class Street:
    """The desk, whoever writes to it, and how late it was."""

    slack: Sandbox
    folder: Path
    url: str
    clock: WrongClock
    network: Heard = field(default_factory=Heard)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ann = self.slack.person("ann", email="ann@example.com")
        cem = self.slack.person("cem", email="cem@example.com")
        self.slack.channel(CHANNEL, members=[self.ann], private=True)
        self.slack.channel("rapid-response", members=[cem], private=True)
        config = configured(self.folder, f"{PROMISE:.0f}s", [("0s", "on-call")], ["cem"])
        self._env = environment(
            self.slack, self.folder, PORT, CONFIG_DIR=str(config), INTAKE_SECRET=SECRET,
            PUBLIC_REPLIES="on", REPLY_UNDO_SECONDS=f"{UNDO:.0f}",
            WEBHOOK_REPLY_URL=self.network.url, DATABASE_URL=self.url, **self.clock.env,
        )  # fmt: skip
        self._desk = Process(self._env, self.folder / "run.log", "run")
        self._numbers = count(1)

    def open(self) -> None:
        self._desk.start()
        until(lambda: is_ready(PORT), "the desk is ready")

    def close(self) -> None:
        assert self._desk.stop() == 0, "a stop is clean"
        self.network.close()

    def live_through(self, step: str) -> list[str]:
        """The faults of one step and of the way back."""
        self.live_under(step)
        self._import(step)
        self.clock.be("+0")
        back = f"back from {step}"
        number, stored = self._posted()
        self._must_come("card", stored, lambda: self._card_at(number), back)
        self._ping(number, back)
        self._start_again(step)
        return self.faults

    def live_under(self, step: str) -> list[str]:
        """What runs already when the clock is set."""
        self.faults = []
        left_alone, _ = self._posted()
        answered, _ = self._posted()
        text = f"An answer before {step}"
        sent = self._answer(answered, text)
        self.clock.be(step)
        self._must_come("reply", sent + UNDO, lambda: self.network.at.get(text), step)
        self._ping(left_alone, step)
        self._look_around(step)
        return self.faults

    def _start_again(self, step: str) -> None:
        """Killed while a promise runs, and started under the wrong clock."""
        number, stored = self._posted()
        self._desk.kill()
        self.clock.be(step)
        self.open()
        ready, again = time.time(), f"started again under {step}"
        until(lambda: self._pinged(number) is not None, f"{again}: a ping", 3 * PROMISE)
        # It finds its way first; a desk that is not ready yet may call already.
        late = (self._pinged(number) or 0.0) - max(stored + PROMISE, ready)
        early = (self._pinged(number) or 0.0) - (stored + PROMISE)
        click.echo(f"{again}: ping {early:+.2f} s, of these {late:+.2f} s after it was ready")
        if early < -EARLY or late > LATE + STARTS:
            self.faults.append(f"{again}: ping {early:+.2f} s")
        self._end(number)
        self.clock.be("+0")

    # What happens

    def _posted(self) -> tuple[int, float]:
        """A post by the signed door; the number of its case, and when it was kept."""
        name = f"s{next(self._numbers)}"
        status, words = self._deliver(name)
        assert status == 202, words
        stored = time.time()
        until(lambda: len(self._cards()) == len(self._cases) + 1, "its card")
        [number] = set(self._cards()) - set(self._cases)
        self._cases[number] = stored
        return number, stored

    def _deliver(self, name: str) -> tuple[int, str]:
        now = datetime.now(UTC)
        post = {"id": name, "text": "Where is my bag?", "author": {"handle": f"@{name}"}}
        body = json.dumps(post | {"account": "@northwind"})
        headers = {
            "Content-Type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(SECRET).sign(name, now, body),
        }
        url = f"http://127.0.0.1:{PORT}/intake/webhook"
        return _asked(urllib.request.Request(url, body.encode(), headers))

    def _answer(self, number: int, text: str) -> float:
        self.ann.press(self._cards()[number], "reply")
        self.ann.submit({"text": text}, self.ann.wait_view("reply"))
        self.ann.submit({}, self.ann.wait_view("reply_preview"))
        return time.time()

    def _import(self, step: str) -> None:
        """By a command beside the desk, which starts under the wrong clock."""
        path = self.folder / f"meanwhile{step}.jsonl"
        write_sample(path, 1, first=next(self._numbers) + 1000)
        before = set(self._cards())
        Process(self._env, self.folder / "import.log", "import", str(path)).start().wait()
        until(lambda: set(self._cards()) != before, "the card of a post that came meanwhile")
        [number] = set(self._cards()) - before
        self._cases[number] = self._opened_at(number)
        self._must_come("card", self._cases[number], lambda: self._card_at(number), step)
        self._ping(number, step)

    def _end(self, number: int) -> None:
        """A list of what is late stays for two seconds a line, and none of them is in the next."""
        self.ann.command("/case", f"resolve {number} told by phone", CHANNEL)

    # What is seen

    @property
    def _cases(self) -> dict[int, float]:
        return self.__dict__.setdefault("_kept", {})

    def _cards(self) -> dict[int, Message]:
        keys = ((key_of(one.metadata), one) for one in self.slack.messages(CHANNEL))
        return {int(key.split(":")[1]): one for key, one in keys if key.startswith("card:")}

    def _opened_at(self, number: int) -> float:
        kept = self.url if self.url.startswith(POSTGRES) else self.folder
        [[at]] = query(kept, f"select opened_at from cases where id = {number}")
        return float(at) / 1000

    def _card_at(self, number: int) -> float | None:
        card = self._cards().get(number)
        return float(card.ts) if card else None

    def _calls(self) -> Iterator[tuple[str, float]]:
        for message in self.slack.messages("rapid-response"):
            for key in (key_of(message.metadata), *calls_of(message)):
                yield key, float(message.ts)

    def _pinged(self, number: int) -> float | None:
        calls = (at for key, at in self._calls() if key.startswith(f"ping:{number}:"))
        return next(calls, None)

    def _ping(self, number: int, when: str) -> None:
        due = self._cases[number] + PROMISE
        self._must_come("ping", due, lambda: self._pinged(number), when)
        self._end(number)

    def _look_around(self, step: str) -> None:
        status, words = _asked(f"http://127.0.0.1:{PORT}/readyz")
        told = json.loads(words)
        skew = told.get("clock", {}).get("skew_seconds", {}).get("machine", 0.0)
        click.echo(f"{step}: /readyz {status}, {told.get('clock', {}).get('says')}")
        if status != 200 or abs(skew - _seconds(step)) > 1:
            self.faults.append(f"{step}: /readyz {status} {words}")
        status, words = self._deliver(f"refused{step}")
        click.echo(f"{step}: a signed post {status}, {words.strip()}")
        is_far = abs(_seconds(step)) > TOLERATED
        expected = (401, True) if is_far else (202, False)
        if (status, "This machine's clock is" in words) != expected:
            self.faults.append(f"{step}: a signed post is answered {status} {words}")
        if not is_far:
            until(lambda: len(self._cards()) == len(self._cases) + 1, "its card")
            [number] = set(self._cards()) - set(self._cases)
            self._cases[number] = time.time()
            self._end(number)

    def _must_come(self, what: str, due: float, came: Came, when: str) -> None:
        try:
            until(lambda: came() is not None, what, max(due - time.time(), 0) + 3 * LATE)
        except TimeoutError:
            self.faults.append(f"{when}: no {what}")
            click.echo(self.faults[-1])
            return
        self._judge(what, came() or 0, due, when)

    def _judge(self, what: str, came: float, due: float, when: str) -> None:
        click.echo(f"{when}: {what} {came - due:+.2f} s")
        if not -EARLY <= came - due <= LATE:
            self.faults.append(f"{when}: {what} {came - due:+.2f} s")


def _seconds(step: str) -> float:
    return float(step[:-1]) * SECONDS[step[-1]]


def _asked(request: urllib.request.Request | str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


if __name__ == "__main__":
    main()
