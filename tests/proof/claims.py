"""Two people press *Claim* on the same card at once, a thousand times: one wins, one is told.

python -m tests.proof.claims --cases 1000
"""

import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from slack_sandbox import Interaction, Message, Person, Sandbox
from tests.proof.import_with_kills import CHANNEL, query, settled
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until

PORT = 18472


@click.command()
@click.option("--cases", default=1000, show_default=True)
def main(cases: int) -> None:
    """Exit 0 only if each case has one owner and the other person was told who was first."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ann, ben = slack.person("ann"), slack.person("ben")
        slack.channel(CHANNEL, members=[ann, ben], private=True)
        env = environment(slack, folder, PORT)
        desk = Process(env, folder / "run.log", "run").start()
        until(lambda: is_ready(PORT), "the desk is ready")
        write_sample(folder / "posts.jsonl", cases)
        Process(env, folder / "import.log", "import", str(folder / "posts.jsonl")).start().wait()
        until(lambda: settled(folder), "every card stands")
        presses = press_all(slack.messages(CHANNEL), ann, ben)
        faults = faults_of(slack, folder, presses, ann, ben)
        slowest = max(press.seconds for press in presses)
        click.echo(
            f"{cases} cases, {len(presses)} presses, slowest {slowest:.2f} s: {len(faults)} faults"
        )
        for fault in faults[:20]:
            click.echo(fault)
        desk.stop()
        raise SystemExit(1 if faults else 0)


def press_all(cards: list[Message], ann: Person, ben: Person) -> list[Interaction]:
    """Both press the same card in the same moment, four cards at a time."""
    with ThreadPoolExecutor(8) as hands:
        pressing = [
            hands.submit(person.press, card, "claim") for card in cards for person in (ann, ben)
        ]
        return [one.result() for one in pressing]


def faults_of(
    slack: Sandbox, folder: Path, presses: list[Interaction], ann: Person, ben: Person
) -> list[str]:
    winners = Counter(member for (member,) in query(folder, "select assignee from cases"))
    claims = query(
        folder, "select count(*), count(distinct case_id) from events where what = 'claimed'"
    )[0]
    cases = sum(winners.values())
    until(lambda: told(slack, ann, ben) >= cases, "everybody who was second is told", 30)
    return [
        *(f"a press was not acknowledged: {one.error}" for one in presses if not one.acked),
        *([f"{winners[None]} cases have nobody"] if winners[None] else []),
        *([f"{claims[0]} claims of {claims[1]} cases"] if claims != (cases, cases) else []),
        *(
            [f"{told(slack, ann, ben)} were told of {cases}"]
            if told(slack, ann, ben) != cases
            else []
        ),
    ]


def told(slack: Sandbox, *people: Person) -> int:
    """How often somebody was told who was first."""
    return sum("first" in message.text for one in people for message in slack.ephemerals(one))


if __name__ == "__main__":
    main()
