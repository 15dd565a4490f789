"""`python -m tests.proof.figures --cases 1000`: the figures of `report` against a second count.

A month is lived through the real services; then `report` and `export` are run as commands, and
what the exports say by a second, independent implementation must be what the report says.
"""

import argparse
import json
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.cli import main
from tests.proof.month import Month
from tests.proof.recount import recount

TOLERANCE = 0.001  # seconds: what the database rounds a moment to


def run(database: Path, *arguments: str) -> Any:
    """A command's JSON, as the command line prints it."""
    env = {"DATABASE_URL": f"sqlite:///{database}", "LOG_LEVEL": "ERROR"}
    result = CliRunner().invoke(main, arguments, env=env, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def reported(database: Path, since: datetime, until: datetime) -> dict[str, Any]:
    period = ("--since", since.isoformat(), "--until", until.isoformat(), "--format", "json")
    found = run(database, "report", *period)["figures"]
    return {
        f"{one['figure']}@{one['department']}" if one["department"] else one["figure"]: (
            one["value"] if one["p90"] is None else (one["value"], one["p90"])
        )
        for one in found
    }


def differences(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    names = sorted({*mine, *theirs})
    return [
        f"{name}: {mine.get(name)} is reported, {theirs.get(name)} was counted"
        for name in names
        if not _same(mine.get(name), theirs.get(name))
    ]


def compare(database: Path, month: Month) -> tuple[int, list[str]]:
    """For the whole month, and for a part of it as it stood when that ended."""
    exports = [run(database, "export", str(number)) for number in month.numbers]
    first, last = (exports[n]["case"]["opened_at"] for n in (0, -1))
    begin, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    third = (end - begin) / 3
    periods = [
        (begin, month.desk.now + timedelta(seconds=1)),
        (begin + third, begin + 2 * third),
        (end - third, end),
    ]
    found: list[str] = []
    compared = 0
    for since, until in periods:
        report = reported(database, since, until)
        compared += len(report)
        found += [f"{since:%d.%m.}-{until:%d.%m.} {one}"
                  for one in differences(report, recount(exports, since, until))]  # fmt: skip
    return compared, found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(_same, one, other))
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE


def prove(cases: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "desk.db"
        month = Month(database, cases=cases, seed=seed)
        month.live()
        compared, found = compare(database, month)
    print(f"{len(month.numbers)} cases, {compared} figures compared, {len(found)} differ")  # noqa: T201
    print(*found, sep="\n")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    sys.exit(prove(**vars(asked.parse_args())))
