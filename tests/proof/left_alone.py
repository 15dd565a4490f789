"""A case left alone is warned, breached, pinged, climbs, and stops on *Acknowledge*: how late?

    python -m tests.proof.left_alone

In real time with short promises: answer within 20 s, warned at 50 %, steps after 0, 24, 48 and
72 s. The cases come eight seconds apart: a list of three lines stays that long to be read, and what
is late meanwhile is in the next one.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from slack_sandbox import Message, Person, Sandbox
from slack_sandbox.elements import Placed
from tests.proof import late_lines
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.rules import configured

PORT = 18473
APART = 8.0  # seconds between the cases
LATE = 2.0  # seconds that each may be late
STEPS = (("0s", "on-call"), ("24s", "second"), ("48s", "team"), ("72s", "channel"))


@click.command()
def main() -> None:
    """Exit 0 only if each step came at most two seconds late and a claim stopped nothing."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ann = slack.person("ann", email="ann@example.com")
        cem = slack.person("cem", email="cem@example.com")
        dora = slack.person("dora", email="dora@example.com")
        slack.channel(CHANNEL, members=[ann], private=True)
        slack.channel("rapid-response", members=[cem, dora], private=True)
        config = configured(folder, "20s", STEPS, ["cem", "dora"])
        env = environment(slack, folder, PORT, CONFIG_DIR=str(config))
        desk = Process(env, folder / "run.log", "run").start()
        until(lambda: is_ready(PORT), "the desk is ready")
        faults = watch(slack, folder, env, ann, cem)
        for fault in faults:
            click.echo(fault)
        click.echo(f"{len(faults)} faults")
        desk.stop()
        raise SystemExit(1 if faults else 0)


def watch(slack: Sandbox, folder: Path, env: dict[str, str], ann: Person, cem: Person) -> list[str]:
    """Three cases: one left alone, one claimed, one acknowledged at its first ping."""
    for number in range(3):
        begun = time.time()
        bring_in(slack, folder, env, number)
        time.sleep(APART - (time.time() - begun))
    opened = {number: at / 1000 for number, at in query(folder, "select id, opened_at from cases")}
    alone, claimed, taken = sorted(opened)
    ann.press(card_of(slack, claimed), "claim")
    seen: dict[tuple[int, str], float] = {}
    acknowledged = [0.0]
    while time.time() < opened[taken] + 96:
        note(slack, seen, opened)
        if (taken, "ping 0") in seen and not acknowledged[0]:
            message, line = line_of(slack, taken)
            late_lines.acknowledge(cem, message, line)
            acknowledged[0] = time.time()
        time.sleep(0.05)
    expected = {"warning": 10, "ping 0": 20, "ping 1": 44, "ping 2": 68, "ping 3": 92}
    faults = []
    for number, word in ((alone, "left alone"), (claimed, "claimed")):
        for what, after in expected.items():
            faults += lateness(seen.get((number, what)), opened[number] + after, f"{word}: {what}")
    faults += [
        f"climbed after Acknowledge: {what}"
        for (number, what) in seen
        if number == taken and what in ("ping 1", "ping 2", "ping 3")
    ]
    return faults


def bring_in(slack: Sandbox, folder: Path, env: dict[str, str], number: int) -> None:
    path = folder / f"{number}.jsonl"
    write_sample(path, 1, first=number)
    Process(env, folder / "import.log", "import", str(path)).start().wait()
    until(lambda: len(slack.messages(CHANNEL)) > number, "its card")


def lateness(came: float | None, due: float, what: str) -> list[str]:
    if came is None:
        return [f"{what}: never came"]
    click.echo(f"{what}: {came - due:+.2f} s")
    return [] if -0.05 <= came - due <= LATE else [f"{what}: {came - due:+.2f} s"]


def note(slack: Sandbox, seen: dict[tuple[int, str], float], opened: dict[int, float]) -> None:
    """Every message of a case, with the moment it was first seen standing."""
    cards = slack.messages(CHANNEL)
    threads = [one for card in cards for one in slack.messages(CHANNEL, thread=card.ts)]
    for message in [*slack.messages("rapid-response"), *cards, *threads, *to_ann(slack)]:
        for said in (key_of(message.metadata), *calls_of(message)):
            key = said.split(":")
            if key[0] == "warning":
                seen.setdefault((int(key[1]), "warning"), float(message.ts))
            elif key[0] == "ping":
                seen.setdefault((int(key[1]), f"ping {key[-1]}"), float(message.ts))


def calls_of(message: Message) -> list[str]:
    """Whom a list calls first about which case."""
    return str((message.metadata or {}).get("event_payload", {}).get("says", "")).split()


def to_ann(slack: Sandbox) -> list[Message]:
    return slack.direct_messages(slack.person("ann"))


def card_of(slack: Sandbox, number: int) -> Message:
    return found(slack, CHANNEL, lambda key: key.startswith(f"card:{number}:"))


def line_of(slack: Sandbox, number: int) -> tuple[Message, Placed]:
    """Where the case waits in the live list."""
    lists = reversed(slack.messages("rapid-response"))
    return next((one, line) for one in lists for line in late_lines.of_case(one, number))


def found(slack: Sandbox, channel: str, fits: Callable[[str], bool]) -> Message:
    return next(message for message in slack.messages(channel) if fits(key_of(message.metadata)))


if __name__ == "__main__":
    main()
