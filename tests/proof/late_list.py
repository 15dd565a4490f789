"""A storm, and thirty hours in which nobody acts: each late case is in one live line.

    python -m tests.proof.late_list [--cases 300] [--hours 30]

Three posts and two hours first. The desk's own clock and delivery run, Slack is one in memory.
"""

import sys
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.domain.errors import AllAcknowledged
from bot.domain.facts import BundleFacts
from bot.domain.ids import CaseId
from tests.company import CEM, DORA, SUE, TOM, channel_of, email_of
from tests.desk import TestDesk
from tests.room import Office, office_of

RAPID = channel_of("rapid-response")
A_MINUTE = timedelta(minutes=1)


@click.command()
@click.option("--cases", default=300)
@click.option("--hours", default=30)
def main(cases: int, hours: int) -> None:
    faults = [*told("two hours", 3, 2), *told(f"a storm and {hours} hours", cases, hours)]
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(bool(faults))


def told(story: str, cases: int, hours: int) -> list[str]:
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        desk = TestDesk(Path(folder) / "desk.db")
        stack.callback(desk.close)
        office = stack.enter_context(office_of(desk))
        late = nobody_acts(desk, office, cases, hours)
        return list(judged(story, office, late))


def nobody_acts(desk: TestDesk, office: Office, cases: int, hours: int) -> list[CaseId]:
    """Posts two seconds apart, then only the clock and the delivery."""
    desk.rota({"person": email_of(CEM)}, {"person": TOM, "level": 2}, {"person": SUE})
    desk.joined("rapid-response", TOM, SUE, DORA)
    late = []
    for number in range(cases):
        late.append(desk.post(by=f"@c{number}"))
        desk.pass_time("2s")
    for _ in range(hours * 60):
        desk.now += A_MINUTE
        desk.watch.sweep()
        office.settle(10_000)
    return late


def judged(story: str, office: Office, late: list[CaseId]) -> list[str]:
    lists = [one.content for one in office.room.standing if one.channel == RAPID]
    live = [one for one in lists if isinstance(one, BundleFacts)]
    lines = Counter(line.case.id for one in live for line in one.pings if not line.settled)
    rest = sum(one.rest for one in live)
    queue = [line.case.id for line in office.desk.watch.late(by=CEM).lines]
    posts = Counter(how for how, key in office.room.said if key.startswith("bundle:"))
    click.echo(f"{story}: {len(late)} late cases")
    click.echo(f"  live lists: {len(live)}; grey ones: {len(lists) - len(live)}")
    click.echo(f"  each late case in one live line: {len(lines) + rest} of {len(late)}")
    click.echo(f"  of them with a line in the message {len(lines)}, counted below it {rest}")
    click.echo(f"  listed by `/case queue #rapid-response`: {len(queue)} of {len(late)}")
    click.echo(f"  lists posted {posts['post']}, changed {posts['update']}")
    return [*wrong(story, live, lines, rest, late), *acknowledged(story, office, live, late, queue)]


def wrong(
    story: str, live: list[BundleFacts], lines: Counter[CaseId], rest: int, late: list[CaseId]
) -> list[str]:
    twice = [case for case, count in lines.items() if count > 1]
    return [
        *([f"{story}: {len(live)} live lists"] if len(live) != 1 else []),
        *([f"{story}: in two lines: {twice}"] if twice else []),
        *(
            [f"{story}: {len(lines) + rest} of {len(late)}"]
            if len(lines) + rest != len(late)
            else []
        ),
    ]


def acknowledged(
    story: str, office: Office, live: list[BundleFacts], late: list[CaseId], queue: list[CaseId]
) -> list[str]:
    """The number on the button is a number of cases, and so is what the press does."""
    try:
        taken = office.desk.watch.acknowledge_all(live[0].key, by=CEM)
    except AllAcknowledged:
        taken = 0
    click.echo(f"  *Acknowledge all {live[0].waiting}* acknowledges {taken}")
    is_right = taken == live[0].waiting == len(late) and sorted(queue) == late
    return [] if is_right else [f"{story}: acknowledged {taken} of {len(late)}"]


if __name__ == "__main__":
    main()
