"""A case left alone is warned, breached, pinged, climbs, and stops on *Acknowledge*: how late?

    python -m tests.proof.left_alone

In real time with short promises: answer within 20 s, warned at 50 %, steps after 0, 4, 8 and 12 s.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from slack_sandbox import Message, Person, Sandbox
from tests.proof.import_with_kills import CHANNEL, key_of, query
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until
from tests.proof.rules import configured

PORT = 18473
LATE = 2.0  # seconds that each may be late
STEPS = (("0s", "on-call"), ("4s", "second"), ("8s", "team"), ("12s", "channel"))


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
    write_sample(folder / "posts.jsonl", 3)
    Process(env, folder / "import.log", "import", str(folder / "posts.jsonl")).start().wait()
    until(lambda: len(slack.messages(CHANNEL)) == 3, "three cards")
    opened = {number: at / 1000 for number, at in query(folder, "select id, opened_at from cases")}
    alone, claimed, taken = sorted(opened)
    ann.press(card_of(slack, claimed), "claim")
    seen: dict[tuple[int, str], float] = {}
    acknowledged = [0.0]
    begun = time.time()
    while time.time() < begun + 42:
        note(slack, seen, opened)
        if (taken, "ping 0") in seen and not acknowledged[0]:
            cem.press(ping_of(slack, taken), "acknowledge")
            acknowledged[0] = time.time()
        time.sleep(0.05)
    expected = {"warning": 10, "ping 0": 20, "ping 1": 24, "ping 2": 28, "ping 3": 32}
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


def lateness(came: float | None, due: float, what: str) -> list[str]:
    if came is None:
        return [f"{what}: never came"]
    click.echo(f"{what}: {came - due:+.2f} s")
    return [] if -0.05 <= came - due <= LATE else [f"{what}: {came - due:+.2f} s"]


def note(slack: Sandbox, seen: dict[tuple[int, str], float], opened: dict[int, float]) -> None:
    """Every message of a case, with the moment it was first seen standing."""
    for message in [*slack.messages("rapid-response"), *slack.messages(CHANNEL), *to_ann(slack)]:
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


def ping_of(slack: Sandbox, number: int) -> Message:
    called = slack.messages("rapid-response")
    return next(
        one for one in called if any(key.startswith(f"ping:{number}:") for key in calls_of(one))
    )


def found(slack: Sandbox, channel: str, fits: Callable[[str], bool]) -> Message:
    return next(message for message in slack.messages(channel) if fits(key_of(message.metadata)))


if __name__ == "__main__":
    main()
