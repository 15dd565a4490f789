"""`python -m benchmarks [NAME…] [--quick]`: every table, or those named."""

import argparse
from collections.abc import Callable, Iterator, Mapping

from benchmarks import ack, engines, intake, lateness, post_to_card, sweep
from benchmarks.machine import machine
from benchmarks.table import Table

BENCHMARKS: Mapping[str, Callable[..., Iterator[Table]]] = {
    "ack": ack.run,
    "intake": intake.run,
    "sweep": sweep.run,
    "lateness": lateness.run,
    "post_to_card": post_to_card.run,
    "engines": engines.run,
}


def main(words: list[str] | None = None) -> None:
    wanted = _parser().parse_args(words)
    for name in wanted.names or BENCHMARKS:
        # Said before each: another load makes other figures.
        print(machine(), flush=True)
        for table in BENCHMARKS[name](quick=wanted.quick):
            print(table, end="\n\n", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", type=_known, help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="with tiny numbers: only that it runs")
    return parser


def _known(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"no such benchmark: {name}")
    return name


if __name__ == "__main__":
    main()
