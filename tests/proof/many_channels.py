"""Channels are renamed in a large workspace: people's home tabs open as fast as ever.

python -m tests.proof.many_channels --channels 3000 --renames 10
"""

import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from slack_sandbox import Person, Sandbox
from tests.proof.processes import Process, environment, is_ready, until

PORT = 18474
OURS = ("care-sales", "care-marketing")  # renamed among all the others
GOAL = 1.0  # second


@click.command()
@click.option("--channels", default=3000, show_default=True)
@click.option("--renames", default=10, show_default=True)
def main(channels: int, renames: int) -> None:
    """Exit 0 only if every home tab is there within a second, and no list was read for a rename."""
    with Sandbox.start(rate_limits=True) as slack, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = [slack.person(f"agent{number}") for number in range(renames)]
        for number in range(channels):
            slack.channel(f"team-{number}")
        for ours in ("care-service", *OURS):
            slack.channel(ours, members=people, private=True)
        desk = Process(environment(slack, folder, PORT), folder / "run.log", "run").start()
        until(lambda: is_ready(PORT), "the desk is ready", 300)
        before = Counter(call.method for call in slack.calls)
        seconds = opened(slack, people)
        asked = Counter(call.method for call in slack.calls) - before
        desk.stop()
    slow = [one for one in seconds if one > GOAL]
    lists = asked["conversations.list"]
    click.echo(
        f"{channels:,} channels, {renames} renamed; home tab after {max(seconds):.2f} s (slowest),"
        f" {sorted(seconds)[len(seconds) // 2]:.2f} s (median); asked meanwhile:"
        f" {lists} pages of all channels, {asked['conversations.info']} times for one"
    )
    raise SystemExit(1 if slow or lists else 0)


def opened(slack: Sandbox, people: list[Person]) -> list[float]:
    """How long each waits who opens a home tab, while one channel after the other is renamed."""
    seconds = []
    with slack.pressing(1) as hand:
        renaming = hand.submit(rename, slack, len(people))
        for person in people:
            began = time.monotonic()
            person.open_home()
            slack.wait(lambda person=person: slack.home(person), what="a home tab")
            seconds.append(time.monotonic() - began)
        renaming.result()
    return seconds


def rename(slack: Sandbox, renames: int) -> None:
    names = [*OURS, *(f"team-{number}" for number in range(renames))][:renames]
    for name in names:
        slack.rename(name, f"{name}-renamed")


if __name__ == "__main__":
    main()
