"""`import FILE`: JSON lines of posts through the very same intake."""

import sys
from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

import click

from bot.commands.opening import open_desk, read_settings
from bot.commands.output import say
from bot.domain.errors import Broken, Unavailable
from bot.domain.post_json import SOURCE, parse_post
from bot.domain.strict_json import load_json
from bot.services.intake import Intake


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--source", default="import", metavar="NAME", help="For posts that name none.")
def import_posts(file: BinaryIO, source: str) -> None:
    """Take in posts from FILE, one JSON object a line; - reads from standard input."""
    if not SOURCE.fullmatch(source):
        raise click.BadParameter(f"{source!r} is not made of a-z 0-9 _ -", param_hint="--source")
    services, _ = open_desk(read_settings())
    lines = [line for line in enumerate(file, start=1) if line[1].strip()]
    counted: Counter[str] = Counter()
    try:
        with click.progressbar(lines, label="Posts", file=sys.stderr) as bar:
            refused = take_in(services.intake, bar, source, counted)
    except Unavailable:
        say(
            f"Stopped after {counted.total()} of {len(lines)} posts: {_said(counted)}. Run the same"
            " command again: what is stored already counts as duplicate.",
            err=True,
        )
        raise
    for number, why in refused:
        say(f"line {number}: {why}")
    say(_said(counted))
    sys.exit(1 if refused else 0)


def _said(counted: Counter[str]) -> str:
    return ", ".join(f"{counted[word]} {word}" for word in ("accepted", "duplicate", "refused"))


def take_in(
    intake: Intake, lines: Iterable[tuple[int, bytes]], source: str, counted: Counter[str]
) -> list[tuple[int, str]]:
    """Counts what became of each line; those refused with their numbers and why."""
    refused = []
    for number, line in lines:
        try:
            receipt = intake.receive(parse_post(load_json(line), door=source))
        except Broken as faulty:
            counted["refused"] += 1
            refused.append((number, "; ".join(faulty.faults)))
        except Unavailable:
            raise  # no other line could be kept either
        except Exception as error:  # one line stops no other
            counted["refused"] += 1
            refused.append((number, f"the desk failed with it ({type(error).__name__})"))
        else:
            counted["duplicate" if receipt.duplicate else "accepted"] += 1
    return refused
