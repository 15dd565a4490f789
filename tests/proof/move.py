"""A desk of many cases moved to PostgreSQL and back to SQLite, killed on the way.

    python -m tests.proof.move --cases 100000

The copies are compared apart from the command: each row as JSON, sorted, hashed.
"""

import hashlib
import json
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click
import psycopg

from bot.store.engines import open_database
from bot.store.store import Store
from tests.engines import databases
from tests.proof.cases import lay_down
from tests.proof.processes import Process, bare_environment

# What a move changes, it says: an epoch and what follows from it. These it must not touch.
TABLES = ("posts", "cases", "conversation_keys", "events", "promises", "timers", "replies")

Prints = dict[str, str]  # of each table: its count and its hash


@click.command()
@click.option("--cases", default=100_000, show_default=True)
@click.option("--kills", default=5, show_default=True, help="In each move, at random moments.")
@click.option("--seed", default=1, show_default=True)
def main(cases: int, kills: int, seed: int) -> None:
    """Exit 0 only if every row of every table arrives as it was, there and back."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, databases() as servers:
        folder, server = Path(name), servers.empty()
        first, last = folder / "first.db", folder / "last.db"
        lay_down_in(first, cases)
        prints = [of_file(first)]
        move(folder, f"sqlite:///{first}", server, kills, dice)
        prints.append(of_server(server))
        move(folder, server, f"sqlite:///{last}", kills, dice)
        prints.append(of_file(last))
    for table in TABLES:
        same = len({one[table] for one in prints}) == 1
        click.echo(f"{table:<14} {prints[0][table]}  {'the same three times' if same else prints}")
    raise SystemExit(0 if prints[0] == prints[1] == prints[2] else 1)


def lay_down_in(file: Path, cases: int) -> None:
    with closing(open_database(f"sqlite:///{file}", durable=False)) as database:
        Store(database).migrate()
        lay_down(database, cases)
    click.echo(f"{cases} cases laid down, {file.stat().st_size / 1e6:.0f} MB")


def move(folder: Path, old: str, new: str, kills: int, dice: random.Random) -> None:
    """Killed as often as it lives long enough, then left alone until it is done."""
    command = Process(bare_environment(), folder / "move.log", "move", old, new)
    begun, killed = time.monotonic(), 0
    command.start()
    while killed < kills:
        time.sleep(dice.uniform(2.0, 12.0))
        if not command.is_running:
            break
        command.kill()
        command.start()
        killed += 1
    code = command.wait()
    took = time.monotonic() - begun
    said = (folder / "move.log").read_text()
    assert code == 0, said[-3000:]
    equal = dict(re.findall(r"(?m)^(\w+) +(\d+) rows  \w+  equal$", said))
    rows = sum(map(int, equal.values()))
    (folder / "move.log").unlink()
    where = "PostgreSQL" if new.startswith("postgres") else "SQLite"
    click.echo(
        f"to {where}: {killed} kills, {took:.0f} s in all, {rows} rows of {len(equal)} tables equal"
    )


def of_file(file: Path) -> Prints:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: of_rows(connection.execute(f"select {columns} from {table}"))
            for table, columns in columns_of(connection)
        }


def of_server(url: str) -> Prints:
    with psycopg.connect(url) as connection:
        found = {}
        for table in TABLES:
            names = connection.execute(
                "select column_name from information_schema.columns where table_name = %s"
                " order by column_name",
                (table,),
            ).fetchall()
            columns = ", ".join(name for (name,) in names)
            found[table] = of_rows(connection.execute(f"select {columns} from {table}".encode()))
        return found


def columns_of(connection: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    for table in TABLES:
        names = connection.execute("select name from pragma_table_info(?) order by 1", (table,))
        yield table, ", ".join(name for (name,) in names)


def of_rows(rows: Iterable[tuple[object, ...]]) -> str:
    hashes = sorted(hashlib.md5(json.dumps(row).encode()).digest() for row in rows)
    return f"{len(hashes):>8} rows  {hashlib.md5(b''.join(hashes)).hexdigest()}"


if __name__ == "__main__":
    main()
