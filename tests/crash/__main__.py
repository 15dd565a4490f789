"""All ends of all stories, and pairs of ends: `python -m tests.crash --every 10`."""

import tempfile
from pathlib import Path

import click

from tests.crash.run import Theatre
from tests.crash.stories import STORIES


@click.command()
@click.option("--every", default=1, show_default=True, help="of the pairs of ends: each n-th")
def main(every: int) -> None:
    """Exit 0 only if no end and no pair of ends breaks an invariant."""
    faulty = 0
    with tempfile.TemporaryDirectory() as name:
        theatre = Theatre(Path(name))
        for story in STORIES.values():
            for how, plays in (
                ("single ends", theatre.every_end(story)),
                ("pairs of ends", theatre.two_ends(story, every)),
            ):
                played = list(plays)
                bad = [(where, told.faults) for where, told in played if told.faults]
                click.echo(f"{story.name}: {len(played)} {how}, {len(bad)} with faults")
                for where, faults in bad[:5]:
                    click.echo(f"  {where}: {faults}")
                faulty += len(bad)
    raise SystemExit(1 if faulty else 0)


if __name__ == "__main__":
    main()
