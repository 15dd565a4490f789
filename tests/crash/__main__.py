"""All ends of all stories, and pairs of ends: `python -m tests.crash --pairs 5000 --seed 7`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from tests.crash.run import Theatre, Told
from tests.crash.stories import STORIES

SHOWN = 5  # faulty ends of each kind that are told of


@click.command()
@click.option("--pairs", default=0, show_default=True, help="so many, the same from each story")
@click.option("--seed", default=1, show_default=True, help="which pairs these are")
def main(pairs: int, seed: int) -> None:
    """Exit 0 only if no end and no pair of ends breaks an invariant."""
    ends = doubles = faulty = 0
    with tempfile.TemporaryDirectory() as name:
        theatre = Theatre(Path(name))
        for story in STORIES.values():
            played, bad = _told(f"{story.name}: single ends", theatre.every_end(story))
            ends, faulty = ends + played - 1, faulty + bad  # one of them is played in peace
        for story in STORIES.values() if pairs else ():
            twice = theatre.two_ends(story, -(-pairs // len(STORIES)), seed)
            played, bad = _told(f"{story.name}: pairs of ends", twice)
            doubles, faulty = doubles + played, faulty + bad
    click.echo(f"{len(STORIES)} stories, {ends} ends, {doubles} pairs of ends, {faulty} faulty")
    raise SystemExit(1 if faulty else 0)


def _told(what: str, plays: Iterator[tuple[str, Told]]) -> tuple[int, int]:
    """How many were played and how many of them are faulty."""
    played = [(where, told.faults) for where, told in plays]
    bad = [(where, faults) for where, faults in played if faults]
    click.echo(f"{what}: {len(played)} played, {len(bad)} faulty")
    for where, faults in bad[:SHOWN]:
        click.echo(f"  {where}: {faults}")
    return len(played), len(bad)


if __name__ == "__main__":
    main()
