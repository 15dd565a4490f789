"""`python -m benchmarks [NAME…] [--quick]`: every table, or those named."""

import argparse
from collections.abc import Callable, Iterator, Mapping

from benchmarks import (
    ack,
    deluge,
    engines,
    growth,
    intake,
    lateness,
    load,
    post_to_card,
    sweep,
    texts,
)
from benchmarks.machine import machine
from benchmarks.table import Table

BENCHMARKS: Mapping[str, Callable[..., Iterator[Table]]] = {
    "ack": ack.run,
    "intake": intake.run,
    "sweep": sweep.run,
    "lateness": lateness.run,
    "post_to_card": post_to_card.run,
    "engines": engines.run,
    "deluge": deluge.run,
    "growth": growth.run,
    "load": load.run,
    "texts": texts.run,
}


def main(words: list[str] | None = None) -> None:
    """Exits with 1 where a goal is missed; tiny numbers have none to meet."""
    wanted = _parser().parse_args(words)
    missed = 0
    for name in wanted.names or BENCHMARKS:
        # Said before each: another load makes other figures.
        print(machine(), flush=True)
        more = {"minutes": wanted.minutes} if name == "load" else {}
        for table in BENCHMARKS[name](quick=wanted.quick, **more):
            print(table, end="\n\n", flush=True)
            missed += sum(not goal.is_met for goal in table.goals)
    if missed and not wanted.quick:
        raise SystemExit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", type=_known, help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="with tiny numbers: only that it runs")
    parser.add_argument("--minutes", type=float, default=load.MINUTES, help="that `load` lasts")
    return parser


def _known(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"no such benchmark: {name}")
    return name


if __name__ == "__main__":
    main()
