"""Import many posts while the desk and the import are killed: one case and one card for each.

    python -m tests.proof.import_with_kills --kills 10 [POSTS.csv]

POSTS.csv has the columns id, created_at, airline, text and stays outside of the project; without
one, posts of our own making are taken.
"""

import csv
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from pathlib import Path

import click
import psycopg

from slack_sandbox import Sandbox
from tests.proof.posts import write_sample
from tests.proof.processes import Process, environment, is_ready, until

PORT = 18471
CHANNEL = "care-triage"


@click.command()
@click.argument("posts", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--sample", default=1000, show_default=True, help="How many, without POSTS.")
@click.option("--kills", default=10, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(posts: Path | None, sample: int, kills: int, seed: int) -> None:
    """Exit 0 only if every post is exactly one case with exactly one live card."""
    with Sandbox.start() as slack, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = write_posts(posts, sample, folder / "posts.jsonl")
        slack.channel(CHANNEL, members=[slack.person("ann")], private=True)
        env = environment(slack, folder, PORT)
        began = time.monotonic()
        import_with_kills(env, folder, kills, random.Random(seed))
        until(lambda: settled(folder), "the outbox is empty", 900)
        took = time.monotonic() - began
        faults = faults_of(folder, slack, lines)
        click.echo(f"{lines} posts, {kills} kills, {took:.0f} s: {len(faults)} faults")
        for fault in faults[:20]:
            click.echo(fault)
        raise SystemExit(1 if faults else 0)


def write_posts(source: Path | None, sample: int, target: Path) -> int:
    if source:
        return write_lines(source, target)
    write_sample(target, sample)
    return sample


def write_lines(source: Path, target: Path) -> int:
    """The CSV's rows as posts, one JSON object a line."""
    with source.open(encoding="utf-8") as rows, target.open("w", encoding="utf-8") as lines:
        number = 0
        for number, row in enumerate(csv.DictReader(rows), start=1):
            post = {
                "id": row["id"], "source": "x", "text": row["text"],
                "created_at": row["created_at"], "account": f"@{row['airline']}",
                "author": {"handle": f"@passenger{number}"},
            }  # fmt: skip
            lines.write(json.dumps(post, ensure_ascii=False) + "\n")
    return number


def import_with_kills(env: dict[str, str], folder: Path, kills: int, dice: random.Random) -> None:
    """Desk and import are killed in turn, at moments the dice choose, and started again."""
    desk = Process(env, folder / "run.log", "run").start()
    until(lambda: is_ready(PORT), "the desk is ready")
    intake = Process(env, folder / "import.log", "import", str(folder / "posts.jsonl")).start()
    for number in range(kills):
        time.sleep(dice.uniform(0.5, 4.0))
        victim = desk if number % 2 == 0 or not intake.is_running else intake
        victim.kill()
        victim.start()
    # A killed import is simply run again: what it has taken in is a duplicate then.
    while intake.wait() != 0:
        intake.start()
    until(lambda: is_ready(PORT), "the desk is ready again")
    until(lambda: settled(folder), "the outbox is empty", 900)
    desk.stop()


def settled(folder: Path) -> bool:
    return not query(folder, "select 1 from outbox where state not in ('shown', 'bundled') limit 1")


def faults_of(folder: Path, slack: Sandbox, lines: int) -> list[str]:
    posts = query(folder, "select count(*) from posts")[0][0]
    cases = query(folder, "select count(*), count(distinct post) from cases")[0]
    live = Counter(key_of(message.metadata) for message in slack.messages(CHANNEL))
    cards = {key for (key,) in query(folder, "select key from outbox where kind = 'card'")}
    return [
        *([f"{posts} posts stored of {lines}"] if posts != lines else []),
        *([f"{cases[0]} cases, {cases[1]} of them distinct"] if cases != (lines, lines) else []),
        *(f"no live card for {key}" for key in sorted(cards - set(live))),
        *(f"{count} live cards for {key}" for key, count in live.items() if count > 1),
        *(f"a stray message {key}" for key in sorted(set(live) - cards) if key.startswith("card")),
    ]


def key_of(metadata: dict[str, object] | None) -> str:
    payload = (metadata or {}).get("event_payload") or {}
    assert isinstance(payload, dict)
    return str(payload.get("key"))


def query(kept: Path | str, sql: str) -> list[tuple]:
    """In the PostgreSQL of that URL, in the folder's file, or in a file."""
    if isinstance(kept, str):
        with psycopg.connect(kept) as connection:
            return connection.execute(sql.encode()).fetchall()
    connection = sqlite3.connect(kept / "desk.db" if kept.is_dir() else kept, timeout=10)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
