"""Slack refreshes its connection again and again while people click: none lost, none counted twice.

python -m tests.proof.refreshes --refreshes 10 --clicks 20
"""

import tempfile
import time
from collections import Counter
from concurrent.futures import Future
from pathlib import Path

import click

from slack_sandbox import Interaction, Message, Person, Sandbox
from tests.proof.import_with_kills import CHANNEL, query, settled
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until

PORT = 18473
APART = 2.0  # seconds from one refresh to the next
KINDS = ("refresh", "warning")


@click.command()
@click.option("--refreshes", default=10, show_default=True)
@click.option("--clicks", default=20, show_default=True, help="A second.")
def main(refreshes: int, clicks: int) -> None:
    """Exit 0 only if every click was acknowledged and claimed its case once."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ann = slack.person("ann")
        slack.channel(CHANNEL, members=[ann], private=True)
        env = environment(slack, folder, PORT)
        desk = Process(env, folder / "run.log", "run").start()
        until(lambda: is_ready(PORT), "the desk is ready")
        count = int(refreshes * APART * clicks)
        write_sample(folder / "posts.jsonl", count)
        Process(env, folder / "import.log", "import", str(folder / "posts.jsonl")).start().wait()
        until(lambda: settled(folder), "every card stands")
        before = dialled(slack)
        done = clicked(slack, ann, slack.messages(CHANNEL), clicks)
        faults = faults_of(folder, slack, ann, done)
        seconds = sorted(one.seconds for one in done)
        click.echo(
            f"{refreshes} refreshes, {len(done)} clicks at {clicks} a second,"
            f" {dialled(slack) - before} connections opened; acknowledged after"
            f" {1000 * seconds[len(seconds) // 2]:.0f} ms (median), {1000 * seconds[-1]:.0f} ms"
            f" (slowest): {len(faults)} faults"
        )
        for fault in faults[:20]:
            click.echo(fault)
        desk.stop()
        raise SystemExit(1 if faults else 0)


def clicked(slack: Sandbox, ann: Person, cards: list[Message], a_second: int) -> list[Interaction]:
    """Each card once, at an even pace, whatever becomes of the connection meanwhile."""
    began = time.monotonic()
    refreshed = 0
    clicks: list[Future[Interaction]] = []
    with slack.pressing(16) as hands:
        for number, card in enumerate(cards):
            time.sleep(max(0.0, began + number / a_second - time.monotonic()))
            clicks.append(hands.submit(ann.press, card, "claim"))
            if time.monotonic() - began >= (refreshed + 0.5) * APART:
                slack.drop_connections(KINDS[refreshed % len(KINDS)])
                refreshed += 1
        return [one.result() for one in clicks]


def faults_of(folder: Path, slack: Sandbox, ann: Person, clicks: list[Interaction]) -> list[str]:
    """Whoever claims a case of their own once more is told so."""
    lost = Counter(str(one.error) for one in clicks if not one.acked)
    cases = query(folder, "select count(*) from cases where assignee is not null")[0][0]
    claims = Counter(
        number for (number,) in query(folder, "select case_id from events where what = 'claimed'")
    )
    return [
        *(f"{times} clicks were not acknowledged: {why}" for why, times in lost.items()),
        *([f"{cases} of {len(clicks)} cases were claimed"] if cases != len(clicks) else []),
        *(f"#{number} was claimed {times} times" for number, times in claims.items() if times > 1),
        *(f"somebody was told: {one.text}" for one in slack.ephemerals(ann)),
    ]


def dialled(slack: Sandbox) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


if __name__ == "__main__":
    main()
